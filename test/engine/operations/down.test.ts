import { describe, expect, it } from 'vitest';
import type { LoadedProject } from '#compose/load/request.ts';
import { type DownOptions, planDown } from '#engine/operations/down.ts';
import { label } from '#engine/project/labels.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import type { ImageDetails } from '#engine/api/engine-objects.ts';
import { container, image, load, network, volume, type WorldParts, world } from '../world.ts';

const loaded = load({
  services: {
    web: { depends_on: { db: { condition: 'service_started' } }, build: { context: '.' } },
    db: { image: 'postgres:13', volumes: [{ type: 'volume', source: 'data', target: '/data' }] },
  },
  volumes: { data: { name: 'app_data' } },
});
const stack = {
  containers: [container(loaded, 'db'), container(loaded, 'web')],
  networks: [network('default', { name: 'app_default' })],
  volumes: [volume('data', { name: 'app_data' })],
};

function downText(
  project: LoadedProject | undefined,
  parts: WorldParts,
  options: DownOptions = {},
  builtImages: readonly ImageDetails[] = [],
): string {
  const { observed } = world(parts);
  const target = project === undefined ? { name: 'app' } : { name: 'app', loaded: project };
  return formatPlan(planDown(target, { observed, hooks: [], builtImages }, options));
}

function lines(...expected: readonly string[]): string {
  return expected.join('\n');
}

describe('down', () => {
  const expected = lines(
    '  1. stop container app-web-1 (the project is being taken down)',
    '  2. remove container app-web-1 (the project is being taken down) after 1',
    '  3. stop container app-db-1 (the project is being taken down) after 2',
    '  4. remove container app-db-1 (the project is being taken down) after 3',
    '  5. remove network app_default (the project is being taken down) after 2, 4',
  );

  it('takes dependents first, and keeps volumes', () => {
    expect(downText(loaded, stack)).toBe(expected);
  });

  it('knows the order from labels where there are no files', () => {
    expect(downText(undefined, stack)).toBe(expected);
  });

  it('says what volumes hold before they go', () => {
    expect(downText(loaded, stack, { volumes: true })).toContain(
      '! 6. remove volume app_data (removal was requested) after 2, 4: The data in volume app_data is lost.',
    );
  });

  it('leaves external networks and volumes, and those of other names', () => {
    const external = load({
      services: { db: { volumes: [{ type: 'volume', source: 'data', target: '/data' }] } },
      networks: { default: { name: 'app_default', external: true } },
      volumes: { data: { name: 'elsewhere' } },
    });
    const plan = downText(external, { ...stack, containers: [container(external, 'db')] }, { volumes: true });
    expect(plan).not.toContain('remove network');
    expect(plan).not.toContain('remove volume');
  });

  it.each([
    ['external', { data: { name: 'app_data', external: true } }],
    ['of another name', { data: { name: 'elsewhere' } }],
    ['not declared', {}],
  ])('leaves a volume that is %s', (_why, volumes) => {
    const project = load({ services: { db: {} }, volumes });
    expect(downText(project, stack, { volumes: true })).not.toContain('remove volume');
  });

  it('leaves volumes of orphans, and of a project when they are not asked for', () => {
    const mounts = [
      { type: 'volume', name: 'f'.repeat(64), source: '', destination: '/d', readOnly: false },
    ] as const;
    const orphan = container(loaded, 'web', 1, {
      name: 'app-gone-1',
      labels: { [label.service]: 'gone' },
      mounts,
    });
    const options = { volumes: true, removeOrphans: true };
    const { nodes } = planDown(
      { name: 'app', loaded },
      { observed: world({ ...stack, containers: [orphan] }).observed, hooks: [], builtImages: [] },
      options,
    );
    expect(nodes.map(({ operation }) => operation)).toContainEqual(
      expect.objectContaining({ kind: 'remove-container', volumes: false }),
    );
    expect(downText(loaded, stack)).not.toContain('remove volume');
  });

  it('does not run pre_stop in what is paused or starts over', () => {
    const hooked = load({ services: { web: { pre_stop: [{ command: ['bye'] }] } } });
    for (const state of ['paused', 'restarting'] as const)
      expect(downText(hooked, { containers: [container(hooked, 'web', 1, { state })] })).not.toContain(
        'pre_stop',
      );
  });

  it('of a service takes what depends on it along', () => {
    expect(downText(loaded, stack, { services: ['db'] })).toContain('remove container app-web-1');
    expect(downText(loaded, stack, { services: ['web'] })).not.toContain('remove container app-db-1');
    expect(() => downText(loaded, stack, { services: ['nobody'] })).toThrow('no such service: nobody');
    expect(downText(undefined, stack, { services: ['nobody'] })).toBe('nothing to do');
  });

  it('takes orphans and containers of run only when asked to', () => {
    const orphan = container(loaded, 'web', 1, { name: 'app-gone-1', labels: { [label.service]: 'gone' } });
    const oneOff = container(loaded, 'web', 1, { name: 'app-web-run-1', labels: { [label.oneOff]: 'True' } });
    const parts = { ...stack, containers: [...stack.containers, orphan, oneOff] };
    expect(downText(loaded, parts)).not.toMatch(/gone|run-1/);
    const all = downText(loaded, parts, { removeOrphans: true });
    expect(all).toContain('remove container app-gone-1');
    expect(all).toContain('remove container app-web-run-1');
  });

  it('takes the images it may', () => {
    const built = [image({ tags: ['app-web:latest'] })];
    expect(downText(loaded, stack, { rmi: 'local' }, built)).toContain(
      'remove image app-web (removal was requested)',
    );
    expect(downText(loaded, stack, { rmi: 'local' }, built)).not.toContain('postgres');
    expect(downText(loaded, stack, { rmi: 'all' }, built)).toContain('remove image postgres:13');
  });

  it('of nothing says so', () => {
    expect(downText(loaded, {})).toBe(
      lines('nothing to do', 'warning: No resource found to remove for project "app".'),
    );
  });

  it('runs pre_stop hooks of what runs', () => {
    const hooked = load({ services: { web: { pre_stop: [{ command: ['bye'] }] } } });
    expect(downText(hooked, { containers: [container(hooked, 'web')] })).toContain(
      '1. run pre_stop[0] of web for app-web-1 (before the container stops)',
    );
    const exited = { containers: [container(hooked, 'web', 1, { state: 'exited' })] };
    expect(downText(hooked, exited)).toBe(
      '  1. remove container app-web-1 (the project is being taken down)',
    );
  });
});
