import type { Port, Service } from '../model/project.ts';
import { replicasOf } from '../model/replicas.ts';

/** A published port that not every container of its service can have: on the machine it can be taken once. */
export interface PortShortage {
  /** Which of the service's `ports`. */
  readonly index: number;
  /** As written on the host side: `8080`, or a range `8080-8081`. */
  readonly published: string;
  /** How many containers can have a port of it. */
  readonly room: number;
  /** How many there are to be. */
  readonly wanted: number;
}

/** The published ports that are too few for `wanted` containers; none where the engine picks the host port, or the service has the host's network. */
export function portShortages(service: Service, wanted = replicasOf(service)): readonly PortShortage[] {
  if (wanted < 2 || service.network_mode === 'host') return [];
  return (service.ports ?? []).flatMap((port, index) => {
    const room = roomOf(port);
    return room === undefined || room >= wanted
      ? []
      : [{ index, published: port.published ?? '', room, wanted }];
  });
}

/** A range on the host side for `wanted` containers that begins where the port does; `undefined` where there are no such ports. */
export function rangeFor({ published, wanted }: PortShortage): string | undefined {
  const first = Number(/^\d+/.exec(published)?.[0]);
  const last = first + wanted - 1;
  return last <= 65_535 ? `${first}-${last}` : undefined;
}

/** `undefined`: as much as is wanted. */
function roomOf({ published }: Port): number | undefined {
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(published ?? '') ?? [];
  if (first === undefined || Number(first) === 0) return undefined;
  return last === undefined ? 1 : Math.max(1, Number(last) - Number(first) + 1);
}
