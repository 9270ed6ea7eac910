import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileText } from '#disk/read-file.ts';
import { sha256 } from '#compose/model/sha256.ts';
import type { TlsFiles } from '../api/transport/endpoint.ts';

/** One entry of the Docker context store. */
export interface DockerContext {
  readonly name: string;
  readonly description: string;
  /** As stored: `unix:///…`, `ssh://…`, `tcp://…`. */
  readonly host: string;
  readonly skipTlsVerify: boolean;
  /** Where its certificates are, when it has any. */
  readonly tlsDirectory: string;
}

/** Every readable context of the store, by name; entries that are broken are left out. The built-in `default` has no entry. */
export async function listContexts(configDirectory: string): Promise<readonly DockerContext[]> {
  const root = join(configDirectory, 'contexts', 'meta');
  const ids = await readdir(root).catch(() => []);
  const contexts = await Promise.all(ids.map((id) => readMeta(configDirectory, id)));
  return contexts
    .filter((context) => context !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** `undefined`: the store has no such context, or its entry cannot be read. */
export async function findContext(configDirectory: string, name: string): Promise<DockerContext | undefined> {
  // The store names a context's folders after the SHA-256 of its name.
  const id = sha256(name);
  const context = await readMeta(configDirectory, id);
  return context?.name === name ? context : undefined;
}

/** `undefined` when the directory holds no certificate at all. */
export async function readTlsFiles(directory: string, verify: boolean): Promise<TlsFiles | undefined> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) =>
      readFileText(join(directory, name), 'settings').catch(() => undefined),
    ),
  );
  return ca === undefined && cert === undefined && key === undefined ? undefined : { ca, cert, key, verify };
}

async function readMeta(configDirectory: string, id: string): Promise<DockerContext | undefined> {
  try {
    const file = join(configDirectory, 'contexts', 'meta', id, 'meta.json');
    const meta: StoredMeta = JSON.parse(await readFileText(file, 'settings'));
    const docker = meta.Endpoints?.docker;
    if (typeof meta.Name !== 'string' || typeof docker?.Host !== 'string') return undefined;
    const description = meta.Metadata?.Description;
    return {
      name: meta.Name,
      description: typeof description === 'string' ? description : '',
      host: docker.Host,
      skipTlsVerify: docker.SkipTLSVerify === true,
      tlsDirectory: join(configDirectory, 'contexts', 'tls', id, 'docker'),
    };
  } catch {
    return undefined;
  }
}

interface StoredMeta {
  readonly Name?: unknown;
  readonly Metadata?: { readonly Description?: unknown };
  readonly Endpoints?: { readonly docker?: { readonly Host?: unknown; readonly SkipTLSVerify?: unknown } };
}
