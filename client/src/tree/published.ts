import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { forwardedTo } from './forwarded-ports.ts';

/** The ports by which one reaches these containers from outside, each once, in order. */
export function publishedPorts(containers: readonly ContainerSummary[]): readonly number[] {
  const ports = containers.flatMap(({ id, ports }) =>
    ports.map(({ hostPort }) => hostPort && (forwardedTo(id, hostPort) ?? hostPort)),
  );
  return [...new Set(ports.filter((port) => port !== undefined))].sort((a, b) => a - b);
}

/** Addresses for a browser. `endpoint` is the engine's: published ports are on its host. */
export function publishedUrls(containers: readonly ContainerSummary[], endpoint: string): readonly string[] {
  const engineHost =
    /^(?:tcp|ssh|https?):\/\/(?:[^@/\s]*@)?(\[[^\]]+\]|[^:/\s]+)/.exec(endpoint)?.[1] ?? 'localhost';
  const urls = containers.flatMap(({ id, ports }) =>
    ports.flatMap(({ hostIp, hostPort, containerPort, protocol }) => {
      if (hostPort === undefined || protocol !== 'tcp') return [];
      const scheme = containerPort === 443 || containerPort === 8443 ? 'https' : 'http';
      const local = forwardedTo(id, hostPort);
      if (local !== undefined) return [`${scheme}://localhost:${local}`];
      const host = isEverywhere(hostIp) ? engineHost : hostIp.includes(':') ? `[${hostIp}]` : hostIp;
      return [`${scheme}://${host === '127.0.0.1' ? 'localhost' : host}:${hostPort}`];
    }),
  );
  return [...new Set(urls)].sort();
}

function isEverywhere(ip: string): boolean {
  return ip === '' || ip === '0.0.0.0' || ip === '::';
}
