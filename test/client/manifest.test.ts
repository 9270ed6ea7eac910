import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commands as commandLine } from '#cli/command-table.ts';
import { Commands, ContextKeys, Settings, Views } from '../../client/src/ids.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const json = (path: string) => JSON.parse(text(path)) as Readonly<Record<string, unknown>>;

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
    readonly menus: Readonly<
      Record<string, readonly { readonly command?: string; readonly when?: string }[]>
    >;
    readonly taskDefinitions: readonly {
      readonly properties: { readonly command: { readonly enum: readonly string[] } };
    }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly completionEvents: readonly string[] }[];
    }[];
    readonly viewsWelcome: readonly { readonly contents: string; readonly when: string }[];
  };
}

const manifestText = text('package.json');
const { contributes } = JSON.parse(manifestText) as Manifest;
const english = json('package.nls.json') as Readonly<Record<string, string>>;
const sorted = (values: Iterable<string>) => [...values].sort();

describe('package.json and the code', () => {
  it('declare the same commands', () => {
    expect(sorted(contributes.commands.map(({ command }) => command))).toEqual(
      sorted(Object.values(Commands)),
    );
  });

  it('declare the same views', () => {
    const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id));
    expect(sorted(views)).toEqual(sorted(Object.values(Views)));
  });

  it('declare the same settings', () => {
    const settings = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
    expect(sorted(settings)).toEqual(sorted(Object.values(Settings)));
  });

  it('offer every command of the command line as a task', () => {
    const tasks = contributes.taskDefinitions.flatMap(({ properties }) => properties.command.enum);
    expect(tasks).toEqual(sorted(Object.keys(commandLine)));
  });

  it('menus and welcome texts name only commands and context keys that exist', () => {
    const commands = new Set<string>(Object.values(Commands));
    const keys = new Set<string>(Object.values(ContextKeys));
    const entries = Object.values(contributes.menus).flat();
    for (const { command } of entries) if (command !== undefined) expect(commands).toContain(command);
    const conditions = [...entries, ...contributes.viewsWelcome].map(({ when }) => when ?? '');
    for (const condition of conditions)
      for (const [key] of condition.matchAll(/\bcomposure\.(?!projects\b)\w+/g)) expect(keys).toContain(key);
    for (const content of Object.values(english))
      for (const [, command] of content.matchAll(/\(command:(composure\.\w+)\)/g))
        expect(commands).toContain(command);
  });

  it('end each step of the walkthrough by what the person did', () => {
    const events = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.map(({ completionEvents }) => completionEvents),
    );
    expect(events.every((each) => each.length > 0)).toBe(true);
    const known = [
      ...Object.values(Commands).map((id) => `onCommand:${id}`),
      ...Object.values(ContextKeys).map((key) => `onContext:${key}`),
    ];
    for (const event of events.flat()) expect(known).toContain(event);
  });
});

describe('texts', () => {
  const french = json('package.nls.fr.json') as Readonly<Record<string, string>>;

  it('every placeholder of package.json has a text, and every text a placeholder', () => {
    const used = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
    expect(sorted(new Set(used))).toEqual(sorted(Object.keys(english)));
  });

  it('French has the same keys, commands and settings', () => {
    expect(Object.keys(french)).toEqual(Object.keys(english));
    const marks = (value: string) =>
      sorted([...value.matchAll(/\(command:[^)]+\)|`[^`]*`/g)].map(([mark]) => mark));
    for (const [key, value] of Object.entries(english)) {
      const translated = french[key] ?? '';
      expect(translated, key).not.toBe('');
      if (value.includes('(command:')) expect(marks(translated), key).toEqual(marks(value));
    }
  });

  it('every text of the code is in the French bundle, with the same placeholders, and no others are', () => {
    const bundle = json('l10n/bundle.l10n.fr.json') as Readonly<Record<string, string>>;
    const texts = new Set([
      ...textsOf(join(root, 'client/src')),
      ...saidIn(join(root, 'engine')),
      ...saidIn(join(root, 'cli')),
    ]);
    expect(sorted(Object.keys(bundle))).toEqual(sorted(texts));
    const placeholders = (value: string) => sorted([...value.matchAll(/\{\d\}/g)].map(([mark]) => mark));
    for (const [key, value] of Object.entries(bundle))
      expect(placeholders(value), key).toEqual(placeholders(key));
  });
});

/** The engine's templates, `` say`…` ``, with `{0}` for the first expression; those of expressions alone need no translation. */
function saidIn(folder: string): Set<string> {
  const found = new Set<string>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.name === 'message.ts') continue;
    const source = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    for (const [, template = ''] of source.matchAll(/\bsay`((?:[^`\\]|\\.)*)`/g)) {
      let values = 0;
      const text = template
        .replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, () => `{${values++}}`)
        .replaceAll('\\n', '\n')
        .replaceAll(/\\(.)/g, '$1');
      if (/\p{L}/u.test(text.replaceAll(/\{\d\}/g, ''))) found.add(text);
    }
  }
  return found;
}

/** What is passed to `t(…)` or `l10n.t(…)`. */
function textsOf(folder: string): Set<string> {
  const found = new Set<string>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile()) continue;
    for (const [, single, double] of readFileSync(path, 'utf8').matchAll(
      /\bt\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g,
    ))
      found.add((single ?? double ?? '').replaceAll(/\\(.)/g, '$1'));
  }
  return found;
}
