import type { Port, Service } from '../../model/project.ts';
import type { JsonObject } from './manifest.ts';

/** A port of a container. */
export interface ContainerPort {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** Those of `ports` and, unless told otherwise, of `expose`; each once, in the order of the file. */
export function portsOf(service: Service): readonly ContainerPort[] {
  const ports = new Map<string, ContainerPort>();
  const add = (port: ContainerPort) => ports.set(`${port.port}/${port.protocol}`, port);
  for (const { target, protocol } of service.ports ?? [])
    add({ port: target, protocol: protocolOf(protocol) });
  for (const text of service.expose ?? []) {
    const [, from, to, protocol] = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(String(text)) ?? [];
    if (from === undefined) continue;
    for (let port = Number(from); port <= Number(to ?? from); port++) {
      add({ port, protocol: protocolOf(protocol) });
    }
  }
  return [...ports.values()];
}

/** `onHost`: published on the node as well (label `kompose.controller.port.expose`). */
export function containerPorts(service: Service, onHost: boolean): readonly JsonObject[] {
  return portsOf(service).map(({ port, protocol }) => ({
    containerPort: port,
    hostPort: onHost ? publishedOf(service, port) : undefined,
    protocol,
  }));
}

/** The one port that is published for it, as a number; `undefined` for none and for ranges. */
export function publishedPort({ published }: Port): number | undefined {
  return published !== undefined && /^\d+$/.test(published) && published !== '0'
    ? Number(published)
    : undefined;
}

/** Whether it is published to this machine alone. */
function isLocal({ host_ip = '' }: Port): boolean {
  return /^127\.|^\[?::1\]?$/.test(host_ip);
}

/** What is published for others than this machine alone. */
export function openPorts({ ports = [] }: Service): readonly Port[] {
  return ports.filter((port) => !isLocal(port));
}

export function protocolOf(protocol: string | undefined): ContainerPort['protocol'] {
  const name = protocol?.toUpperCase();
  return name === 'UDP' || name === 'SCTP' ? name : 'TCP';
}

function publishedOf(service: Service, target: number): number | undefined {
  const port = service.ports?.find((each) => each.target === target);
  return port === undefined ? undefined : publishedPort(port);
}
