/** Where an engine listens, and how to get there. Plain data: connecting is `transport.ts`. */
export type Endpoint =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'npipe'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls: TlsFiles | undefined }
  | {
      readonly kind: 'ssh';
      readonly host: string;
      readonly user: string | undefined;
      readonly port: number | undefined;
      /** The engine's socket on the other machine, when it is not that machine's default. */
      readonly socket: string | undefined;
    };

/** PEM texts. `verify: false` is the user's own choice (a context with `SkipTLSVerify`, or `DOCKER_TLS` without `DOCKER_TLS_VERIFY`). */
export interface TlsFiles {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly verify: boolean;
}

export type ParsedHost =
  | { readonly endpoint: Endpoint; readonly reason?: undefined }
  | { readonly endpoint?: undefined; readonly reason: string };

/** The text after `-H`, in `DOCKER_HOST` or in a context: `unix://`, `npipe://`, `tcp://`, `http(s)://`, `ssh://`, or `host:port` alone. */
export function parseHost(text: string, tls?: TlsFiles): ParsedHost {
  const separator = text.indexOf('://');
  const scheme = separator < 0 ? 'tcp' : text.slice(0, separator).toLowerCase();
  const rest = separator < 0 ? text : text.slice(separator + 3);
  switch (scheme) {
    case 'unix':
      return { endpoint: { kind: 'unix', path: rest === '' ? '/var/run/docker.sock' : rest } };
    case 'npipe':
      return {
        endpoint: {
          kind: 'npipe',
          path: rest === '' ? '//./pipe/docker_engine' : rest.replaceAll('\\', '/'),
        },
      };
    case 'tcp':
    case 'http':
    case 'https':
      return parseTcp(scheme, rest, tls);
    case 'ssh':
      return parseSsh(rest);
    default:
      return { reason: `"${scheme}://" is not a way to reach a Docker Engine; use unix, npipe, tcp or ssh` };
  }
}

function parseTcp(scheme: string, rest: string, tls: TlsFiles | undefined): ParsedHost {
  const url = parseUrl(`http://${rest}`);
  if (url === undefined || url.hostname === '') return { reason: 'it is not of the form tcp://host:port' };
  const secure =
    tls ??
    (scheme === 'https' ? { ca: undefined, cert: undefined, key: undefined, verify: true } : undefined);
  // An explicit ":80" is the URL parser's default port and so comes back empty.
  const explicit = /:80(?:\/|$)/.test(rest) ? 80 : undefined;
  const port = url.port === '' ? (explicit ?? (secure === undefined ? 2375 : 2376)) : Number(url.port);
  return { endpoint: { kind: 'tcp', host: unbracket(url.hostname), port, tls: secure } };
}

function parseSsh(rest: string): ParsedHost {
  const url = parseUrl(`ssh://${rest}`);
  if (url === undefined || url.hostname === '')
    return { reason: 'it is not of the form ssh://user@host:port' };
  if (url.password !== '')
    return { reason: 'it holds a password; ssh asks for it itself, or use a key: ssh://user@host' };
  const [host, user, path] = [unbracket(url.hostname), url.username, url.pathname].map(decoded);
  if (host === undefined || user === undefined || path === undefined)
    return { reason: 'a "%" in it is not followed by two hexadecimal digits' };
  if (host.startsWith('-') || user.startsWith('-'))
    return { reason: 'a host or user may not start with "-"' };
  const socket = path === '' || path === '/' ? undefined : path;
  // ssh hands its arguments to a shell on the other side.
  if (socket !== undefined && !/^[\w./+-]+$/.test(socket))
    return { reason: 'the path of its socket may hold letters, digits and "._+-/" only' };
  return {
    endpoint: {
      kind: 'ssh',
      host,
      user: user === '' ? undefined : user,
      port: url.port === '' ? undefined : Number(url.port),
      socket,
    },
  };
}

/** For people; never with a password. */
export function formatEndpoint(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'unix':
      return `unix://${endpoint.path}`;
    case 'npipe':
      return `npipe://${endpoint.path}`;
    case 'tcp':
      return `tcp://${endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host}:${endpoint.port}`;
    case 'ssh':
      return (
        `ssh://${endpoint.user === undefined ? '' : `${endpoint.user}@`}${endpoint.host}` +
        `${endpoint.port === undefined ? '' : `:${endpoint.port}`}${endpoint.socket ?? ''}`
      );
  }
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** `undefined` when it is not encoded as addresses are. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function unbracket(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
