import { nearest } from '#compose/schema/suggest.ts';
import { say } from '../api/message.ts';
import type { Finding } from './explanation.ts';
import type { FactLine, FailureFacts, PeerFacts } from './facts.ts';

/** How programs say that a name leads nowhere; the name is the first group. */
const unresolved: readonly RegExp[] = [
  /getaddrinfo (?:ENOTFOUND|EAI_AGAIN) ([\w.-]+)/,
  /could not translate host name "([^"]+)"/,
  /host not found in upstream "([^":]+)/,
  /lookup ([\w.-]+)(?: on [^:]+:\d+)?: (?:no such host|server misbehaving|Temporary failure)/i,
  /bad address '([^':]+)/,
  /[Cc]ould not resolve host:? '?([\w.-]+)/,
  /UnknownHostException: ([\w.-]+)/,
  /php_network_getaddresses: getaddrinfo (?:for|of) ([\w.-]+) failed/,
  /Unknown (?:MySQL|MariaDB) server host '([^']+)'/,
  /can't resolve '([\w.-]+)'/,
  /Error -[235] connecting to ([\w.-]+):\d+/,
  /([\w.-]+): (?:Name or service not known|Temporary failure in name resolution|Name does not resolve)/,
];

/** How programs say that a connection was refused; host, or address, and port are the groups, where they say them. */
const refused: readonly RegExp[] = [
  /ECONNREFUSED (?:::ffff:)?\[?(?<host>[\d.]+|[\da-f:]*:[\da-f:]*:[\da-f]+)\]?:(?<port>\d+)/i,
  /dial tcp \[?(?<host>[^\s\]]+?)\]?:(?<port>\d+): connect: connection refused/,
  /connection to server at "(?<host>[^"]+)"(?: \([^)]+\))?, port (?<port>\d+) failed: Connection refused/,
  /Can't connect to (?:MySQL|MariaDB) server on '(?<host>[^':]+)(?::(?<port>\d+))?' \((?:111|61)/,
  /Error 111 connecting to (?<host>[^\s:]+):(?<port>\d+)/,
  /Connection to (?<host>[\w.-]+):(?<port>\d+) refused/,
  /(?:[Ff]ailed to )?connect to (?<host>[\w.:-]+?) port (?<port>\d+).*(?:[Rr]efused|connect to server)/,
  /can't connect to remote host(?: \((?<host>[^)]+)\))?: Connection refused/,
  /(?<host>[\w.-]+)[ :]\(?(?:[\d.]+:)?(?<port>\d{2,5})\)?\b[^\d]{0,40}[Cc]onnection refused/,
  /[Cc]onnection refused\b.{0,40}?\b(?<host>[\w-]+(?:\.[\w-]+)*):(?<port>\d{2,5})\b/,
];

/** Of a line that tells of a name or a connection that failed; `undefined`: it tells of none, or nothing certain can be said. */
export function explainConnection(line: FactLine, facts: FailureFacts): Finding | undefined {
  for (const pattern of unresolved) {
    const name = pattern.exec(line.text)?.[1];
    if (name !== undefined && name !== '') return unresolvedName(name, line, facts);
  }
  for (const pattern of refused) {
    const groups = pattern.exec(line.text)?.groups;
    if (groups !== undefined) {
      const port = groups.port === undefined ? undefined : Number(groups.port);
      return refusedConnection(groups.host ?? '', port, line, facts);
    }
  }
  return undefined;
}

function unresolvedName(name: string, line: FactLine, facts: FailureFacts): Finding | undefined {
  const { service, container, peers } = facts;
  const mode = container?.networkMode ?? '';
  const peer = peers.find(({ names }) => names.includes(name));
  if (mode === 'none' || (mode === 'host' && peer !== undefined))
    return {
      cause: 'network-off',
      what: say`${service} has "network_mode: ${mode}", where the name ${name} cannot be resolved.`,
      fixes: [say`Remove "network_mode", so that the service joins the project's network.`],
      attribute: 'network_mode',
    };
  if (peer !== undefined) {
    if (!isRunning(peer)) return peerNotRunning(peer, facts);
    if (!sharesNetwork(peer, facts))
      return {
        cause: 'no-shared-network',
        what: say`${service} cannot find ${peer.service}: no network has both. ${service} is on ${listed(container?.networks)}, ${peer.service} on ${listed(peer.networks)}.`,
        fixes: [say`Give both services a network in common under "networks".`],
        attribute: 'networks',
      };
    return startedLater(peer, line) ? stillStarting(peer, facts) : undefined;
  }
  const other = nearest(
    name,
    peers.map((each) => each.service),
  );
  return {
    cause: 'unresolved-name',
    what: say`${name} is neither a service of the project nor a host that can be found.`,
    fixes: [
      ...(other === undefined ? [] : [say`Did you mean the service ${other}? Use that name.`]),
      say`Correct the name in the service's settings. Services find each other by the names they have in the file.`,
    ],
    attribute: 'environment',
  };
}

function refusedConnection(
  host: string,
  port: number | undefined,
  line: FactLine,
  facts: FailureFacts,
): Finding | undefined {
  const where = port === undefined ? host : `${host}:${port}`;
  if (/^(?:127\.|localhost$|::1$|0\.0\.0\.0$)/.test(host)) {
    if (facts.container?.networkMode === 'host') return undefined;
    return {
      cause: 'own-loopback',
      what: say`${facts.service} connects to ${where}, which is its own container, and nothing listens there.`,
      fixes: [say`Use the name of the other service instead of ${host}.`],
      attribute: 'environment',
    };
  }
  const peer = facts.peers.find(({ names, addresses }) => names.includes(host) || addresses.includes(host));
  if (peer === undefined)
    return host === ''
      ? undefined
      : {
          cause: 'connection-refused',
          what: say`Nothing accepts connections at ${where}.`,
          fixes: [say`Check the address, and make sure that the program there is running.`],
          attribute: 'environment',
        };
  if (!isRunning(peer)) return peerNotRunning(peer, facts);
  if (peer.health === 'starting' || startedLater(peer, line)) return stillStarting(peer, facts);
  const listener = peer.listeners?.find((each) => each.port === port);
  if (port === undefined || peer.listeners === undefined)
    return {
      cause: 'connection-refused',
      what: say`${peer.service} refused the connection of ${facts.service}.`,
      fixes: [
        say`Check the port, and that ${peer.service} listens on it for all addresses.`,
        waitForIt(peer),
      ],
      attribute: 'environment',
    };
  if (listener === undefined) return nobodyListens(peer, port, facts);
  return listener.isLoopback ? loopbackOnly(peer.service, port) : stillStarting(peer, facts);
}

function nobodyListens(peer: PeerFacts, port: number, { service }: FailureFacts): Finding {
  const others = (peer.listeners ?? []).map((each) => String(each.port));
  return {
    cause: 'nobody-listens',
    what:
      others.length === 0
        ? say`${service} connects to port ${port} of ${peer.service}, where nothing listens on any port.`
        : say`${service} connects to port ${port} of ${peer.service}, where nothing listens; it listens on ${others.join(', ')}.`,
    fixes: [
      say`Use the port that ${peer.service} listens on: between services that is the container's port, not the published one.`,
    ],
    attribute: 'environment',
  };
}

/** Something listens, but only for its own container. */
export function loopbackOnly(service: string, port: number): Finding {
  return {
    cause: 'listens-on-loopback',
    what: say`${service} listens on port ${port} for its own container only (127.0.0.1), so other containers cannot reach it.`,
    fixes: [say`Make the program listen on 0.0.0.0.`],
    attribute: 'command',
  };
}

function peerNotRunning(peer: PeerFacts, { service }: FailureFacts): Finding {
  return {
    cause: 'peer-not-running',
    what: say`${service} needs ${peer.service}, which is not running.`,
    fixes: [
      say`Find out why ${peer.service} is not running, and start it.`,
      say`Add ${peer.service} to "depends_on" of ${service}, so that it is started first.`,
    ],
    attribute: 'depends_on',
  };
}

function stillStarting(peer: PeerFacts, { service }: FailureFacts): Finding {
  return {
    cause: 'peer-still-starting',
    what: say`${service} connected to ${peer.service} before it was ready.`,
    fixes: [waitForIt(peer), say`Or make ${service} retry until it succeeds.`],
    attribute: 'depends_on',
  };
}

function waitForIt({ service }: PeerFacts) {
  return say`Give ${service} a "healthcheck", and depend on it with "condition: service_healthy".`;
}

function startedLater({ startedAt }: PeerFacts, { time }: FactLine): boolean {
  return startedAt !== undefined && time !== undefined && startedAt > time;
}

function sharesNetwork(peer: PeerFacts, { container }: FailureFacts): boolean {
  return container?.networks.some((name) => peer.networks.includes(name)) ?? false;
}

function isRunning({ state }: PeerFacts): boolean {
  return state === 'running';
}

function listed(names: readonly string[] = []): string {
  return names.length === 0 ? '-' : names.join(', ');
}
