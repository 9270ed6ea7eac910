import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ServiceSpec } from '../api/swarm-calls.ts';

/** How often someone else may be faster. */
const attempts = 3;

/**
 * Changes a service from what it is now: the engine refuses the change of a version that is no longer the service's, and then the change is worked
 * out again from the newer one. Rejects (kind `conflict`) when that goes on.
 */
export async function changeService(
  engine: EnginePort,
  id: string,
  change: (old: ServiceSpec) => ServiceSpec,
  {
    credentials,
    onWarning,
  }: { readonly credentials: boolean; readonly onWarning: (warning: string) => void },
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { ID, Version, Spec } = await engine.inspectService(id, signal);
    try {
      const reply = await engine.updateService(ID, Version.Index, change(Spec), { credentials }, signal);
      for (const warning of reply.Warnings ?? []) onWarning(warning);
      return;
    } catch (error) {
      if (!(error instanceof EngineError) || error.kind !== 'conflict' || attempt === attempts) throw error;
    }
  }
}
