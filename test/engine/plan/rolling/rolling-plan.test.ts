import { describe, expect, it } from 'vitest';
import type { Service } from '#compose/model/project.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { desiredOf } from '#engine/operations/up.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import { reconcile } from '#engine/plan/reconcile.ts';
import { finishPart, rollingPlan, updatePart } from '#engine/plan/rolling/rolling-plan.ts';
import { container, load, network, plainHashes, world } from '../../world.ts';

const networks = [network('default', { name: 'app_default' })];
const checked = { test: ['CMD', 'true'] } as Service['healthcheck'] & object;

type Update = NonNullable<NonNullable<Service['deploy']>['update_config']>;

function web(update: Update, more: Partial<Service> = {}): Partial<Service> {
  return { healthcheck: checked, deploy: { update_config: update }, ...more };
}

function roll(before: LoadedProject, after: LoadedProject, replicas = 1) {
  const containers = Object.keys(before.project.services).flatMap((name) =>
    Array.from({ length: name === 'web' ? replicas : 1 }, (_, at) => container(before, name, at + 1)),
  );
  const desired = desiredOf(after, {}, plainHashes);
  const seen = world({ containers, networks });
  const plan = reconcile(desired, seen, {
    targets: [],
    recreate: 'diverged',
    recreateDependencies: 'diverged',
    inherit: true,
    removeOrphans: true,
    ignoreOrphans: false,
    recreateVolumes: new Set(),
    start: true,
    pulls: [],
  });
  return rollingPlan(plan, desired, seen.surroundings.images, 60);
}

/** The steps without their causes. */
function steps(rolling: ReturnType<typeof roll>): readonly string[] {
  return formatPlan(rolling.plan)
    .split('\n')
    .map((line) => line.trim().replace(/ \((?:[^()]|\([^)]*\))*\)/, ''));
}

function rolledWeb(update: Update, replicas = 1, more: Partial<Service> = {}) {
  const scaled = { ...more, scale: replicas };
  const before = load({ services: { web: web(update, { ...scaled, command: ['old'] }) } });
  return roll(before, load({ services: { web: web(update, scaled) } }), replicas);
}

describe('start-first', () => {
  it('tries a container aside, starts the new one beside the old one, and removes the old one last', () => {
    expect(steps(rolledWeb({ order: 'start-first' }))).toEqual([
      '1. create container app-web-1',
      '2. create container app-web-1-trial under no name of its service after 1',
      '3. start container app-web-1-trial after 1, 2',
      '4. wait for web to be running or healthy after 3',
      '5. stop container app-web-1-trial after 4',
      '6. remove container app-web-1-trial with its anonymous volumes after 5',
      '7. start container app-web-1 after 1, 6',
      '8. wait for web to be running or healthy after 7',
      '9. stop container app-web-1 after 1, 8',
      '10. remove container app-web-1 after 1, 9',
      '11. give container app-web-1 its name after 9, 10',
    ]);
  });

  it('takes one container after the other, or as many at a time as it may, and waits between', () => {
    const one = steps(rolledWeb({ order: 'start-first', delay: '10s' }, 2));
    const paused = one.findIndex((line) => line.includes('stay running or healthy for 10 s')) + 1;
    const stopped = one.findIndex((line) => /stop container app-web-1 after 1, /.test(line)) + 1;
    expect(stopped).toBeGreaterThan(0);
    expect(one[paused - 1]).toMatch(new RegExp(`after .*\\b${stopped}$`));
    const second = one.find((line) => line.includes('start container app-web-2'));
    expect(second).toMatch(new RegExp(`after .*\\b${paused}$`));
    const both = steps(rolledWeb({ order: 'start-first', parallelism: 0, delay: '10s' }, 2));
    expect(both.join('\n')).not.toContain('10 s');
    expect(both.filter((line) => line.includes('under no name'))).toHaveLength(2);
  });

  it.each<readonly [string, Partial<Service>, string]>([
    [
      'a fixed host port',
      { ports: [{ target: 80, published: '8080', protocol: 'tcp', mode: 'ingress' }] },
      'cannot both publish the host port 8080',
    ],
    ["the host's network", { network_mode: 'host' }, "uses the host's network"],
    ['a fixed address', { networks: { default: { ipv4_address: '10.0.0.9' } } }, 'fixed address'],
  ])('refuses %s, and says why', (_what, more, reason) => {
    expect(() => rolledWeb({ order: 'start-first' }, 1, more)).toThrow(reason);
    expect(() => rolledWeb({ order: 'stop-first' }, 1, more)).not.toThrow();
  });

  it('has room in a range of host ports', () => {
    const ports = [{ target: 80, published: '8080-8081', protocol: 'tcp', mode: 'ingress' }];
    expect(() => rolledWeb({ order: 'start-first' }, 1, { ports })).not.toThrow();
  });
});

