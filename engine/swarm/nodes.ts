import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { NodeObject, NodeSpec } from '../api/swarm-calls.ts';

/** How often someone else may be faster. */
const attempts = 3;

/** By id, the beginning of one, the host's name, or `self`. Rejects with `EngineError` (kind `not-found`) when there is none. */
export async function findNode(engine: EnginePort, name: string, signal: AbortSignal): Promise<NodeObject> {
  if (name === 'self')
    return engine.inspectSwarmNode((await engine.inspectSwarmMembership(signal)).nodeId, signal);
  const named = (await engine.listSwarmNodes(signal)).filter(
    ({ Description }) => Description?.Hostname === name,
  );
  const [only] = named;
  return named.length === 1 && only !== undefined ? only : engine.inspectSwarmNode(name, signal);
}

/** Changes a node from what it is now; worked out again when someone else changed it meanwhile. Resolves with whether there was anything to change. */
export async function changeNode(
  engine: EnginePort,
  id: string,
  change: (old: NodeSpec) => NodeSpec,
  signal: AbortSignal,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const { Version, Spec = {} } = await engine.inspectSwarmNode(id, signal);
    const spec = change(Spec);
    if (JSON.stringify(spec) === JSON.stringify(Spec)) return false;
    try {
      await engine.updateSwarmNode(id, Version.Index, spec, signal);
      return true;
    } catch (error) {
      const isLate = error instanceof EngineError && /out of sequence/.test(error.message);
      if (!isLate || attempt === attempts) throw error;
    }
  }
}
