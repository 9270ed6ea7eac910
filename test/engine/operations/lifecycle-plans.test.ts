import { describe, expect, it } from 'vitest';
import { planRestart, planStartOnly, planStop } from '#engine/operations/lifecycle-plans.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import { desiredOf } from '#engine/operations/up.ts';
import { container, engine28, load, plainHashes, world } from '../world.ts';

const loaded = load({
  services: {
    web: { depends_on: { db: { condition: 'service_healthy', restart: true } } },
    db: {},
    worker: { depends_on: { db: { condition: 'service_started' } } },
  },
});
const target = { name: 'app', loaded };
const running = ['web', 'db', 'worker'].map((name) => container(loaded, name));
const { observed } = world({ containers: running });

function lines(...expected: readonly string[]): string {
  return expected.join('\n');
}

describe('stop', () => {
  it('takes dependents first', () => {
    expect(formatPlan(planStop(target, observed, { timeout: 3 }))).toBe(
      lines(
        '  1. stop container app-worker-1 (stop was requested)',
        '  2. stop container app-web-1 (stop was requested)',
        '  3. stop container app-db-1 (stop was requested) after 1, 2',
      ),
    );
  });

  it('of a service stops nothing else', () => {
    expect(formatPlan(planStop(target, observed, { services: ['db'] }))).toBe(
      '  1. stop container app-db-1 (stop was requested)',
    );
  });
});

describe('restart', () => {
  it('restarts with a service what asks to be restarted with it', () => {
    expect(formatPlan(planRestart(target, observed, { services: ['db'] }))).toBe(
      lines(
        '  1. restart container app-db-1 (restart was requested)',
        '  2. wait for db to be healthy (web depends on it) after 1',
        '  3. restart container app-web-1 (a dependency is restarted) after 1, 2',
      ),
    );
    expect(formatPlan(planRestart(target, observed, { services: ['web'] }))).toBe(
      '  1. restart container app-web-1 (restart was requested)',
    );
    expect(formatPlan(planRestart(target, observed, { services: ['db'], noDeps: true }))).toBe(
      '  1. restart container app-db-1 (restart was requested)',
    );
  });
});

describe('start', () => {
  const start = (state: 'exited' | 'running', services: readonly string[], wait?: { timeout?: number }) => {
    const containers = running.map((each) => (each.name === 'app-worker-1' ? each : { ...each, state }));
    const desired = desiredOf(loaded, { services }, plainHashes);
    return formatPlan(planStartOnly(desired, world({ containers }).observed, engine28, wait));
  };

  it('starts the dependencies of a service with it, and waits for them', () => {
    expect(start('exited', ['web'])).toBe(
      lines(
        '  1. start container app-db-1 (it is not running)',
        '  2. wait for db to be healthy (web depends on it) after 1',
        '  3. start container app-web-1 (it is not running) after 1, 2',
      ),
    );
  });

  it('leaves what runs alone, and can wait for it', () => {
    expect(start('running', [])).toBe(
      lines('nothing to do', 'up to date: app-db-1, app-web-1, app-worker-1'),
    );
    expect(start('running', ['db'], { timeout: 5 })).toContain('wait for db to be running or healthy');
  });
});
