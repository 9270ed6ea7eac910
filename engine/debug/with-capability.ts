import type { LoadedProject } from '#compose/load/request.ts';
import { mergedRecord, recordOf } from '#compose/values/record.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';

/** The project with a capability for one service. Nothing is written anywhere: the next Up of the files finds the container to be another. */
export function withCapability(loaded: LoadedProject, name: string, capability: string): LoadedProject {
  const service = loaded.project.services[name];
  if (service === undefined)
    throw new EngineError('not-found', say`no such service: ${name}`, { subject: name });
  const cap_add = [...new Set([...(service.cap_add ?? []), capability])];
  // Dropped by name, it would stay away.
  const dropped = service.cap_drop?.filter((each) => each.replace(/^CAP_/i, '').toUpperCase() !== capability);
  const changed = { ...service, cap_add, ...(dropped === undefined ? {} : { cap_drop: dropped }) };
  const services = mergedRecord(loaded.project.services, recordOf([[name, changed]]));
  return { ...loaded, project: { ...loaded.project, services } };
}