describe('stop-first', () => {
  it('stops each before the next starts, and keeps it until all are healthy', () => {
    expect(steps(rolledWeb({}, 2))).toEqual([
      '1. create container app-web-1',
      '2. stop container app-web-1 after 1',
      '3. create container app-web-2',
      '4. start container app-web-1 after 1, 2',
      '5. wait for web to be running or healthy after 4',
      '6. stop container app-web-2 after 2, 3, 5',
      '7. start container app-web-2 after 3, 6',
      '8. wait for web to be running or healthy after 7',
      '9. remove container app-web-1 after 1, 2, 8',
      '10. give container app-web-1 its name after 8, 9',
      '11. remove container app-web-2 after 3, 6, 8',
      '12. give container app-web-2 its name after 8, 11',
    ]);
  });
});

it('watches a service without a health check for five seconds, or as long as it is told to', () => {
  const watched = (update: Update) =>
    steps(rolledWeb(update, 1, { healthcheck: undefined as never })).join('\n');
  expect(watched({})).toContain('stay running or healthy for 5 s');
  expect(watched({ monitor: '1m' })).toContain('stay running or healthy for 60 s');
  expect(watched({ monitor: '0s' })).not.toContain('stay');
});

it('lets what depends on a service wait for its new container', () => {
  const services = (command: string[]) => ({
    web: web(
      { order: 'start-first' },
      { command, depends_on: { api: { condition: 'service_started', required: true } } },
    ),
    api: web({ order: 'start-first' }, { command }),
  });
  const lines = steps(roll(load({ services: services(['old']) }), load({ services: services(['new']) })));
  const line = (text: RegExp) => lines.findIndex((each) => text.test(each));
  expect(line(/stop container app-api-1 after 1, /)).toBeGreaterThan(line(/wait for api/));
  expect(line(/start container app-web-1/)).toBeGreaterThan(line(/wait for api/));
});

it('survives services that are stopped with what they depend on', () => {
  const services = (command: string[]) => ({
    web: web(
      { order: 'start-first' },
      {
        command,
        scale: 2,
        depends_on: { api: { condition: 'service_healthy', restart: true, required: true } },
      },
    ),
    api: web({}, { command }),
  });
  expect(
    steps(roll(load({ services: services(['old']) }), load({ services: services(['new']) }), 2)).at(-1),
  ).toContain('its name');
});

it('refuses a network that would have to be made anew', () => {
  const before = load({ services: { web: web({}) } });
  const changed = load({
    services: { web: web({}) },
    networks: { default: { name: 'app_default', internal: true } },
  });
  expect(() => roll(before, changed)).toThrow('The network app_default would have to be made anew');
});

it('is carried out in two parts, of which only the second removes', () => {
  const rolling = rolledWeb({ order: 'start-first' });
  const removed = updatePart(rolling).nodes.flatMap(({ operation }) =>
    operation.kind === 'remove-container' ? [operation.container.name] : [],
  );
  expect(removed).toEqual(['app-web-1-trial']);
  const finish = finishPart(rolling, ({ name }) => `id of ${name}`);
  expect(finish.nodes.map(({ operation, after }) => [operation.kind, after])).toEqual([
    ['remove-container', []],
    ['rename-container', [10]],
  ]);
  expect(finish.nodes[1]?.operation).toMatchObject({
    container: { kind: 'existing', id: 'id of app-web-1' },
  });
});
