import { dockerHub } from '../values/image-reference.ts';

/** The host that is asked for what is called `docker.io`. */
export const dockerHubHost = 'registry-1.docker.io';

/** The host, with its port, where the API of an image's registry is. */
export function registryHost(registry: string): string {
  return registry === dockerHub ? dockerHubHost : registry;
}

/** Scheme, host and port of a registry. What runs on this machine needs no certificate, as for the engine. */
export function registryOrigin(registry: string, insecure = false): string {
  const host = registryHost(registry);
  const isLoopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host);
  return `${isLoopback || insecure ? 'http' : 'https'}://${host}`;
}
