import type { LoadedProject } from '#compose/load/request.ts';
import { composeHashes } from '#engine/project/hashes.ts';
import { isOneOff, label } from '#engine/project/labels.ts';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { resolveReferences } from '#engine/project/service-references.ts';
import type { DeclaredProject } from './declared.ts';

/** By project as it was loaded, then by service and the containers it refers to: hashing is not free, and rows are drawn often. */
const accepted = new WeakMap<LoadedProject, Map<string, readonly string[]>>();

/** Whether this container was made from other settings than the files have now, so that the next Up replaces it. */
export function isDrifted(
  stack: {
    readonly declared: DeclaredProject | undefined;
    readonly services: readonly { readonly name: string; readonly containers: readonly ContainerSummary[] }[];
  },
  service: { readonly name: string },
  container: ContainerSummary,
): boolean {
  const loaded = stack.declared?.loaded;
  const wanted = loaded?.project.services[service.name];
  const recorded = container.labels[label.configHash];
  if (loaded === undefined || wanted === undefined || recorded === undefined) return false;
  if (isOneOff(container.labels)) return false;
  const asked: string[] = [];
  const resolved = resolveReferences(
    wanted,
    (name) => {
      const first = stack.services.find((each) => each.name === name)?.containers[0];
      asked.push(first?.id ?? '');
      return first;
    },
    'keep',
  );
  const key = `${service.name} ${asked.join(' ')}`;
  const known = accepted.get(loaded) ?? new Map<string, readonly string[]>();
  accepted.set(loaded, known);
  const hashes = known.get(key) ?? composeHashes.accepted(resolved);
  known.set(key, hashes);
  return !hashes.includes(recorded);
}
