import { expect, it } from 'vitest';
import { formatPlan } from '#engine/plan/plan-text.ts';
import { planBack } from '#engine/plan/rolling/plan-back.ts';
import { container, load, network, world } from '../../world.ts';

const loaded = load({ services: { web: {}, api: {} } });
const networks = [network('default', { name: 'app_default' })];
const order = ['api', 'web'];
const old = { web: container(loaded, 'web'), api: container(loaded, 'api') };
const before = world({ containers: [old.api, old.web], networks }).observed;
const fresh = { ...container(loaded, 'web'), id: 'f'.repeat(64), name: 'aaaaaaaaaaaa_app-web-1' };
const stoppedWeb = { ...old.web, state: 'exited' } as const;

function back(startFirst: readonly string[], now: Parameters<typeof world>[0]) {
  const plan = planBack(before, world({ networks, ...now }).observed, {
    order,
    startFirst: new Set(startFirst),
  });
  return formatPlan(plan)
    .split('\n')
    .map((line) => line.trim());
}

it('does nothing where nothing has changed', () => {
  expect(back([], { containers: before.containers })).toEqual(['nothing to do']);
});

it('removes what has come since, then starts what was stopped', () => {
  expect(back([], { containers: [old.api, stoppedWeb, fresh] })).toEqual([
    '1. stop container aaaaaaaaaaaa_app-web-1 (the deploy failed)',
    '2. remove container aaaaaaaaaaaa_app-web-1 (the deploy failed) after 1',
    '3. start container app-web-1 (the deploy failed) after 2',
  ]);
});

it('starts the old one before the new one goes, where both can run', () => {
  expect(back(['web'], { containers: [old.api, stoppedWeb, fresh] })).toEqual([
    '1. start container app-web-1 (the deploy failed)',
    '2. stop container aaaaaaaaaaaa_app-web-1 (the deploy failed) after 1',
    '3. remove container aaaaaaaaaaaa_app-web-1 (the deploy failed) after 2',
  ]);
});

it('starts in the order of dependencies, and removes networks that have come since', () => {
  const stoppedApi = { ...old.api, state: 'exited' } as const;
  const added = network('back', { name: 'app_back' });
  expect(back([], { containers: [stoppedApi, stoppedWeb, fresh], networks: [...networks, added] })).toEqual([
    '1. start container app-api-1 (the deploy failed)',
    '2. stop container aaaaaaaaaaaa_app-web-1 (the deploy failed)',
    '3. remove container aaaaaaaaaaaa_app-web-1 (the deploy failed) after 2',
    '4. start container app-web-1 (the deploy failed) after 1, 3',
    '5. remove network app_back (the deploy failed) after 3',
  ]);
});

it('leaves stopped what did not run before', () => {
  const ended = world({ containers: [{ ...old.web, state: 'exited' }] }).observed;
  const plan = planBack(ended, ended, { order, startFirst: new Set() });
  expect(plan.nodes).toEqual([]);
});
