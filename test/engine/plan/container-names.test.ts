import { describe, expect, it } from 'vitest';
import { label } from '#engine/project/labels.ts';
import { container, load, network, planText } from '../world.ts';

const networks = [network('default', { name: 'app_default' })];
const removeOrphans = { removeOrphans: true };

function lines(...expected: readonly string[]): string {
  return expected.join('\n');
}

describe('a service renamed that keeps its container_name', () => {
  const before = load({ services: { web: { container_name: 'mist' } } });
  const after = load({ services: { api: { container_name: 'mist' } } });
  const old = container(before, 'web');
  const parts = { containers: [old], networks };

  it('takes the name over: the new container is there before the orphan goes, and gets its name after', () => {
    expect(planText(after, parts, {}, removeOrphans)).toBe(
      lines(
        '  1. create container mist (there is no container yet)',
        '  2. stop container mist (its service is not in the files) after 1',
        '  3. remove container mist (its service is not in the files) after 1, 2',
        '  4. give container mist its name (the old container is gone) after 1, 3',
        '  5. start container mist (it is not running) after 1, 4',
      ),
    );
  });

  it('is refused before anything is done where the orphan is to stay', () => {
    expect(() => planText(after, parts)).toThrow(
      'service "api" needs the container name "mist", which a container of service "web" has that is no longer in the files: remove orphans (--remove-orphans), or give one of the two another container_name',
    );
  });

  it('with what depends on it', () => {
    const depends_on = { api: { condition: 'service_started', required: true } } as const;
    const more = load({ services: { api: { container_name: 'mist' }, front: { depends_on } } });
    const plan = planText(more, parts, {}, removeOrphans);
    expect(plan).toContain('  2. create container app-front-1 (there is no container yet) after 1');
    expect(plan).toMatch(/start container app-front-1 .* after 1, 2, 5, 6/);
  });
});

describe('two services that swap their names', () => {
  const before = load({ services: { a: { container_name: 'x' }, b: { container_name: 'y' } } });
  const after = load({ services: { a: { container_name: 'y' }, b: { container_name: 'x' } } });
  const parts = { containers: [container(before, 'a'), container(before, 'b')], networks };

  it('get them once both old containers have gone', () => {
    expect(planText(after, parts)).toBe(
      lines(
        '  1. create container y (its settings changed)',
        '  2. stop container x (step 1 replaces it) after 1',
        '  3. remove container x (step 1 replaces it) after 1, 2',
        '  4. create container x (its settings changed)',
        '  5. stop container y (step 4 replaces it) after 1, 4',
        '  6. remove container y (step 4 replaces it) after 4, 5',
        '  7. give container x its name (the old container is gone) after 3, 6',
        '  8. give container y its name (the old container is gone) after 3, 6',
        '  9. start container y (it is not running) after 3, 8',
        ' 10. start container x (it is not running) after 7',
      ).replace(' 10.', '  10.'),
    );
  });

  it('also where one depends on the other', () => {
    const depends_on = { a: { condition: 'service_started', required: true } } as const;
    const linked = load({
      services: { a: { container_name: 'y' }, b: { container_name: 'x', depends_on } },
    });
    const plan = planText(linked, parts);
    expect(plan).toMatch(/4\. create container x \(its settings changed\) after 3/);
    expect(plan).toMatch(/start container x .* after 3, 7, 8, 9/);
  });

  it('not where only one of them is brought up: the other keeps the name', () => {
    expect(() => planText(after, parts, { services: ['a'] })).toThrow(
      'service "a" needs the container name "y", which a container of service "b" has',
    );
  });
});

