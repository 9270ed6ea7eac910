import { Agent, type RequestOptions } from 'node:http';
import { isIP } from 'node:net';
import type { Endpoint } from './endpoint.ts';

/** Makes the connections to an endpoint. What only some kinds need (TLS, processes) is loaded for them alone: it is a good part of a short command's time. */
export async function createAgent(endpoint: Endpoint): Promise<Agent> {
  // A connection to a local socket costs next to nothing, and one that is not kept cannot have gone stale.
  if (endpoint.kind === 'unix' || endpoint.kind === 'npipe') return new Agent({ keepAlive: false });
  if (endpoint.kind === 'ssh') {
    const { SshAgent } = await import('./ssh-connection.ts');
    return new SshAgent(endpoint);
  }
  const keep = { keepAlive: true, maxFreeSockets: 4, timeout: 0 };
  if (endpoint.tls === undefined) return new Agent(keep);
  const { Agent: TlsAgent } = await import('node:https');
  const { ca, cert, key, verify } = endpoint.tls;
  return new TlsAgent({ ...keep, ca, cert, key, rejectUnauthorized: verify });
}

/** Where a request goes, for `node:http` with the endpoint's agent. */
export function socketOptions(endpoint: Endpoint): RequestOptions & { readonly servername?: string } {
  switch (endpoint.kind) {
    case 'unix':
    case 'npipe':
      return { socketPath: endpoint.path, ...unnamed };
    case 'tcp':
      return endpoint.tls === undefined
        ? { host: endpoint.host, port: endpoint.port, ...unnamed }
        : {
            host: endpoint.host,
            port: endpoint.port,
            protocol: 'https:',
            // Whose certificate it must be. Node would take the name in the `Host` header; an address it takes from `host`.
            servername: isIP(endpoint.host) === 0 ? endpoint.host : '',
          };
    case 'ssh':
      // Never dialled: the agent makes the connection. A socket path keeps an editor's HTTP proxy settings from taking the agent's place.
      return { socketPath: 'ssh', ...unnamed };
  }
}

/** Without TLS nobody asks for a server's name; Node would work one out for every request. */
const unnamed = { servername: '' };
