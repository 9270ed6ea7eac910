import { isAbsolute, join, relative, sep } from 'node:path';
import type { LoadedProject } from '#compose/load/request.ts';
import { readFileText } from '#disk/read-file.ts';
import type { Build, Service } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';

export interface BuildTarget {
  readonly name: string;
  readonly service: Service;
  readonly build: Build;
  readonly loaded: LoadedProject;
}

/** Where a build takes its files and its Dockerfile from. */
export interface BuildSource {
  readonly context:
    | { readonly kind: 'folder'; readonly directory: string }
    /** A Git repository or an archive that the engine fetches itself. */
    | { readonly kind: 'remote'; readonly address: string };
  readonly dockerfile: /** Read here; `path` is its way from the context (with `/`), `undefined` when it is outside. */
    | {
        readonly kind: 'file';
        readonly file: string;
        readonly path: string | undefined;
        readonly text: string;
      }
    | { readonly kind: 'inline'; readonly text: string }
    /** A name in what the engine fetches; `undefined`: the usual one. */
    | { readonly kind: 'remote'; readonly path: string | undefined };
  /** What its `FROM` lines name, as far as that is plain text. */
  readonly baseImages: readonly string[];
}

/** Rejects with `EngineError` (`invalid`) when the Dockerfile cannot be read. */
export async function findSource({ name, build }: BuildTarget): Promise<BuildSource> {
  const directory = build.context ?? '.';
  const isFetched = isRemote(directory);
  const context = isFetched
    ? ({ kind: 'remote', address: directory } as const)
    : ({ kind: 'folder', directory } as const);
  const inline = build.dockerfile_inline;
  if (inline !== undefined)
    return { context, dockerfile: { kind: 'inline', text: inline }, baseImages: baseImagesIn(inline) };
  if (isFetched) return { context, dockerfile: { kind: 'remote', path: build.dockerfile }, baseImages: [] };
  const wanted = build.dockerfile ?? 'Dockerfile';
  const file = isAbsolute(wanted) ? wanted : join(directory, wanted);
  const text = await readFileText(file, 'dockerfile').catch((cause: Error) => {
    throw new EngineError(
      'invalid',
      say`The Dockerfile of service ${name} cannot be read: ${cause.message}`,
      {
        subject: name,
        cause,
      },
    );
  });
  const path = relative(directory, file).split(sep).join('/');
  const isOutside = path.startsWith('../') || isAbsolute(path);
  return {
    context,
    dockerfile: { kind: 'file', file, path: isOutside ? undefined : path, text },
    baseImages: baseImagesIn(text),
  };
}

/** As the Docker CLI tells a place to fetch from and a folder apart. */
export function isRemote(context: string): boolean {
  return /^(?:https?:\/\/|git:\/\/|ssh:\/\/|git@|github\.com\/)/.test(context);
}

function baseImagesIn(dockerfile: string): readonly string[] {
  const stages = new Set<string>();
  const images = new Set<string>();
  for (const [, image = '', stage] of dockerfile.matchAll(
    /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)(?:[ \t]+AS[ \t]+(\S+))?/gim,
  )) {
    if (!image.includes('$') && image !== 'scratch' && !stages.has(image.toLowerCase())) images.add(image);
    if (stage !== undefined) stages.add(stage.toLowerCase());
  }
  return [...images];
}
