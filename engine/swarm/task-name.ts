import type { TaskObject } from '../api/swarm-calls.ts';

/** `demo_web.2`; of a service with one task on each node `demo_web.NODE`. */
export function taskName(service: string, { Slot, NodeID }: TaskObject): string {
  return `${service}.${Slot === undefined || Slot === 0 ? (NodeID ?? '') : Slot}`;
}

/** Without the digest beside a tag. */
export function shortImage(image = ''): string {
  return image.replace(/@sha256:[0-9a-f]+$/, '');
}
