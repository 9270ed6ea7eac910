import { dirname, join, resolve } from '#system/path.ts';
import { parseDotenv } from '#compose/load/dotenv.ts';
import type { Variable, VariableOrigin, Variables } from '#compose/load/variables.ts';
import { fileReferencesIn } from '#compose/model/file-references.ts';
import { PatternTable } from '#compose/values/path.ts';
import { nodeAt, stringOf } from '#compose/syntax/edit.ts';
import { eachMatch } from '#compose/syntax/matches.ts';
import type { Node } from '#compose/syntax/node.ts';
import { parseTemplate, type TemplatePart } from '#compose/template/parse.ts';
import { directoryFor } from './directories.ts';
import type { SourceFile } from './files.ts';
import { namesOf } from './names.ts';
import type { Projects } from './projects.ts';
import { variableUses } from './variables.ts';
import type { Workspace } from './workspace.ts';

/** Where a variable of interpolation is set or used. */
export interface VariablePlace {
  readonly file: SourceFile;
  readonly span: { readonly start: number; readonly end: number };
  readonly role: 'declaration' | 'reference';
  /** What stands here when the variable has another name; absent: that name. */
  readonly renamed?: (name: string) => string;
}

export interface VariablePlaces {
  /** As the file that was asked about sees it; `undefined`: it is not set. */
  readonly variable: Variable | undefined;
  /** Whether a name means something to that file already. */
  readonly isTaken: (name: string) => boolean;
  readonly places: readonly VariablePlace[];
}

/**
 * Every place in the project that sets or uses a variable: `${NAME}` in compose files, the lines of the env files that interpolation reads, `${NAME}` in
 * values of these and of services' env files, and what takes its value by its bare name. A file that sees another variable of that name is left out.
 */
export async function placesOfVariable(
  workspace: Workspace,
  projects: Projects,
  file: SourceFile,
  name: string,
): Promise<VariablePlaces> {
  const loaded = await projects.load(await projects.of(file.path));
  const project = loaded.result.loaded ?? loaded.result.partial;
  const variablesOf = (of: SourceFile): Variables | undefined => project?.trace?.variablesOf.get(of.uri);
  const variable = variablesOf(file)?.variable(name);
  const names = await namesOf(workspace, loaded.reference);
  const files = [file, ...names.files.filter(({ path }) => path !== file.path)];
  const seeing = files.filter(
    (each) => each === file || isSameOrigin(variablesOf(each)?.variable(name)?.from, variable?.from),
  );
  const places = seeing.flatMap((each) => placesIn(each, name));

  const own = project === undefined ? [] : ownEnvFiles(project);
  const origin = variable?.from.kind === 'file' ? variable.from.path : undefined;
  const setting = origin === undefined ? [] : own.includes(origin) ? own : [origin];
  const reading = seeing.flatMap((each) => serviceEnvFiles(each, directoryFor(each, loaded.reference)));
  for (const path of new Set([...own, ...setting, ...reading])) {
    const env = await workspace.file(path, 'env');
    if (env === undefined) continue;
    const isSetting = setting.includes(path);
    places.push(...placesInEnvFile(env, name, isSetting, variable !== undefined));
  }
  const isTaken = (other: string) =>
    variablesOf(file)?.variable(other) !== undefined ||
    files.some((each) => placesIn(each, other).length > 0);
  return { variable, isTaken, places };
}

function isSameOrigin(a: VariableOrigin | undefined, b: VariableOrigin | undefined): boolean {
  if (a?.kind === 'file' && b?.kind === 'file') return a.path === b.path;
  return a?.kind === b?.kind;
}

export function ownEnvFiles({
  envFiles,
  workingDirectory,
}: {
  readonly envFiles: readonly string[];
  readonly workingDirectory: string;
}): readonly string[] {
  return envFiles.length > 0 ? envFiles : [join(workingDirectory, '.env')];
}

function placesIn(file: SourceFile, name: string): readonly VariablePlace[] {
  return file.derive(usesIn).get(name) ?? [];
}

