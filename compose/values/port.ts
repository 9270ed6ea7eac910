import { isIpAddress } from '../check/values.ts';
export interface PortSpec {
  mode: string;
  host_ip?: string;
  target: number;
  published?: string;
  protocol: string;
}
export type ParsedPorts = { kind: 'ports'; ports: PortSpec[] } | { kind: 'error'; message: string };
const err = (message: string): ParsedPorts => ({ kind: 'error', message });
function range(text: string): [number, number] | undefined {
  const m = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!m) return undefined;
  const a = Number(m[1]);
  const b = m[2] === undefined ? a : Number(m[2]);
  return a > 65535 || b > 65535 || b < a ? undefined : [a, b];
}
export function parsePorts(spec: string): ParsedPorts {
  let proto = 'tcp';
  let rest = spec;
  const slash = spec.lastIndexOf('/');
  if (slash !== -1) {
    proto = spec.slice(slash + 1).toLowerCase();
    rest = spec.slice(0, slash);
    if (proto === '') proto = 'tcp';
  }
  if (!['tcp', 'udp', 'sctp'].includes(proto)) return err(`Invalid proto: ${proto}`);
  let ip = '';
  let host = '';
  let container = rest;
  const c = rest.lastIndexOf(':');
  if (c !== -1) {
    container = rest.slice(c + 1);
    const left = rest.slice(0, c);
    const d = left.lastIndexOf(':');
    if (d !== -1) {
      ip = left.slice(0, d);
      host = left.slice(d + 1);
    } else host = left;
  }
  if (/^\[.*\]$/.test(ip)) ip = ip.slice(1, -1);
  if (ip !== '' && !isIpAddress(ip)) return err(`Invalid ip address: ${ip}`);
  if (container === '') return err(`No port specified: ${spec}<empty>`);
  const cr = range(container);
  if (!cr) return err(`Invalid containerPort: ${container}`);
  let hr: [number, number] | undefined;
  if (host !== '') {
    hr = range(host);
    if (!hr) return err(`Invalid hostPort: ${host}`);
  }
  if (hr && hr[1] - hr[0] !== cr[1] - cr[0] && cr[0] !== cr[1])
    return err(`Invalid ranges specified for container and host Ports: ${container} and ${host}`);
  const ports: PortSpec[] = [];
  for (let i = 0; i <= cr[1] - cr[0]; i++) {
    let published: string | undefined;
    if (hr) published = cr[0] === cr[1] && hr[0] !== hr[1] ? `${hr[0]}-${hr[1]}` : String(hr[0] + i);
    ports.push({
      mode: 'ingress',
      ...(ip === '' ? {} : { host_ip: ip }),
      target: cr[0] + i,
      ...(published === undefined ? {} : { published }),
      protocol: proto,
    });
  }
  ports.sort((a, b) => (String(a.target) < String(b.target) ? -1 : 1));
  return { kind: 'ports', ports };
}
