import { posix } from 'node:path';

/** A path of the build context and where an image has it; both with `/`, `from` relative to the context. */
export interface Copied {
  readonly from: string;
  readonly to: string;
}

export interface DockerfileCopies {
  /** What the image holds of the context's own files, also of those that came through other stages. */
  readonly image: readonly Copied[];
  /** The same of each stage on the way: compilers write down where they saw the files. */
  readonly stages: readonly Copied[];
  /** `WORKDIR` of the last stage, where one is set. */
  readonly workdir: string | undefined;
}

interface Stage {
  readonly name: string | undefined;
  workdir: string;
  hasWorkdir: boolean;
  copies: Copied[];
}

/**
 * Reads `WORKDIR`, `COPY` and `ADD` of a Dockerfile, stage by stage up to `target` (else the last), as far as they are plain text: lines with
 * variables that `args` do not give are left out, and so is what patterns name.
 */
export function dockerfileCopies(
  text: string,
  {
    target,
    args = {},
  }: { readonly target?: string | undefined; readonly args?: Readonly<Record<string, string | null>> } = {},
): DockerfileCopies {
  const stages: Stage[] = [];
  const variables = new Map<string, string>();
  for (const line of instructions(text)) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    const instruction = word.toUpperCase();
    const stage = stages.at(-1);
    if (instruction === 'ARG' || instruction === 'ENV') {
      for (const [, name = '', value] of rest.matchAll(/([A-Za-z_]\w*)(?:[= ]("[^"]*"|'[^']*'|\S+))?/g)) {
        const given = instruction === 'ARG' ? args?.[name] : undefined;
        const said = given ?? value?.replace(/^["']|["']$/g, '');
        if (said !== undefined) variables.set(name, said);
      }
    } else if (instruction === 'FROM') {
      if (stage !== undefined && isTarget(stage, stages.length - 1, target)) break;
      const [, image = '', name] = /^(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(rest) ?? [];
      const base = stages.find((each) => each.name !== undefined && each.name === image.toLowerCase());
      stages.push({
        name: name?.toLowerCase(),
        workdir: base?.workdir ?? '/',
        hasWorkdir: base?.hasWorkdir ?? false,
        copies: [...(base?.copies ?? [])],
      });
    } else if (stage !== undefined && instruction === 'WORKDIR') {
      const folder = expand(rest.replace(/^["']|["']$/g, ''), variables);
      if (folder !== undefined) {
        stage.workdir = posix.resolve(stage.workdir, folder);
        stage.hasWorkdir = true;
      }
    } else if (stage !== undefined && (instruction === 'COPY' || instruction === 'ADD')) {
      const copy = expand(rest, variables);
      if (copy !== undefined) stage.copies.push(...copiesOf(copy, stage, stages));
    }
  }
  const last = stages.at(-1);
  return {
    image: last?.copies ?? [],
    stages: stages.slice(0, -1).flatMap(({ copies }) => copies),
    workdir: last?.hasWorkdir === true ? last.workdir : undefined,
  };
}

function isTarget({ name }: Stage, index: number, target: string | undefined): boolean {
  return target !== undefined && (name === target.toLowerCase() || String(index) === target);
}

/** Lines put together, without comments and heredocs. */
function instructions(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replace(/[\\`][ \t]*\n/g, ' ')
    .split('\n')
    .map((line) => line.trim());
}

function expand(text: string, variables: ReadonlyMap<string, string>): string | undefined {
  let isKnown = true;
  const expanded = text.replace(/\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g, (_, braced, fallback, plain) => {
    const value = variables.get(braced ?? plain) ?? fallback;
    if (value === undefined) isKnown = false;
    return value ?? '';
  });
  return isKnown ? expanded : undefined;
}

function copiesOf(rest: string, { workdir }: Stage, stages: readonly Stage[]): readonly Copied[] {
  const flags = [...rest.matchAll(/^((?:--\S+\s+)*)/g)][0]?.[1] ?? '';
  const words = wordsOf(rest.slice(flags.length));
  const destination = words.pop();
  if (destination === undefined || words.length === 0) return [];
  const isFolder = destination.endsWith('/') || destination === '.' || words.length > 1;
  const to = posix.resolve(workdir, destination);
  const from = /--from=(\S+)/.exec(flags)?.[1]?.toLowerCase();
  const other =
    from === undefined ? undefined : stages.find((each, at) => each.name === from || String(at) === from);
  if (from !== undefined && other === undefined) return [];
  return words.flatMap((source): readonly Copied[] => {
    if (/[*?[]|^\w+:\/\/|^<</.test(source)) return [];
    if (other === undefined) {
      const path = posix.normalize(source).replace(/^\/+|\/+$/g, '') || '.';
      // Whether a plain name is a file or a folder cannot be seen: a file keeps its name in a folder, a folder's content goes into it.
      const isFile = /\.\w+$/.test(posix.basename(path)) && path !== '.';
      return [{ from: path, to: isFile && isFolder ? posix.join(to, posix.basename(path)) : to }];
    }
    const wanted = posix.resolve(other.workdir, source);
    return other.copies.flatMap((copied): readonly Copied[] => {
      // All of what the stage had, or a part: `COPY --from=build /src/dist ./dist`.
      const inner = relativeWithin(copied.to, wanted);
      if (inner !== undefined) return [{ from: posix.join(copied.from, inner), to }];
      const outer = relativeWithin(wanted, copied.to);
      return outer === undefined ? [] : [{ from: copied.from, to: posix.join(to, outer) }];
    });
  });
}

function wordsOf(text: string): string[] {
  const list = text.trim();
  if (list.startsWith('['))
    try {
      const parsed: unknown = JSON.parse(list);
      return Array.isArray(parsed) ? parsed.map(String) : [];
    } catch {
      return [];
    }
  return list.split(/\s+/).filter((word) => word !== '');
}

/** What leads from a folder to a path in it; `undefined` when it is elsewhere. */
export function relativeWithin(folder: string, path: string): string | undefined {
  const rest = posix.relative(folder, path);
  return rest === '..' || rest.startsWith('../') || posix.isAbsolute(rest) ? undefined : rest;
}
