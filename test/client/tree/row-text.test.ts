import { describe, expect, it } from 'vitest';
import { phrase } from '#compose/problem/phrase.ts';
import type { Problem } from '#compose/problem/problem.ts';
import { containerText, projectText, serviceText } from '../../../client/src/tree/row-text.ts';
import type { RowText } from '../../../client/src/tree/row-view.ts';
import { Since } from '../../../client/src/tree/since.ts';
import type { DeclaredProject } from '../../../client/src/workspace/declared.ts';
import type { Stack } from '../../../client/src/workspace/stacks.ts';
import { container, joined, port, runtime } from '../containers.ts';
import { english } from '../translate.ts';

/** Services by name; with a profile they are off. */
function declared(name: string, services: Readonly<Record<string, string>>): DeclaredProject {
  return {
    reference: { id: `/${name}`, directory: `/${name}`, files: [], mainFile: `/${name}/compose.yaml` },
    name,
    services: Object.entries(services).map(([service, profile]) => ({
      name: service,
      image: 'busybox',
      missingProfiles: profile === '' ? [] : [profile],
      span: undefined,
    })),
    networks: [],
    volumes: [],
    profiles: [],
    problems: [],
    loaded: {
      project: { name, services: {} },
      tree: {
        kind: 'map',
        entries: [],
        flow: false,
        span: { uri: '', start: 0, end: 0 },
        origins: [],
      },
      disabled: {},
      files: [],
      workingDirectory: `/${name}`,
      envFiles: [],
      environment: {},
    },
  };
}

/** The whole tree as one would see it, each row with its state. */
function draw(stacks: readonly Stack[]): string {
  const view = { t: english, since: new Since(), now: 1_000_000_000 };
  const row = (indent: number, { label, description, state }: RowText) =>
    `${' '.repeat(indent)}${label.padEnd(12 - indent)} ${description.padEnd(30)} [${state}]`;
  return stacks
    .flatMap((stack) => [
      row(0, projectText(stack, view)),
      ...stack.services.flatMap((service) => [
        row(2, serviceText(stack, service, view)),
        ...service.view.containers.map((each) => row(4, containerText(stack, each, view))),
      ]),
    ])
    .map((line) => line.trimEnd())
    .join('\n');
}

function contextOf(stack: Stack | undefined): readonly string[] {
  if (stack === undefined) return [];
  const view = { t: english, since: new Since(), now: 0 };
  return [
    projectText(stack, view).context,
    ...stack.services.map((service) => serviceText(stack, service, view).context),
  ];
}

