import { describe, expect, it } from 'vitest';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { RuntimeProject } from '#engine/observe/runtime-project.ts';
import type { ObservedSwarm } from '#engine/swarm/observe-swarm.ts';
import { RowChanges } from '../../../client/src/tree/row-changes.ts';
import { lookOf } from '../../../client/src/tree/row-look.ts';
import { Since } from '../../../client/src/tree/since.ts';
import { parseFilter } from '../../../client/src/tree/tree-filter.ts';
import { type TreeRow, TreeRows } from '../../../client/src/tree/tree-row.ts';
import {
  type SeenEngine,
  type ShapeChoices,
  TreeShape,
  type TreeSource,
} from '../../../client/src/tree/tree-shape.ts';
import type { DeclaredProject } from '../../../client/src/workspace/declared.ts';
import { otherStacks, type Stack } from '../../../client/src/workspace/stacks.ts';
import { container, joined, joinedOn, running, runtime } from '../containers.ts';
import { english } from '../translate.ts';

/** The tree as VS Code asks for it, with what it was told to ask again. */
class Shown implements TreeSource {
  stacks: readonly Stack[] = [];
  others: readonly Stack[] = [];
  choices: ShapeChoices = { filter: undefined, order: 'file', isFavourite: () => false };
  failure: readonly string[] | undefined;
  swarm: ObservedSwarm | undefined;
  engines: readonly SeenEngine[] = [];
  now = 1_000_000_000_000;
  drawn = 0;
  readonly #since = new Since();
  readonly #shape = new TreeShape(this, new TreeRows(), english);
  readonly #changes = new RowChanges<TreeRow>({
    look: (row) => JSON.stringify(this.look(row)),
    children: (row) => this.#shape.children(row),
    parent: (row) => this.#shape.parent(row),
  });

  stack(key: string) {
    return [...this.stacks, ...this.others].find((each) => each.key === key);
  }

  look(row: TreeRow) {
    const view = { t: english, since: this.#since, now: this.now };
    return lookOf(row, this, view);
  }

  /** Everything below a row, all expanded; each line indented, with its checkbox. */
  draw(row?: TreeRow, indent = 0): string {
    const children = this.#shape.children(row);
    this.#changes.listed(row, children);
    return children
      .map((child) => {
        this.drawn += 1;
        this.#changes.drew(child);
        expect(this.#shape.parent(child)).toBe(row);
        const look = this.look(child);
        const box = look?.checked === undefined ? '' : look.checked ? '[x] ' : '[ ] ';
        const line = `${' '.repeat(indent)}${box}${look?.label} · ${look?.description}`;
        return [line, this.draw(child, indent + 2)].filter((part) => part !== '').join('\n');
      })
      .join('\n');
  }

  /** The ids of the rows VS Code is told of; it asks for them and what is below. */
  tell(stacks?: ReadonlySet<string>): readonly string[] | 'everything' {
    const rows = this.#changes.changed(stacks && ((row) => 'stack' in row && stacks.has(row.stack)));
    if (rows === undefined) return 'everything';
    for (const row of rows) {
      this.#changes.drew(row);
      this.draw(row);
    }
    return rows.map(({ id }) => id.replaceAll('\0', ' '));
  }
}

function declared(name: string, change: Partial<DeclaredProject> = {}): DeclaredProject {
  return {
    reference: { id: `/${name}`, directory: `/${name}`, files: [], mainFile: `/${name}/compose.yaml` },
    name,
    services: [],
    networks: [],
    volumes: [],
    profiles: [],
    problems: [],
    loaded: undefined,
    ...change,
  };
}

const service = (name: string, ...missingProfiles: string[]) => ({
  name,
  image: 'busybox',
  missingProfiles,
  span: undefined,
});

const mount = (name: string) => ({
  type: 'volume',
  name,
  source: '',
  destination: '/data',
  readOnly: false,
});

function withResources(project: RuntimeProject): RuntimeProject {
  const network = { id: 'n1', driver: 'bridge', scope: 'local', labels: {}, containers: [] };
  const volume = { driver: 'local', mountpoint: '', labels: {} };
  return {
    ...project,
    networks: [{ ...network, name: 'shop_default' }],
    volumes: [
      { ...volume, name: 'shop_data' },
      { ...volume, name: 'shop_old', driver: 'nfs' },
    ],
  };
}

it('of an engine that is gone offers nothing for networks and volumes either', () => {
  const shown = new Shown();
  const volumes = [{ name: 'shop_data', driver: 'local', mountpoint: '', labels: {} }];
  const shop: RuntimeProject = { ...runtime('shop', {}), volumes };
  shown.stacks = joined([], [shop], false, { isFresh: false, lastSeen: 0 });
  const rows = new TreeRows();
  const [{ key = '' } = {}] = shown.stacks;
  expect(shown.look(rows.get({ kind: 'volume', stack: key, name: 'shop_data' }))).toMatchObject({
    context: 'volume',
    isDimmed: true,
  });
  expect(shown.look(rows.get({ kind: 'volumes', stack: key }))).toMatchObject({
    context: 'volumes',
    isDimmed: true,
  });
});

it('has below one row what Compose did not make: projects of other tools, then what has none', () => {
  const shown = new Shown();
  shown.stacks = joined([], [runtime('shop', { web: [container({ name: 'shop-web-1' })] })]);
  shown.others = otherStacks('', {
    ...running([]),
    others: [
      runtime('', { ant: [container({ name: 'ant' })], bee: [container({ name: 'bee', state: 'exited' })] }),
      runtime('blog', { blog_web_1: [container({ name: 'blog_web_1' })] }),
    ],
  });
  expect(shown.draw()).toBe(
    `
shop · 1/1 running · elsewhere
  web · running · 3 min
    web-1 · running · 3 min
Other Containers · 2/3 running
  blog · 1/1 running
    blog_web_1 · running · 3 min
  ant · running · 3 min
  bee · exited · 3 min ago
`.trim(),
  );
});

it('looks for what Compose did not make, too, and shows it beside the projects', () => {
  const shown = new Shown();
  shown.stacks = joined([], [runtime('shop', { web: [container({ name: 'shop-web-1' })] })]);
  shown.others = otherStacks('', {
    ...running([]),
    others: [
      runtime('', { ant: [container({ name: 'ant' })], bee: [container({ name: 'bee', state: 'exited' })] }),
      runtime('blog', { blog_web_1: [container({ name: 'blog_web_1' })] }),
    ],
  });
  const lookedFor = (text: string) => {
    shown.choices = { ...shown.choices, filter: parseFilter(text) };
    return shown.draw().split('\n');
  };
  expect(lookedFor('ant')).toEqual(['ant · running · 3 min']);
  expect(lookedFor('blog')).toEqual(['blog · 1/1 running', '  blog_web_1 · running · 3 min']);
  expect(lookedFor('is:exited')).toEqual(['bee · exited · 3 min ago']);
  expect(lookedFor('web')).toHaveLength(5);
  expect(lookedFor('project:shop')).toHaveLength(3);
});

it('offers a new project above them where there is none: VS Code has no welcome for a view with rows', () => {
  const shown = new Shown();
  shown.others = otherStacks('', {
    ...running([]),
    others: [runtime('', { ant: [container({ name: 'ant' })] })],
  });
  expect(shown.draw().split('\n')).toEqual([
    'New Project… · ',
    'Other Containers · 1/1 running',
    '  ant · running · 3 min',
  ]);
  expect(shown.look(new TreeRows().get({ kind: 'begin' }))).toMatchObject({ runs: 'composure.newProject' });
  shown.stacks = joined([], [runtime('shop', { web: [container({ name: 'shop-web-1' })] })]);
  expect(shown.draw()).not.toContain('New Project');
});

it('offers for them what works on containers, and nothing that takes a project of Compose', () => {
  const shown = new Shown();
  shown.others = otherStacks('', {
    ...running([]),
    others: [runtime('blog', { blog_web_1: [container({ name: 'blog_web_1' })] })],
  });
  const rows = new TreeRows();
  const key = shown.others[0]?.key ?? '';
  expect(shown.look(rows.get({ kind: 'project', stack: key }))?.context).toMatch(
    /^other-stack\b.*\bcreated running\b/,
  );
  expect(
    shown.look(
      rows.get({ kind: 'container', stack: key, service: 'blog_web_1', container: 'id-of-blog_web_1' }),
    )?.context,
  ).toMatch(/^container other created running shell/);
});

describe('the tree', () => {
  it('shows profiles with what they would bring in, networks and volumes with who uses them', () => {
    const shown = new Shown();
    shown.stacks = joined(
      [
        declared('shop', {
          services: [service('db'), service('adminer', 'debug'), service('seed', 'tools', 'debug')],
          profiles: [
            { name: 'debug', active: false },
            { name: 'metrics', active: true },
            { name: 'tools', active: false },
          ],
          volumes: [
            { key: 'data', name: 'shop_data' },
            { key: 'cache', name: 'shop_cache' },
          ],
        }),
      ],
      [
        withResources(
          runtime('shop', {
            db: [
              container({
                name: 'shop-db-1',
                networks: { shop_default: { networkId: 'n1' } },
                mounts: [mount('shop_data')],
              }),
            ],
          }),
        ),
      ],
      true,
    );
    expect(shown.draw()).toBe(
      `
shop · 1/1 running
  db · running · 3 min
    db-1 · running · 3 min
  [ ] debug · profile, off
    adminer · off
    seed · off
  [x] metrics · profile, on
  [ ] tools · profile, off
  Networks · 1
    default · db
  Volumes · 2
    cache · not created
    data · db
    old · unused · nfs
`.trim(),
    );
  });

  it('says where an engine was looked for', () => {
    const shown = new Shown();
    shown.stacks = joined([declared('shop')], [], true, { isFresh: false });
    shown.failure = ['unix:///a.sock: nothing there', 'tcp://b: refused'];
    expect(shown.draw()).toBe(
      `
No Docker Engine · retrying
  unix:///a.sock: nothing there · ${''}
  tcp://b: refused · ${''}
shop · ${''}
`.slice(1, -1),
    );
  });
});

describe('an event', () => {
  const many = 500;
  const containers = (change: Readonly<Record<number, Partial<ContainerSummary>>> = {}) =>
    Array.from({ length: many }, (_, n) =>
      container({ name: `big-s${n % 100}-${Math.floor(n / 100) + 1}`, id: `c${n}`, ...change[n] }),
    );
  const big = (list: readonly ContainerSummary[]) =>
    runtime(
      'big',
      Object.fromEntries(
        Array.from({ length: 100 }, (_, s) => [`s${s}`, list.filter((_, n) => n % 100 === s)]),
      ),
    );
  const show = () => {
    const shown = new Shown();
    shown.stacks = joined(
      [],
      [big(containers()), runtime('other', { a: [container({ name: 'x' })] })],
      false,
    );
    shown.draw();
    shown.drawn = 0;
    return shown;
  };
  const become = (shown: Shown, change: Readonly<Record<number, Partial<ContainerSummary>>>) => {
    shown.stacks = joined(
      [],
      [big(containers(change)), runtime('other', { a: [container({ name: 'x' })] })],
      false,
    );
  };

  it('that changes nothing to be seen draws no row', () => {
    const shown = show();
    become(shown, { 7: { command: 'other' } });
    expect(shown.tell(new Set(['engine:big']))).toEqual([]);
    expect(shown.drawn).toBe(0);
  });

  it('of one container draws its service and nothing of the other 99', () => {
    const shown = show();
    become(shown, { 7: { health: 'healthy' } });
    expect(shown.tell(new Set(['engine:big']))).toEqual(['container engine:big s7 c7']);
    expect(shown.drawn).toBe(0);
    become(shown, { 7: { health: 'starting' } });
    expect(shown.tell(new Set(['engine:big']))).toEqual(['service engine:big s7']);
    expect(shown.drawn).toBe(5);
  });

  it('of another project leaves all of these alone', () => {
    const shown = show();
    shown.stacks = joined(
      [],
      [big(containers()), runtime('other', { a: [container({ name: 'x', health: 'starting' })] })],
      false,
    );
    expect(shown.tell(new Set(['engine:other']))).toEqual(['service engine:other a']);
  });

  it('that adds a container draws its service; one that adds a service its project; a project everything', () => {
    const shown = show();
    const more = big([...containers(), container({ name: 'big-s0-6', id: 'c500' })]);
    const other = runtime('other', { a: [container({ name: 'x' })] });
    shown.stacks = joined([], [more, other], false);
    expect(shown.tell()).toEqual(['service engine:big s0']);
    const extra = runtime('other', { a: [container({ name: 'x' })], b: [container({ name: 'y' })] });
    shown.stacks = joined([], [more, extra], false);
    expect(shown.tell()).toEqual(['project engine:other']);
    shown.stacks = joined([], [more, extra, runtime('third', {})], false);
    expect(shown.tell()).toBe('everything');
  });

  it('the passing of time draws the rows whose age reads differently', () => {
    const shown = show();
    shown.now += 30_000;
    expect(shown.tell()).toEqual([]);
    shown.now += 30_000;
    const rows = shown.tell();
    expect(rows).not.toContain('project engine:big');
    expect(rows).toHaveLength(101);
  });

  it('with several engines, has each above its projects, with why one does not answer', () => {
    const shown = new Shown();
    const web = { web: [container({ name: 'shop-web-1' })] };
    const files = [declared('shop', { services: [service('web')] })];
    shown.stacks = [
      ...joined(files, [], false),
      ...joinedOn('far', files, [runtime('other', {}), runtime('shop', web)], false),
    ];
    const engine = { about: '', failure: [] };
    shown.engines = [
      { ...engine, name: '', label: 'Default engine', about: '28.5', state: 'connected' },
      { ...engine, name: 'far', label: 'far', state: 'disconnected', failure: ['ssh: no route to host'] },
      { ...engine, name: 'ssh://b', label: 'ssh://b', state: 'idle' },
    ];
    expect(shown.draw().replaceAll(/ · $/gm, '')).toBe(
      [
        'Default engine · chosen · 28.5',
        '  shop · not created',
        '    web',
        'far · not responding, retrying',
        '  ssh: no route to host',
        '  other · no containers · elsewhere',
        '  shop · 1/1 running',
        '    web · running · 3 min',
        '      web-1 · running · 3 min',
        'ssh://b · not connected',
      ].join('\n'),
    );
    expect(shown.tell()).toEqual([]);
    shown.engines = shown.engines.map((each) =>
      each.name === 'far' ? { ...each, state: 'connected', failure: [] } : each,
    );
    expect(shown.tell()).toEqual(['host far']);
    expect(joinedOn('far', files, [runtime('other', {}), runtime('shop', web)], true)).toHaveLength(1);
    shown.engines = [];
    expect(shown.tell()).toBe('everything');
  });
});
