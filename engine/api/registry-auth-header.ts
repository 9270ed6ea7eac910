import { completeName, dockerHub } from '#compose/values/image-reference.ts';

/** The `X-Registry-Auth` header for an image's registry, base64url; `undefined`: none is known, or none may be looked for. */
export type RegistryAuth = (reference: string, signal: AbortSignal) => Promise<string | undefined>;

/** base64url with padding, which Go's decoder insists on. */
export function encodeAuth(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

/** The registry in an image reference, well formed or not; Docker Hub is `docker.io`. */
export function registryOf(reference: string): string {
  return completeName(reference).registry;
}

/** The key of an image's registry in `config.json`, which the Engine uses too. */
export function registryKey(reference: string): string {
  const registry = registryOf(reference);
  return registry === dockerHub ? hubKey : registry;
}

/** Docker Hub's key in `config.json`, from the days of its first API. */
export const hubKey = 'https://index.docker.io/v1/';