describe('the tree as text', () => {
  it('says which profile is missing, which the Problems view shows as a warning, apart from errors', () => {
    const problem = (code: Problem['code'], start: number): Problem => ({
      code,
      severity: 'error',
      message: phrase('undefined-dependency', { name: 'web', dependency: 'db' }),
      span: { uri: 'file:///compose.yaml', start, end: start + 1 },
      ...(code === 'disabled-dependency' && { data: { profiles: ['extra'] } }),
    });
    const drawn = (...problems: readonly Problem[]) =>
      draw(joined([{ ...declared('shop', { web: '' }), problems }], [])).split('\n')[0];
    expect(drawn(problem('disabled-dependency', 1))).toMatch(
      /^shop +not created · needs the profile extra +\[/,
    );
    expect(drawn(problem('disabled-dependency', 1), problem('undefined-network', 5))).toMatch(
      /not created · 1 error · needs the profile extra/,
    );
  });

  it('says which program provides a service; nothing of it is missing, and it can be stopped', () => {
    const shop = declared('shop', { web: '', db: '' });
    const services = shop.services.map((each) =>
      each.name === 'db' ? { ...each, image: undefined, provider: 'cloud', replicas: 0 } : each,
    );
    const stacks = joined(
      [{ ...shop, services }],
      [runtime('shop', { web: [container({ name: 'shop-web-1' })] })],
      false,
    );
    expect(draw(stacks)).toMatch(/^shop +1\/1 running +\[running\]\n {2}db +provider cloud +\[/);
    expect(contextOf(stacks[0])[1]).toBe('service declared reachable provided');
    expect(contextOf(stacks[0])[0]).not.toContain('incomplete');
  });

  it('shows what is meant and what is, worst state first', () => {
    const stacks = joined(
      [declared('shop', { web: '', db: '', worker: '', tools: 'debug' })],
      [
        runtime('shop', {
          web: [
            container({ name: 'shop-web-1', health: 'healthy', ports: [port(8080)] }),
            container({ name: 'shop-web-2', health: 'starting', status: 'Up 4 seconds (health: starting)' }),
          ],
          db: [
            container({
              name: 'shop-db-1',
              state: 'exited',
              exitCode: 1,
              status: 'Exited (1) 20 seconds ago',
            }),
          ],
          old: [container({ name: 'shop-old-1' })],
        }),
        runtime('legacy', {
          app: [container({ name: 'legacy-app-1', state: 'paused', status: 'Up 2 hours (Paused)' })],
        }),
      ],
      false,
    );
    expect(draw(stacks)).toBe(
      `
shop         2/4 running · 1 crashed · 1 not created [failed]
  db         exited (1) · 15 s ago          [failed]
    db-1     exited (1) · 15 s ago          [failed]
  old        running · 3 min · not in the files [running]
    old-1    running · 3 min                [running]
  web        2/2 running · starting · :8080 · 3 min [starting]
    web-1    healthy · :8080 · 3 min        [healthy]
    web-2    starting                       [starting]
  worker     not created                    [absent]
  tools      off                            [off]
legacy       1/1 running · elsewhere        [running]
  app        paused · 2 h                   [paused]
    app-1    paused · 2 h                   [paused]
`.trim(),
    );
  });

  it('says of a service that its registry has a newer image, as long as that is known', () => {
    const services = (name: string) => ({ [name]: [container({ name: `shop-${name}-1` })] });
    const [stack] = joined([declared('shop', { web: '' })], [runtime('shop', services('web'))], false);
    const [service] = stack?.services ?? [];
    if (stack === undefined || service === undefined) throw new Error('no service');
    const view = { t: english, since: new Since(), now: 1_000_000_000 };
    const described = (isOlderImage: (image: string) => boolean, of = stack) =>
      serviceText(of, service, { ...view, isOlderImage }).description;
    expect(described((image) => image === 'busybox')).toContain(' · outdated image');
    expect(described(() => false)).not.toContain('outdated');
    expect(described(() => true, { ...stack, engine: 'lab' })).not.toContain('outdated');
  });

  it('counts what is unhealthy, on the project too', () => {
    const stacks = joined(
      [],
      [
        runtime('p', {
          a: [container({ name: 'p-a-1', health: 'unhealthy' })],
          b: [container({ name: 'p-b-1' })],
        }),
      ],
      false,
    );
    expect(draw(stacks).split('\n')[0]).toBe(
      'p            2/2 running · 1 unhealthy · elsewhere [unhealthy]',
    );
  });

  it('says nothing of states without an engine', () => {
    expect(draw(joined([declared('shop', { web: '' })], [], false, { isFresh: false }))).toBe(
      `
shop                                        [absent]
  web                                       [absent]
`.trim(),
    );
  });

  it('a project of which only volumes are left has no containers', () => {
    expect(draw(joined([], [runtime('left', {})], false))).toMatch(/^left +no containers · elsewhere/);
  });

  it('leaves projects from elsewhere out when only the workspace is asked for', () => {
    const stacks = joined([declared('shop', {})], [runtime('legacy', {}), runtime('shop', {})], true);
    expect(stacks.map(({ name }) => name)).toEqual(['shop']);
  });

  it('names the files where they are not simply those of the directory', () => {
    const project = declared('shop', {});
    const reference = { ...project.reference, files: ['/shop/compose.yaml', '/shop/compose.prod.yaml'] };
    expect(draw(joined([{ ...project, reference }], [], false))).toMatch(
      /not created · compose.yaml \+ compose.prod.yaml/,
    );
  });
});

describe('the words for menus', () => {
  const webService = { command: null, entrypoint: null };
  const running = container({ name: 'shop-web-1', ports: [port(80)] });
  const stopped = container({ name: 'shop-web-1', state: 'exited', exitCode: 0 });

  it.each([
    ['nothing there', {}, ['project declared reachable incomplete', 'service declared reachable incomplete']],
    [
      'running',
      { web: [running] },
      [
        'project declared reachable present created running shell pausable published',
        'service declared reachable explainable created running shell pausable published',
      ],
    ],
    [
      'stopped by hand',
      { web: [{ ...stopped, exitCode: 137 }] },
      [
        'project declared reachable incomplete present created stopped',
        'service declared reachable explainable created stopped',
      ],
    ],
    [
      'a job that is done',
      { web: [stopped] },
      [
        'project declared reachable present created stopped',
        'service declared reachable explainable created stopped',
      ],
    ],
  ])('%s', (_, services, words) => {
    const runtimes = Object.keys(services).length === 0 ? [] : [runtime('shop', services)];
    expect(contextOf(joined([declared('shop', { web: '' })], runtimes, false)[0])).toEqual(words);
  });

  it('Explain is for what may have failed, and nothing that is healthy', () => {
    const of = (health: 'healthy' | 'unhealthy') =>
      contextOf(
        joined(
          [declared('shop', { web: '' })],
          [runtime('shop', { web: [{ ...running, health }] })],
          false,
        )[0],
      )[1]
        ?.split(' ')
        .includes('explainable');
    expect([of('healthy'), of('unhealthy')]).toEqual([false, true]);
  });

  it('what is to be done when files change', () => {
    const shop = declared('shop', { web: '', db: '' });
    if (shop.loaded === undefined) throw new Error('it is loaded');
    const watch = [{ action: 'sync', path: '/shop/src', target: '/src' } as const];
    const services = { web: { ...webService, develop: { watch } }, db: webService };
    const project = { ...shop.loaded.project, services };
    const stacks = joined([{ ...shop, loaded: { ...shop.loaded, project } }], [], false);
    expect(contextOf(stacks[0])).toEqual([
      'project declared reachable watched incomplete',
      'service declared reachable incomplete',
      'service declared reachable watched incomplete',
    ]);
  });

  it('Build is for what is built, Pause for what runs, Unpause alone for what is paused', () => {
    const shop = declared('shop', { web: '', db: '' });
    if (shop.loaded === undefined) throw new Error('it is loaded');
    const services = { web: { ...webService, build: { context: '/shop' } }, db: webService };
    const project = { ...shop.loaded.project, services };
    const paused = { ...running, state: 'paused' } as const;
    const runtimes = [runtime('shop', { web: [paused], db: [running] })];
    const [all, db, web] = contextOf(
      joined([{ ...shop, loaded: { ...shop.loaded, project } }], runtimes, false)[0],
    );
    const can = (context = '') =>
      context.split(' ').filter((word) => /^(?:buildable|pausable|paused)$/.test(word));
    expect(can(all)).toEqual(['buildable', 'paused']);
    expect(can(db)).toEqual(['pausable']);
    expect(can(web)).toEqual(['buildable', 'paused']);
  });

  it('a project from elsewhere has no files to bring it up from', () => {
    expect(contextOf(joined([], [runtime('shop', { web: [running] })], false)[0])).toEqual([
      'project reachable present created running shell pausable published',
      'service reachable explainable created running shell pausable published',
    ]);
  });
});
