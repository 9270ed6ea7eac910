import type { LoadedProject } from '../../load/request.ts';
import type { FileObject } from '../../model/project.ts';
import { isSecretName } from './secret-name.ts';
import { isCommonWord, isNoSecretValue, isPlainText } from './plain-value.ts';
import { secretPieces } from './secret-shapes.ts';
import { isSecretVariable } from './secret-variable.ts';
import { isCommandName, secretWordPieces } from './secret-words.ts';
import { mergedRecord } from '../../values/record.ts';

/** Shorter values stand in any text: they are masked where their name is. In UTF-16 code units. */
export const shortest = 4;

/**
 * The values in a project that are nobody's business, wherever they stand later: of variables, build arguments, labels and options by their names or
 * their shape; passwords in URLs and arguments; what env files set that is no plain word; what secrets hold, and configs that are called like one.
 * `held`: the texts of secrets' files, which only an outer layer can read. What is a name in the project is left out: it would be lost everywhere.
 */
export function secretValues(loaded: LoadedProject, held: readonly string[] = []): ReadonlySet<string> {
  const { project, disabled, environment } = loaded;
  const found: string[] = [...held];
  const add = (value: string): void => void found.push(value);
  collect({ ...project, disabled }, '', add);
  // Most of these are the host's own: only their names tell.
  for (const [name, value] of Object.entries(environment)) if (isSecretName(name)) add(value);
  for (const [name, value] of fromEnvFiles(loaded)) {
    addPieces(value, add);
    if (isSecretName(name) || !isPlainText(value)) add(value);
  }
  for (const object of Object.values(project.secrets ?? {})) addObject(object, environment, add);
  for (const object of Object.values(project.configs ?? {}))
    if (isMarked(object)) addObject(object, environment, add);
  const names = namesIn(loaded);
  return new Set(
    found
      .map((value) => value.trim())
      .filter(
        (value) =>
          value.length >= shortest && !isCommonWord(value) && !names.has(value) && !isNoSecretValue(value),
      ),
  );
}

/** A config is marked as a secret by its name or a label that says so. */
function isMarked({ name, labels = {} }: FileObject): boolean {
  return (
    isSecretName(name) ||
    Object.entries(labels).some(([label, value]) => /secret|sensitive/i.test(label) && value !== 'false')
  );
}

function addObject(
  { content, environment: variable }: FileObject,
  environment: Readonly<Record<string, string>>,
  add: (value: string) => void,
): void {
  if (content !== undefined) add(content);
  if (variable !== undefined) add(environment[variable] ?? '');
}

function addVariable(name: string, value: string, add: (value: string) => void): void {
  if (isSecretVariable(name, value)) add(value);
  addPieces(value, add);
}

function addPieces(text: string, add: (value: string) => void): void {
  for (const { start, end } of secretPieces(text)) {
    const value = unquoted(text.slice(start, end));
    add(value);
    // A list of options may go on without another name: `password=x,rw`.
    const [first = ''] = value.split(/[,;&]/);
    if (first.length > 5) add(first);
    // What a program makes of a password in a URL.
    if (/%[\da-f]{2}/i.test(value)) add(decoded(value));
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function unquoted(value: string): string {
  if (!/^(["']).*\1$/s.test(value)) return value;
  try {
    return value.startsWith('"') ? String(JSON.parse(value)) : value.slice(1, -1);
  } catch {
    return value.slice(1, -1);
  }
}

/** Everything that is written somewhere in a model. */
function collect(value: unknown, name: string, add: (value: string) => void): void {
  if (typeof value === 'string') addVariable(name, value, add);
  else if (Array.isArray(value)) {
    const words = value.filter((item) => typeof item === 'string');
    if (isCommandName(name) && words.length === value.length)
      secretWordPieces(words).forEach((pieces, index) => {
        for (const { start, end } of pieces) add(words[index]?.slice(start, end) ?? '');
      });
    if (isCommandName(name)) addPieces(words.join(' '), add);
    for (const item of value) collect(item, '', add);
  } else if (typeof value === 'object' && value !== null)
    for (const [key, child] of Object.entries(value)) if (!isReference(key)) collect(child, key, add);
}

/** What names or places something else is no value: `secrets: {db_password: {file: …}}`. */
function isReference(key: string): boolean {
  return /^(?:file|name|source|target|image|context|dockerfile|container_name|hostname)$/.test(key);
}

/** What `--env-file`, `.env` and `env_file` set. */
function* fromEnvFiles({ project, environment, trace }: LoadedProject): Generator<readonly [string, string]> {
  if (trace === undefined) return;
  for (const variables of trace.variablesOf.values())
    for (const name of Object.keys(variables.toRecord())) {
      const variable = variables.variable(name);
      if (variable?.from.kind === 'file') yield [name, variable.value];
    }
  for (const path of trace.fromFiles.keys()) {
    const [, service = '', name = ''] = /^services\.(.+?)\.environment\.(.+)$/s.exec(path) ?? [];
    const value = project.services[service]?.environment?.[name] ?? environment[name];
    if (value !== undefined && value !== null) yield [name, value];
  }
}

function namesIn({ project, disabled }: LoadedProject): ReadonlySet<string> {
  const services = mergedRecord(disabled, project.services);
  return new Set([
    project.name,
    ...Object.keys(services),
    ...Object.values(services).flatMap(({ image = '', hostname = '', container_name = '' }) => [
      image,
      hostname,
      container_name,
    ]),
    ...[project.networks, project.volumes, project.secrets, project.configs].flatMap((named) =>
      Object.keys(named ?? {}),
    ),
  ]);
}
