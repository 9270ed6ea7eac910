import {
  dockerConfigFolder,
  isProviderType as isType,
  pluginFolders,
  programFolders,
  providerMetadataFolder,
} from '#compose/load/docker-folders.ts';
import { systemPath } from '#compose/load/system-path.ts';
import { type Path, PatternTable } from '#compose/values/path.ts';
import { wording } from '../words/words.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Suggestion } from './suggestion.ts';

/** `undefined` in an untrusted workspace, where nothing outside of it is read. No program is started to find out what it can do. */
type Machine = Workspace['machine'];

const places = new PatternTable<'type' | 'options' | 'value'>([
  ['services.*.provider.type', 'type'],
  ['services.*.provider.options', 'options'],
  ['services.*.provider.options.*', 'value'],
]);

export function isProviderType(path: Path): boolean {
  return places.match(path) === 'type';
}

/** What Docker Compose would find: providers that were run before, plugins of the Docker CLI, and, once a letter is typed, programs on the `PATH`. */
export async function providerTypes(machine: Machine, path: Path, word: string): Promise<Suggestion[]> {
  if (machine === undefined || !isProviderType(path)) return [];
  const { files, platform } = machine;
  const names = async (folders: readonly string[], name: RegExp) =>
    (await Promise.all(folders.map((folder) => files.list(folder))))
      .flat()
      .flatMap((file) => name.exec(file)?.[1] ?? [])
      .filter(isType);
  const end = platform === 'windows' ? '\\.exe' : '';
  const groups = [
    await names([providerMetadataFolder(machine)], /^(.+)\.json$/),
    await names(pluginFolders(machine, await extraFolders(machine)), new RegExp(`^docker-(.+)${end}$`)),
    word === '' ? [] : await names(programFolders(machine), new RegExp(`^(.+)${end}$`)),
  ];
  return groups.flatMap((group, at) =>
    [...new Set(group)].map(
      (label): Suggestion => ({ label, as: { scalar: label }, kind: 'enum', rank: 1 + at * 2 }),
    ),
  );
}

/** The options that a provider takes, those first that it must have. */
export async function providerOptions(
  machine: Machine,
  path: Path,
  type: string | undefined,
): Promise<Suggestion[]> {
  if (places.match(path) !== 'options') return [];
  return (await parametersOf(machine, type)).map(({ name, description, required }) => ({
    label: name,
    as: { key: name, shape: 'scalar' },
    kind: 'attribute',
    rank: required === true ? 1 : 2,
    ...(typeof description === 'string' && description !== '' && { detail: description }),
  }));
}

/** The values of an option, its default first. */
export async function providerValues(
  machine: Machine,
  path: Path,
  type: string | undefined,
): Promise<Suggestion[]> {
  if (places.match(path) !== 'value') return [];
  const option = (await parametersOf(machine, type)).find(({ name }) => name === path.at(-1));
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const fallback = text(option?.default);
  const listed = text(option?.enum)?.split(',') ?? (option?.type === 'boolean' ? ['true', 'false'] : []);
  const values = new Set([
    ...(fallback === undefined ? [] : [fallback]),
    ...listed.map((each) => each.trim()),
  ]);
  return [...values].map((value, order) => ({
    label: value,
    as: { scalar: value },
    kind: 'enum',
    rank: 1,
    order,
    ...(value === fallback && { detail: wording('completion.default') }),
  }));
}

interface Parameter {
  readonly name: string;
  readonly description?: unknown;
  readonly required?: unknown;
  readonly type?: unknown;
  readonly default?: unknown;
  readonly enum?: unknown;
}

/** Of its `up`, as its metadata command told when it was run. */
async function parametersOf(machine: Machine, type: string | undefined): Promise<readonly Parameter[]> {
  if (machine === undefined || type === undefined || !isType(type)) return [];
  const file = systemPath(machine.platform).join(providerMetadataFolder(machine), `${type}.json`);
  const { up } = (await jsonIn(machine, file)) as { readonly up?: { readonly parameters?: unknown } | null };
  const list: readonly unknown[] = Array.isArray(up?.parameters) ? up.parameters : [];
  return list.filter(isParameter);
}

function isParameter(value: unknown): value is Parameter {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}

/** The folders of plugins that the Docker CLI's settings name. */
async function extraFolders(machine: NonNullable<Machine>): Promise<readonly string[]> {
  const file = systemPath(machine.platform).join(dockerConfigFolder(machine), 'config.json');
  const { cliPluginsExtraDirs: folders } = (await jsonIn(machine, file)) as {
    readonly cliPluginsExtraDirs?: unknown;
  };
  return Array.isArray(folders) ? folders.filter((each) => typeof each === 'string') : [];
}

/** Empty where there is no such object. */
async function jsonIn({ files }: NonNullable<Machine>, path: string): Promise<object> {
  const read = await files.read(path, 'settings');
  try {
    const value: unknown = read.kind === 'text' ? JSON.parse(read.text) : undefined;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
