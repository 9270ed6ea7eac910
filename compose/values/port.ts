import { isIpAddress } from './ip-address.ts';
import { type ValueError, valueError } from './parsed.ts';
import { phrase, type Phrase } from '../problem/phrase.ts';

/** One port in the long form. */
export interface PortSpec {
  readonly mode: 'ingress';
  readonly host_ip?: string;
  readonly target: number;
  /** A port of the host, or a range to choose from; absent: any free one. */
  readonly published?: string;
  readonly protocol: Protocol;
}

export type Protocol = 'tcp' | 'udp' | 'sctp';

export type ParsedPorts = { readonly kind: 'ports'; readonly ports: readonly PortSpec[] } | ValueError;

/**
 * The ports of the short form `[[HOST_IP:][HOST]:]CONTAINER[/PROTOCOL]` (specification: "ports", short syntax). HOST and CONTAINER are a port or a
 * range. Ranges pair up and must be equally long, unless CONTAINER is one port: then any port of HOST may be used. In Docker Compose's order, which
 * sorts ports as texts.
 */
export function parsePorts(text: string): ParsedPorts {
  const { address, host, container, protocol } = split(text);
  if (container.text === '') {
    return valueError(phrase('invalid-port.no-container-port'), 0, text.length);
  }
  const name = protocol.text.toLowerCase();
  if (!isProtocol(name)) {
    return at(protocol, phrase('invalid-port.protocol', { protocol: protocol.text }));
  }
  const ip = withoutBrackets(address.text);
  if (address.text !== '' && (ip === undefined || !isIpAddress(ip))) {
    const key = isIpAddress(address.text) ? 'invalid-port.brackets' : 'invalid-ip-address';
    return at(address, phrase(key, { text: address.text }));
  }
  const targets = parseRange(container.text);
  if (targets === undefined) return at(container, notPorts(container.text));
  const published = host.text === '' ? undefined : parseRange(host.text);
  if (host.text !== '' && published === undefined) return at(host, notPorts(host.text));
  const count = targets.last - targets.first + 1;
  if (published !== undefined && count > 1 && published.last - published.first + 1 !== count) {
    const message = phrase('invalid-port.ranges', { host: host.text, container: container.text });
    return valueError(message, host.start, container.end);
  }
  const ports = Array.from({ length: count }, (_, index): PortSpec => {
    const first = published === undefined ? undefined : published.first + index;
    const any = published !== undefined && count === 1 && published.last > published.first;
    return {
      mode: 'ingress',
      ...(ip === undefined || ip === '' ? {} : { host_ip: ip }),
      target: targets.first + index,
      ...(first === undefined ? {} : { published: any ? `${first}-${published?.last}` : String(first) }),
      protocol: name,
    };
  });
  return { kind: 'ports', ports: ports.sort(byTargetAsText) };
}

interface Part {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** From the right: an address may contain colons. */
function split(text: string): Record<'address' | 'host' | 'container' | 'protocol', Part> {
  const part = (start: number, end: number): Part => ({ text: text.slice(start, end), start, end });
  const last = text.lastIndexOf(':');
  const middle = last <= 0 ? -1 : text.lastIndexOf(':', last - 1);
  const slash = text.indexOf('/', last + 1);
  const containerEnd = slash === -1 ? text.length : slash;
  const hasProtocol = slash !== -1 && slash + 1 < text.length;
  return {
    address: part(0, Math.max(middle, 0)),
    host: part(middle + 1, Math.max(last, middle + 1)),
    container: part(last + 1, containerEnd),
    protocol: hasProtocol
      ? part(slash + 1, text.length)
      : { text: 'tcp', start: containerEnd, end: text.length },
  };
}

function at({ start, end }: Part, message: Phrase): ValueError {
  return valueError(message, start, end);
}

function notPorts(text: string): Phrase {
  return phrase('invalid-port', { text });
}

/** `undefined` if a bracket has no match, or an IPv6 address has no brackets. */
function withoutBrackets(address: string): string | undefined {
  if (!address.startsWith('[')) return address.includes(':') ? undefined : address;
  return /^\[[^[\]]*\]$/.test(address) ? address.slice(1, -1) : undefined;
}

function parseRange(text: string): { readonly first: number; readonly last: number } | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first <= last && last <= 65535 ? { first, last } : undefined;
}

function isProtocol(name: string): name is Protocol {
  return name === 'tcp' || name === 'udp' || name === 'sctp';
}

function byTargetAsText({ target: a }: PortSpec, { target: b }: PortSpec): number {
  if (a === b) return 0;
  // The slash before the protocol sorts before any digit, so a shorter number comes first.
  return String(a) < String(b) ? -1 : 1;
}
