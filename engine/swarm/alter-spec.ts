import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ServiceSpec } from '../api/swarm-calls.ts';

/** Another image, all else as it is. */
export function withImage(spec: ServiceSpec, Image: string): ServiceSpec {
  const { TaskTemplate } = spec;
  return {
    ...spec,
    TaskTemplate: { ...TaskTemplate, ContainerSpec: { ...TaskTemplate.ContainerSpec, Image } },
  };
}

/** Another number of tasks. Rejects with `EngineError` (kind `invalid`) a service that has one on each node. */
export function scaled(spec: ServiceSpec, replicas: number): ServiceSpec {
  if (spec.Mode?.ReplicatedJob !== undefined)
    return { ...spec, Mode: { ReplicatedJob: { ...spec.Mode.ReplicatedJob, TotalCompletions: replicas } } };
  if (spec.Mode?.Replicated === undefined)
    throw new EngineError(
      'invalid',
      say`${spec.Name}: scale can only be used with replicated or replicated-job mode`,
      { subject: spec.Name },
    );
  return { ...spec, Mode: { Replicated: { Replicas: replicas } } };
}

/** A count that does nothing but differ: so the tasks are made anew. */
export function forced(spec: ServiceSpec): ServiceSpec {
  const { TaskTemplate } = spec;
  return { ...spec, TaskTemplate: { ...TaskTemplate, ForceUpdate: (TaskTemplate.ForceUpdate ?? 0) + 1 } };
}

/** Makes the service what it was before its last change; resolves with its id. Rejects with `EngineError` when it was never changed. */
export async function rollBack(engine: EnginePort, service: string, signal: AbortSignal): Promise<string> {
  const { ID, Version, Spec } = await engine.inspectService(service, signal);
  await engine.updateService(ID, Version.Index, Spec, { credentials: false, rollback: true }, signal);
  return ID;
}