/** Every name of a variable that a compose file uses, with where it does so. */
export function usesIn(file: SourceFile): ReadonlyMap<string, readonly VariablePlace[]> {
  const found = new Map<string, VariablePlace[]>();
  const add = (name: string, place: VariablePlace) => {
    const places = found.get(name) ?? [];
    places.push(place);
    found.set(name, places);
  };
  for (const { name, span } of file.derive(variableUses)) add(name, { file, span, role: 'reference' });
  for (const root of file.roots) bareNames(root, file, add);
  return found;
}

type Bare = 'item' | 'key' | 'name';

/** Where a name without `$` takes the variable's value. */
const bareRules = new PatternTable<Bare>([
  ['services.*.environment[]', 'item'],
  ['services.*.environment.*', 'key'],
  ['services.*.build.args[]', 'item'],
  ['services.*.build.args.*', 'key'],
  ['secrets.*.environment', 'name'],
  ['configs.*.environment', 'name'],
]);

function bareNames(root: Node, file: SourceFile, add: (name: string, place: VariablePlace) => void): void {
  eachMatch(root, bareRules, ({ rule, node, path }) => {
    if (node.kind !== 'scalar') return;
    const { text } = file;
    if (rule === 'key') {
      const key = node.keySpan;
      const name = path.at(-1);
      if (node.value !== null || node.source !== '' || key === undefined || typeof name !== 'string') return;
      // The container's variable keeps its name.
      const written = text.slice(key.start, key.end);
      const colon = /^\s*:/.exec(text.slice(key.end))?.[0];
      const end = key.end + (colon?.length ?? 0);
      const renamed = (other: string) => `${written}: "\${${other}}"`;
      add(name, { file, span: { start: key.start, end }, role: 'reference', renamed });
    } else {
      const name = stringOf(node);
      if (name === undefined || !/^\w+$/.test(name)) return;
      const { start } = node.span;
      const quote = /^["']/.exec(text.slice(start))?.[0];
      const length = (quote === undefined ? 0 : 2) + node.source.length;
      const span = { start, end: start + length };
      const renamed =
        rule === 'item'
          ? (other: string) => `"${name}=\${${other}}"`
          : (other: string) => `${quote ?? ''}${other}${quote ?? ''}`;
      add(name, { file, span, role: 'reference', renamed });
    }
  });
}

/** The env files of a file's services that have templates in them. */
function serviceEnvFiles(file: SourceFile, directory: string): readonly string[] {
  return file.roots.flatMap((root) =>
    fileReferencesIn(root)
      .filter(({ kind, path }) => kind === 'env' && path[0] === 'services')
      .filter(({ path }) => stringOf(nodeAt(root, [...path.slice(0, -1), 'format'])) !== 'raw')
      .map(({ text }) => resolve(directory === '' ? dirname(file.path) : directory, text)),
  );
}

function placesInEnvFile(
  file: SourceFile,
  name: string,
  isSetting: boolean,
  isSet: boolean,
): readonly VariablePlace[] {
  const { text } = file;
  const places: VariablePlace[] = [];
  const entries = parseDotenv(text, () => '').values;
  if (isSetting) {
    // Set twice, the last one counts: those before it are only found without it.
    let entry = entries.get(name);
    while (entry !== undefined) {
      places.push({ file, span: { start: entry.keyStart, end: entry.keyEnd }, role: 'declaration' });
      entry = parseDotenv(text.slice(0, entry.start), () => '').values.get(name);
    }
  } else if (!isSet && entries.has(name)) return [];
  for (const { valueStart, valueEnd } of entries.values()) {
    const value = text.slice(valueStart, valueEnd);
    if (value.startsWith("'")) continue;
    const collect = (parts: readonly TemplatePart[]): void => {
      for (const part of parts) {
        if (part.kind !== 'variable') continue;
        const start = valueStart + part.nameStart;
        if (part.name === name)
          places.push({ file, span: { start, end: start + name.length }, role: 'reference' });
        if (part.argument !== undefined) collect(part.argument.parts);
      }
    };
    collect(parseTemplate(value));
  }
  return places;
}
