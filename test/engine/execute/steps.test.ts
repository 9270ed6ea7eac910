import { expect, it } from 'vitest';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { execute } from '#engine/execute/execute.ts';
import { planBuilder } from '#engine/plan/plan.ts';
import { engine28 } from '../world.ts';

it('the steps of a plan are counted, from none to all', async () => {
  const known: Partial<EnginePort> = { info: engine28, restartContainer: async () => {} };
  const engine = new Proxy(known, { get: (calls, call: keyof EnginePort) => calls[call] }) as EnginePort;
  const { nodes, add } = planBuilder();
  for (const name of ['a', 'b', 'c']) {
    const container = { kind: 'existing', id: name, name, service: name } as const;
    add({ kind: 'restart-container', container }, { kind: 'asked-for', what: 'restarting' });
  }
  const seen: string[] = [];
  const report = Object.assign(() => {}, {
    steps: (done: number, all: number) => seen.push(`${done}/${all}`),
  });
  const plan = { project: 'app', nodes, warnings: [], upToDate: [] };
  await execute(engine, plan, {}, report, new AbortController().signal);
  expect(seen).toEqual(['0/3', '1/3', '2/3', '3/3']);
});
