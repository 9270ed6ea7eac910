import { describe, expect, it } from 'vitest';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { noPasts } from '#engine/observe/crash-watch.ts';
import { projectView } from '#engine/observe/project-view.ts';
import { type Knowledge, serviceView, type Wanted } from '#engine/observe/service-view.ts';
import type { Phase, UnderWay } from '#engine/observe/under-way.ts';
import { label } from '#engine/project/labels.ts';
import { container } from '../../client/containers.ts';

const fresh: Knowledge = { ...noPasts, isFresh: true, lastSeen: undefined };
const gone: Knowledge = { ...noPasts, isFresh: false, lastSeen: 1_000 };
const one: Wanted = { replicas: 1, isOneShot: false, isOff: false };
const oneOff = { labels: { [label.oneOff]: 'True' } };

const replica = (n: number, change: Partial<ContainerSummary> = {}) =>
  container({ name: `shop-web-${n}`, ...change });

function view(
  containers: readonly ContainerSummary[],
  {
    wanted = one,
    knowledge = fresh,
    operations = [],
    isOutdated = false,
  }: {
    readonly wanted?: Wanted;
    readonly knowledge?: Knowledge;
    readonly operations?: readonly UnderWay[];
    readonly isOutdated?: boolean;
  } = {},
) {
  return serviceView({ name: 'web', wanted, containers, isOutdated }, knowledge, operations);
}

function underWay(change: Partial<UnderWay> & Pick<UnderWay, 'doing'>): UnderWay {
  return { services: undefined, along: [], containers: undefined, phases: new Map(), ...change };
}

describe('replicas', () => {
  it('that are wanted and not there are counted', () => {
    const seen = view([replica(1)], { wanted: { ...one, replicas: 3 } });
    expect(seen).toMatchObject({ state: 'partial', running: 1, wanted: 3 });
  });

  it('that ended leave the service partly running, those that failed make it failed', () => {
    expect(view([replica(1), replica(2, { state: 'exited', exitCode: 137 })]).state).toBe('partial');
    expect(view([replica(1), replica(2, { state: 'exited', exitCode: 1 })]).state).toBe('failed');
  });

  it('are apart from one-off containers, whatever these do', () => {
    const seen = view([
      replica(1),
      replica(2),
      container({ name: 'shop-web-run-1', health: 'starting', ...oneOff }),
      container({ name: 'shop-web-run-2', state: 'exited', exitCode: 1, ...oneOff }),
    ]);
    expect(seen).toMatchObject({ state: 'running', running: 2, wanted: 2, oneOffs: 1 });
    expect(seen.containers.map(({ isOneOff }) => isOneOff)).toEqual([false, false, true, true]);
  });

  it('are what run has made where the files have no such service, as of a job', () => {
    const job = (one: ContainerSummary) =>
      serviceView({ name: 'migrate', wanted: undefined, containers: [one], isOutdated: false }, fresh, []);
    const runs = job(container({ name: 'shop-migrate-run-1', ...oneOff }));
    expect(runs).toMatchObject({ state: 'running', running: 1, wanted: 1, oneOffs: 1 });
    const ended = (exitCode: number) =>
      job(container({ name: 'shop-migrate-run-1', state: 'exited', exitCode, ...oneOff }));
    expect(ended(0)).toMatchObject({ state: 'done', running: 0 });
    expect(ended(3)).toMatchObject({ state: 'failed', exitCode: 3 });
  });

  it('of which none is wanted leave the service off', () => {
    expect(view([], { wanted: { ...one, replicas: 0 } }).state).toBe('off');
  });
});

describe('what ended', () => {
  const ended = replica(1, { state: 'exited', exitCode: 0 });

  it('well is done when others waited for that, or when it ended by itself', () => {
    expect(view([ended], { wanted: { ...one, isOneShot: true } }).state).toBe('done');
    expect(view([ended], { knowledge: { ...fresh, done: new Set([ended.id]) } }).state).toBe('done');
  });

  it('well, nobody knows why, was stopped for all that is known', () => {
    expect(view([ended]).state).toBe('exited');
  });

  it('with an error has failed, also a job', () => {
    const failed = replica(1, { state: 'exited', exitCode: 3 });
    expect(view([failed], { wanted: { ...one, isOneShot: true } })).toMatchObject({
      state: 'failed',
      exitCode: 3,
    });
  });
});

describe('a crash loop', () => {
  const loop = { restarts: 7, exitCode: 3, lastLine: 'no database' };
  const looping = { ...fresh, loops: new Map([[replica(1).id, loop]]) };

  it('is the same whether the container runs at the moment or not', () => {
    const running = view([replica(1)], { knowledge: looping });
    const waiting = view([replica(1, { state: 'restarting', exitCode: 3 })], { knowledge: looping });
    expect(running).toMatchObject({ state: 'crash-loop', loop, exitCode: 3, running: 1 });
    const { containers: _, ...steady } = running;
    expect(waiting).toMatchObject(steady);
    expect(running.can.shell).toBe(false);
  });

  it('is none of a container that ends well each time: it is restarting', () => {
    const knowledge = { ...fresh, loops: new Map([[replica(1).id, { ...loop, exitCode: 0 }]]) };
    expect(view([replica(1)], { knowledge }).state).toBe('restarting');
  });

  it('is over when it is not started again', () => {
    const last = replica(1, { state: 'exited', exitCode: 3 });
    expect(view([last], { knowledge: looping })).toMatchObject({ state: 'failed', loop: undefined });
  });
});

