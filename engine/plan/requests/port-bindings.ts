import type { Service } from '#compose/model/project.ts';
import { EngineError } from '../../api/engine-error.ts';
import { say } from '../../api/message.ts';
import { recordOf } from '#compose/values/record.ts';

/** `Config.ExposedPorts`: published targets and `expose`, ranges spread out. */
export function exposedPorts(service: Service): Record<string, object> {
  const exposed: Record<string, object> = recordOf();
  for (const port of service.ports ?? []) exposed[`${port.target}/${port.protocol ?? 'tcp'}`] = {};
  for (const entry of service.expose ?? []) {
    const match = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/i.exec(entry);
    if (match === null) {
      throw new EngineError('invalid', say`expose: "${entry}" is not a port or a range of ports`);
    }
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    const protocol = (match[3] ?? 'tcp').toLowerCase();
    for (let port = first; port <= last; port += 1) exposed[`${port}/${protocol}`] = {};
  }
  return exposed;
}

/** `HostConfig.PortBindings`. An empty `HostPort` lets the engine pick one; a range lets it pick one of the range. */
export function portBindings(
  service: Service,
): Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[]> {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = recordOf();
  for (const port of service.ports ?? []) {
    const key = `${port.target}/${port.protocol ?? 'tcp'}`;
    const list = bindings[key] ?? [];
    list.push({ HostIp: port.host_ip ?? '', HostPort: port.published ?? '' });
    bindings[key] = list;
  }
  return bindings;
}

/** Whether the engine is left to pick a host port: two such containers must not start at the same moment. */
export function picksHostPort(service: Service): boolean {
  return (service.ports ?? []).some((port) => !/^\d+$/.test(port.published ?? ''));
}