describe('a name that', () => {
  it('moves to a service that comes later is given after the first has given it up', () => {
    const before = load({ services: { a: { container_name: 'x' } } });
    const after = load({ services: { a: {}, b: { container_name: 'x' } } });
    expect(planText(after, { containers: [container(before, 'a')], networks })).toBe(
      lines(
        '  1. create container app-a-1 (its settings changed)',
        '  2. stop container x (step 1 replaces it) after 1',
        '  3. remove container x (step 1 replaces it) after 1, 2',
        '  4. give container app-a-1 its name (the old container is gone) after 3',
        '  5. create container x (there is no container yet) after 3',
        '  6. start container app-a-1 (it is not running) after 4',
        '  7. start container x (it is not running) after 5',
      ),
    );
  });

  it('a service scaled down to none gives up is there for another', () => {
    const before = load({ services: { a: { container_name: 'x' } } });
    const after = load({ services: { a: { container_name: 'x', scale: 0 }, b: { container_name: 'x' } } });
    expect(planText(after, { containers: [container(before, 'a')], networks })).toContain(
      'create container x (there is no container yet) after 2',
    );
  });

  it('a one-off container has that has ended is free with the orphans, and refused without', () => {
    const loaded = load({ services: { web: {} } });
    const ended = container(loaded, 'web', 1, { state: 'exited', labels: { [label.oneOff]: 'True' } });
    expect(planText(loaded, { containers: [ended], networks }, {}, removeOrphans)).toContain(
      'give container app-web-1 its name (the old container is gone)',
    );
    expect(() => planText(loaded, { containers: [ended], networks })).toThrow(
      'service "web" needs the container name "app-web-1", which a one-off container of service "web" has',
    );
  });

  it('a container of another project has is refused, with the project', () => {
    const loaded = load({ services: { web: { container_name: 'mist' }, db: {} } });
    const foreign = container(loaded, 'web', 1, {
      labels: { [label.project]: 'other', [label.service]: 'api' },
    });
    expect(() => planText(loaded, { surroundings: { names: { mist: foreign } } })).toThrow(
      'service "web" needs the container name "mist", which a container of project "other" has (service "api"): take that project down, or give the service another container_name',
    );
  });

  it('a container has that Compose did not make is refused', () => {
    const loaded = load({ services: { web: { container_name: 'mist' } } });
    const { labels: _, ...foreign } = container(loaded, 'web');
    const names = { mist: { ...foreign, id: 'c'.repeat(64), labels: {} } };
    expect(() => planText(loaded, { surroundings: { names } })).toThrow(
      'service "web" needs the container name "mist", which a container has that is not of Compose (cccccccccccc): remove or rename that container, or give the service another container_name',
    );
  });
});

describe('an interrupted replacement', () => {
  const loaded = load({ services: { web: {} } });
  const left = container(loaded, 'web', 1, { id: 'b'.repeat(64), name: 'aaaaaaaaaaaa_app-web-1' });

  it('beside a container of the right name that is up to date is what goes', () => {
    const named = container(loaded, 'web', 1, { createdAt: 0 });
    expect(planText(loaded, { containers: [left, named], networks })).toBe(
      lines(
        '  1. stop container aaaaaaaaaaaa_app-web-1 (scaled from 2 to 1)',
        '  2. remove container aaaaaaaaaaaa_app-web-1 (scaled from 2 to 1) after 1',
        'up to date: app-web-1',
      ),
    );
  });

  it('keeps its name while another keeps the right one', () => {
    const named = container(loaded, 'web', 1);
    const plan = planText(loaded, { containers: [left, named], networks }, { scale: { web: 2 } });
    expect(plan).not.toContain('rename');
  });
});

describe('a host port that moves', () => {
  const ports = [{ target: 80, published: '8080' }] as const;
  const listening = [{ hostIp: '0.0.0.0', hostPort: 8080, containerPort: 80, protocol: 'tcp' }];

  it('from an orphan is taken once that has gone', () => {
    const before = load({ services: { web: { ports } } });
    const after = load({ services: { api: { ports } } });
    const old = container(before, 'web', 1, { ports: listening });
    expect(planText(after, { containers: [old], networks }, {}, removeOrphans)).toContain(
      'start container app-api-1 (it is not running) after 1, 3',
    );
  });

  it('from one service to another is taken once the first has let go', () => {
    const before = load({ services: { web: { ports }, zoo: {} } });
    const after = load({ services: { web: {}, zoo: { ports } } });
    const containers = [container(before, 'web', 1, { ports: listening }), container(before, 'zoo')];
    expect(planText(after, { containers, networks })).toMatch(/start container app-zoo-1 .* after 3, 8/);
  });
});

describe('recreation that was asked for', () => {
  it('is of what was there then, when the project is looked at again', () => {
    const loaded = load({ services: { web: {} } });
    const old = container(loaded, 'web', 1);
    const fresh = container(loaded, 'web', 1, { id: 'f'.repeat(64) });
    const force = { recreate: 'force', recreateOnly: new Set([old.id]) } as const;
    expect(planText(loaded, { containers: [old], networks }, {}, force)).toContain(
      'recreation was requested',
    );
    expect(planText(loaded, { containers: [fresh], networks }, {}, force)).toContain('nothing to do');
  });
});