describe('when the engine is gone', () => {
  it('nobody knows, and nothing can be done', () => {
    const seen = view([replica(1)], { knowledge: gone });
    expect(seen).toMatchObject({ state: 'unknown', lastSeen: 1_000, isFresh: false });
    expect(seen.containers[0]).toMatchObject({ state: 'unknown', lastSeen: 1_000 });
    expect(Object.values(seen.can)).not.toContain(true);
    expect(view([container({ name: 'shop-web-run-1', ...oneOff })], { knowledge: gone }).oneOffs).toBe(0);
  });

  it('before it was ever seen there is nothing to be uncertain of', () => {
    const never = { ...gone, lastSeen: undefined };
    expect(view([], { knowledge: never }).state).toBe('absent');
  });

  it('what a profile leaves out is still off', () => {
    expect(view([], { wanted: { ...one, isOff: true }, knowledge: gone }).state).toBe('off');
  });
});

describe('what is under way', () => {
  it.each([
    ['starting', [], 'starting'],
    ['starting', [replica(1, { state: 'exited', exitCode: 1 })], 'failed'],
    ['stopping', [replica(1)], 'stopping'],
    ['removing', [replica(1)], 'stopping'],
    ['removing', [replica(1, { state: 'exited', exitCode: 137 })], 'removing'],
    ['pausing', [replica(1)], 'pausing'],
    ['pulling', [], 'pulling'],
  ] as const)('%s is seen before the engine has said anything', (doing, containers, state) => {
    expect(view(containers, { operations: [underWay({ doing })] }).state).toBe(state);
  });

  it('is seen on what was named also when it runs already', () => {
    const operations = [underWay({ doing: 'starting', services: ['web'] })];
    expect(view([replica(1)], { operations }).state).toBe('starting');
    expect(view([replica(1)], { operations: [underWay({ doing: 'starting' })] }).state).toBe('running');
  });

  it('is seen on what will be made anew', () => {
    const operations = [underWay({ doing: 'starting' })];
    expect(view([replica(1)], { operations, isOutdated: true }).state).toBe('starting');
  });

  it('holds until the engine shows its effect, so that no row falls back', () => {
    const phases = (phase: Phase) => new Map([['web', phase]]);
    const starting = underWay({ doing: 'starting', services: ['web'], phases: phases('done') });
    expect(view([], { operations: [starting] }).state).toBe('starting');
    expect(view([replica(1, { health: 'starting' })], { operations: [starting] }).state).toBe('starting');
    expect(view([replica(1, { health: 'healthy' })], { operations: [starting] }).state).toBe('healthy');
    const stopping = underWay({ doing: 'stopping', phases: phases('done') });
    expect(view([replica(1)], { operations: [stopping] }).state).toBe('stopping');
    expect(view([replica(1, { state: 'exited', exitCode: 0 })], { operations: [stopping] }).state).toBe(
      'exited',
    );
  });

  it('is not seen on other services, nor once the engine is gone', () => {
    const operations = [underWay({ doing: 'stopping', services: ['db'] })];
    expect(view([replica(1)], { operations }).state).toBe('running');
    const stopping = [underWay({ doing: 'stopping' })];
    expect(view([replica(1)], { operations: stopping, knowledge: gone }).state).toBe('unknown');
  });

  it('of one container is seen on that one and on its service', () => {
    const [first, second] = [replica(1), replica(2)];
    const operations = [underWay({ doing: 'stopping', services: ['web'], containers: [second.id] })];
    const seen = view([first, second], { operations });
    expect(seen.state).toBe('stopping');
    expect(seen.containers.map(({ state }) => state)).toEqual(['running', 'stopping']);
  });

  it('that was asked for last counts', () => {
    const operations = [underWay({ doing: 'starting' }), underWay({ doing: 'removing' })];
    expect(view([replica(1)], { operations }).state).toBe('stopping');
  });
});

describe('a project', () => {
  const part = (name: string, containers: readonly ContainerSummary[], wanted: Wanted = one) => ({
    name,
    wanted,
    view: serviceView({ name, wanted, containers, isOutdated: false }, fresh, []),
  });
  const project = (
    services: ReturnType<typeof part>[],
    { interrupted = undefined as readonly string[] | undefined, operations = [] as UnderWay[] } = {},
  ) => projectView({ isPresent: true, services, interrupted }, fresh, operations);

  it('counts services of which all replicas run, and not what is done', () => {
    const migrated = part('migrate', [replica(1, { state: 'exited', exitCode: 0 })], {
      ...one,
      isOneShot: true,
    });
    expect(project([part('web', [replica(1)]), migrated])).toMatchObject({
      state: 'running',
      running: 1,
      meant: 1,
      done: 1,
    });
  });

  it('of which some replicas are missing is partly running', () => {
    const web = part('web', [replica(1)], { ...one, replicas: 3 });
    expect(project([web])).toMatchObject({ state: 'partial', running: 0, meant: 1 });
  });

  it('is as bad as the worst of its services', () => {
    const failed = part('db', [replica(1, { state: 'exited', exitCode: 1 })]);
    const ill = part('api', [replica(1, { health: 'unhealthy' })]);
    expect(project([part('web', [replica(1)]), failed])).toMatchObject({ state: 'failed', crashed: 1 });
    expect(project([failed, ill])).toMatchObject({ state: 'unhealthy', unhealthy: 1 });
  });

  it('is starting from the click on, and never "stopped" meanwhile', () => {
    const seen = project([part('web', [])], { operations: [underWay({ doing: 'starting' })] });
    expect(seen).toMatchObject({ state: 'starting', doing: 'starting' });
  });

  it('names what an interrupted Up has not started', () => {
    const services = [part('api', []), part('web', [replica(1)]), part('tools', [], { ...one, isOff: true })];
    expect(project(services, { interrupted: [] }).notStarted).toEqual(['api']);
    expect(project(services, { interrupted: ['web'] }).notStarted).toEqual([]);
    expect(project(services).notStarted).toEqual([]);
  });
});
