import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Menus and settings, read as a list: what a person can rely on when looking for something. */

interface Entry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Setting {
  readonly order?: number;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly icon?: string | object;
    }[];
    readonly menus: Readonly<Record<string, readonly Entry[]>>;
    readonly submenus: readonly { readonly id: string }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
  };
}

const root = join(import.meta.dirname, '../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const texts = (path: string) => JSON.parse(text(path)) as Readonly<Record<string, string>>;
const { contributes } = JSON.parse(text('package.json')) as Manifest;
const english = texts('package.nls.json');
const french = texts('package.nls.fr.json');
const bundle = texts('l10n/bundle.l10n.fr.json');
const commands = new Map(contributes.commands.map((each) => [each.command, each]));
const inEnglish = (key = '') => english[key.slice(1, -1)] ?? key;
const inFrench = (key = '') => french[key.slice(1, -1)] ?? key;
const { commandPalette: _, ...menus } = contributes.menus;
const entries = Object.entries(menus).flatMap(([menu, list]) => list.map((entry) => ({ menu, ...entry })));

it('every entry has a group and a place in it, and two share a place only if one at a time is shown', () => {
  const places = new Map<string, Entry[]>();
  for (const { menu, ...entry } of entries) {
    expect(entry.group, `${menu} ${entry.command}`).toMatch(/^(?:navigation|inline|\w+)@\d+(?:\.\d)?$/);
    const place = `${menu} ${entry.group}`;
    places.set(place, [...(places.get(place) ?? []), entry]);
  }
  const both = [...places].flatMap(([place, list]) =>
    list.some(({ when }, at) => list.slice(0, at).some((other) => !areApart(when ?? '', other.when ?? '')))
      ? [`${place}: ${list.map(({ command }) => command).join(', ')}`]
      : [],
  );
  expect(both).toEqual([]);
});

it('no two commands have the same name', () => {
  for (const title of [inEnglish, inFrench]) {
    const names = contributes.commands.map((each) => title(each.title));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  }
});

it('what ends in … does so in both languages', () => {
  for (const { title } of contributes.commands)
    expect(inFrench(title).endsWith('…'), inEnglish(title)).toBe(inEnglish(title).endsWith('…'));
});

it('what removes is never among what runs or looks', () => {
  const removing = entries.filter(({ command = '' }) =>
    /\b(?:Remove|Down|Delete|Leave|Kill|Clean)\b/.test(inEnglish(commands.get(command)?.title)),
  );
  expect(removing.length).toBeGreaterThan(10);
  const misplaced = removing.filter(
    ({ group = '', command = '', menu }) =>
      !/remove|modify|favourite|state/.test(group) &&
      // Beside the row, in the short menu of Up, Restart, Stop, Down, and where whole engines are.
      !/^(?:inline|1_engine|2_engine)@/.test(group) &&
      !(menu === 'editor/title/run' && command === 'composure.down'),
  );
  expect(misplaced.map(({ menu, command, group }) => `${menu} ${group} ${command}`)).toEqual([]);
});

it('what stands beside a row or in a title bar has an icon', () => {
  const bare = entries.filter(
    ({ command = '', group = '', menu }) =>
      (group.startsWith('inline') || (group.startsWith('navigation') && menu !== 'explorer/context')) &&
      commands.get(command)?.icon === undefined,
  );
  expect(bare).toEqual([]);
});

it('what builds is offered only where something is built', () => {
  const building = entries.filter(
    ({ command = '', when = '' }) =>
      /\bBuild\b|\bPush\b/.test(inEnglish(commands.get(command)?.title)) && when.includes('viewItem'),
  );
  expect(building.map(({ command }) => command).toSorted()).toEqual([
    'composure.build',
    'composure.push',
    'composure.upBuild',
  ]);
  for (const { when } of building) expect(when).toContain('buildable');
});

it('each word of a row that a menu asks for is one that rows say', () => {
  const source = readdirSync(join(root, 'client/src/tree'))
    .map((name) => text(`client/src/tree/${name}`))
    .join('\n');
  const asked = new Set(
    entries
      .filter(({ when = '' }) => /\^\(?(?:project|service)/.test(when))
      .flatMap(({ when = '' }) => [...when.matchAll(/\\b([a-z]+)\\b/g)].map(([, word = '']) => word)),
  );
  expect(asked.size).toBeGreaterThan(8);
  expect([...asked].filter((word) => !new RegExp(`\\b${word}\\b`).test(source))).toEqual([]);
});

it('a lens is called as the command is in rows and menus, in both languages', () => {
  const source = text('client/src/lens/service-lenses.ts');
  const names = [...source.matchAll(/l10n\.t\('((?:[A-Z][a-z]+ ?)+)'\)/g)].map(([, name = '']) => name);
  const lenses = new Set(names.filter((name) => name !== 'Show logs'));
  expect([...lenses].toSorted()).toEqual([
    'Attach Debugger',
    'Down',
    'Logs',
    'Restart',
    'Run Job',
    'Shell',
    'Stop',
    'Up',
  ]);
  for (const name of lenses) {
    // A lens knows what a menu asks for.
    const isCalled = ({ title }: { readonly title: string }) => inEnglish(title).replace('…', '') === name;
    const command = contributes.commands.find(isCalled);
    const inLens = bundle[name] ?? '';
    // `Lancer (up)`: a menu has room for Docker's word.
    expect(inFrench(command?.title).replace(/ \(\w+\)$|…$/, ''), name).toBe(inLens);
  }
});

it('a setting has a place of its own, and tells what it does, and each of its values', () => {
  for (const { properties } of contributes.configuration) {
    const orders = Object.values(properties).map(({ order }) => order);
    expect(orders).toEqual(orders.map((_each, at) => at + 1));
    for (const [name, setting] of Object.entries(properties)) {
      const description = setting.description ?? setting.markdownDescription;
      expect(inEnglish(description), name).toMatch(/^(?:Controls|The|Overrides) .+\.$/);
      expect(inFrench(description), name).toMatch(/^(?:Détermine|L[ae’]|Les|Remplace) ?.+\.$/);
      const values = setting.enumDescriptions ?? setting.markdownEnumDescriptions ?? [];
      if (setting.enum !== undefined && name !== 'composure.trace.server')
        expect(values.length, name).toBe(setting.enum.length);
      for (const value of values) expect(inEnglish(value), name).toMatch(/^[A-Z].+\.$/);
    }
  }
});

/** Whether one of two conditions at most holds, as far as it can be read from them: a comparison of one key, its negation, or kinds of rows. */
function areApart(one: string, other: string): boolean {
  const parts = (when: string) => when.split(' && ').map((part) => part.trim());
  const [left, right] = [parts(one), parts(other)];
  if (left.some((part) => right.includes(part.startsWith('!') ? part.slice(1) : `!${part}`))) return true;
  const equal = (list: readonly string[]) =>
    new Map(list.flatMap((part) => (part.includes(' == ') ? [part.split(' == ') as [string, string]] : [])));
  const [mine, theirs] = [equal(left), equal(right)];
  for (const [key, value] of mine) {
    const also = theirs.get(key);
    if (also !== undefined && also !== value) return true;
  }
  const rows = rowsOf(one);
  const others = rowsOf(other);
  return rows.length > 0 && others.length > 0 && !rows.some((row) => others.includes(row));
}

/** Rows of each kind, as far as the conditions of menus tell them apart. */
const sampleRows = [
  ...['project', 'service', 'container'].flatMap((kind) => [
    `${kind} declared reachable buildable incomplete`,
    `${kind} declared reachable created running shell pausable published`,
    `${kind} declared reachable created running shell paused favourite`,
    `${kind} declared reachable created stopped present orphans orphan drifted explainable`,
    `${kind} declared reachable incomplete created stopped`,
    `${kind} declared reachable incomplete created running`,
  ]),
  'engine',
  'host chosen connected',
  'host chosen disconnected',
  'host extra connected',
  'host extra disconnected',
  'files',
  'entry file changeable',
  'entry folder changeable',
  'networks unused',
  'volumes unused',
  'network present unused',
  'volume present unused',
  'volume present',
  'swarm',
  'swarm-stack',
  'swarm-service scalable changed',
  'swarm-task',
];

/** Those of the samples that a condition shows its entry on. */
function rowsOf(when: string): readonly string[] {
  const patterns = [...when.matchAll(/viewItem =~ \/((?:[^/\\]|\\.)+)\//g)].map(
    ([, source = '']) => new RegExp(source),
  );
  const exact = /viewItem == ([\w-]+)/.exec(when)?.[1];
  if (patterns.length === 0 && exact === undefined) return [];
  return sampleRows.filter(
    (row) => (exact === undefined || row === exact) && patterns.every((pattern) => pattern.test(row)),
  );
}
