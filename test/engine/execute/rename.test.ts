import { describe, expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { execute } from '#engine/execute/execute.ts';
import { planBuilder } from '#engine/plan/plan.ts';
import { engine28 } from '../world.ts';

/** An engine whose only container has been given this name by somebody else. */
function engineWith(name: string): EnginePort {
  const known: Partial<EnginePort> = {
    info: engine28,
    renameContainer: async () => {
      throw new EngineError('engine', 'Renaming a container with the same name as its current name');
    },
    inspectContainer: async () => ({ name }) as never,
  };
  return new Proxy(known, { get: (calls, call: keyof EnginePort) => calls[call] }) as EnginePort;
}

function renaming(engine: EnginePort): Promise<unknown> {
  const { nodes, add } = planBuilder();
  const container = { kind: 'existing', id: 'b', name: 'aaaaaaaaaaaa_app-web-1', service: 'web' } as const;
  add({ kind: 'rename-container', container, name: 'app-web-1' }, { kind: 'interrupted-replacement' });
  const plan = { project: 'app', nodes, warnings: [], upToDate: [] };
  return execute(engine, plan, {}, () => {}, new AbortController().signal);
}

describe('a container that is to get its name', () => {
  it('and has been given it by somebody else meanwhile has it', async () => {
    await expect(renaming(engineWith('app-web-1'))).resolves.toBeDefined();
  });

  it('and cannot be given it is a failure', async () => {
    await expect(renaming(engineWith('aaaaaaaaaaaa_app-web-1'))).rejects.toThrow('Renaming a container');
  });
});
