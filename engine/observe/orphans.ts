import { isOneOff, label } from '../project/labels.ts';
import type { ContainerSummary } from '../api/engine-objects.ts';
import type { ObservedState } from './observe.ts';

/** Containers of services that the files do not have, be it with a profile that is off; without one-off ones. */
export function orphansOf(
  declared: ReadonlySet<string>,
  { containers }: ObservedState,
): readonly ContainerSummary[] {
  return containers.filter(({ labels }) => !isOneOff(labels) && !declared.has(labels[label.service] ?? ''));
}
