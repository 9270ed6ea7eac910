import { dockerHub } from '#compose/values/image-reference.ts';
import { encodeAuth, hubKey, registryOf } from '../api/registry-auth-header.ts';
import { configDirectory, type DockerConfig, readDockerConfig, type StoredAuth } from './config-file.ts';
import type { RegistryAuth } from '../api/registry-auth-header.ts';
import { recordOf } from '#compose/values/record.ts';

/** Where credentials are kept: the CLI's `config.json`, its credential helpers, and `DOCKER_AUTH_CONFIG`. */
export interface CredentialSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

interface Credentials {
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
  readonly serveraddress: string;
}

/** Looks a registry's credentials up each time they are needed, as the Docker CLI does: someone may have signed in meanwhile. Never rejects. */
export function registryAuth(sources: CredentialSources): RegistryAuth {
  return async (reference, signal) => {
    const registry = registryOf(reference);
    const credentials = await findCredentials(registry, sources, signal);
    return credentials === undefined ? undefined : encodeAuth(credentials);
  };
}

/** Everyone that {@link registryAuth} would find, by registry: for a container that is to be let in everywhere too. Never rejects. */
export function allCredentials(
  sources: CredentialSources,
): (signal: AbortSignal) => Promise<Readonly<Record<string, object>>> {
  return async (signal) => {
    const config = await readDockerConfig(configDirectory(sources.environment, sources.home));
    const fromEnvironment = parseConfig(sources.environment.DOCKER_AUTH_CONFIG).auths;
    const stored =
      config.credsStore === undefined ? {} : await listStored(config.credsStore, sources, signal);
    const registries = new Set([
      ...Object.keys(stored),
      ...Object.keys(config.auths ?? {}),
      ...Object.keys(config.credHelpers ?? {}),
      ...Object.keys(fromEnvironment ?? {}),
    ]);
    const found: Record<string, object> = recordOf();
    for (const registry of registries) {
      const key = hostOf(registry) === 'index.docker.io' ? dockerHub : registry;
      const credentials = await findCredentials(key, sources, signal);
      if (credentials !== undefined) found[registry] = toStored(credentials);
    }
    return found;
  };
}

function toStored({ username, password, identitytoken, registrytoken }: Credentials): StoredAuth {
  const hasPassword = username !== undefined && password !== undefined;
  return {
    ...(hasPassword ? { auth: Buffer.from(`${username}:${password}`).toString('base64') } : {}),
    ...(identitytoken === undefined ? {} : { identitytoken }),
    ...(registrytoken === undefined ? {} : { registrytoken }),
  };
}

/** In the CLI's order: `DOCKER_AUTH_CONFIG`, the registry's own helper, the general store, the file itself. */
async function findCredentials(
  registry: string,
  sources: CredentialSources,
  signal: AbortSignal,
): Promise<Credentials | undefined> {
  const key = registry === dockerHub ? hubKey : registry;
  const fromEnvironment = lookUp(parseConfig(sources.environment.DOCKER_AUTH_CONFIG).auths, key);
  if (fromEnvironment !== undefined) return fromEnvironment;
  const config = await readDockerConfig(configDirectory(sources.environment, sources.home));
  const helper = config.credHelpers?.[registry] ?? config.credHelpers?.[key] ?? config.credsStore;
  const fromHelper = helper === undefined ? undefined : await askHelper(helper, key, sources, signal);
  return fromHelper ?? lookUp(config.auths, key);
}

/** Entries are keyed by host, with or without a scheme and a path. */
function lookUp(auths: DockerConfig['auths'], key: string): Credentials | undefined {
  const entries = Object.entries(auths ?? {});
  const entry =
    entries.find(([name]) => name === key) ?? entries.find(([name]) => hostOf(name) === hostOf(key));
  return entry === undefined ? undefined : decode(entry[1], key);
}

function hostOf(address: string): string {
  return address.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

function decode(stored: StoredAuth, serveraddress: string): Credentials | undefined {
  const plain = stored.auth === undefined ? '' : Buffer.from(stored.auth, 'base64').toString('utf8');
  const colon = plain.indexOf(':');
  const username = colon < 0 ? stored.username : plain.slice(0, colon);
  // Some helpers pad what they store with NUL.
  const password = colon < 0 ? stored.password : plain.slice(colon + 1).replace(/\0+$/, '');
  const credentials = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(stored.identitytoken === undefined ? {} : { identitytoken: stored.identitytoken }),
    ...(stored.registrytoken === undefined ? {} : { registrytoken: stored.registrytoken }),
  };
  return Object.keys(credentials).length === 0 ? undefined : { ...credentials, serveraddress };
}

/** `docker-credential-<helper> get`, as every Docker tool asks it: the key on its standard input, JSON on its output. */
async function askHelper(
  helper: string,
  key: string,
  sources: CredentialSources,
  signal: AbortSignal,
): Promise<Credentials | undefined> {
  const output = await runHelper(helper, 'get', key, sources, signal);
  return output === undefined ? undefined : parseHelperReply(output, key);
}

/** The registries that a helper knows, with the users' names. */
async function listStored(
  helper: string,
  sources: CredentialSources,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const output = await runHelper(helper, 'list', '', sources, signal);
  return { ...parseConfig(output) };
}

/** What it answers; `undefined` if it fails, or is not there. */
async function runHelper(
  helper: string,
  action: 'get' | 'list',
  input: string,
  { environment }: CredentialSources,
  signal: AbortSignal,
): Promise<string | undefined> {
  // The name becomes part of a program's name: nothing that leads elsewhere.
  if (!/^[\w.-]+$/.test(helper)) return undefined;
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    const child = spawn(`docker-credential-${helper}`, [action], {
      env: { ...environment },
      stdio: ['pipe', 'pipe', 'ignore'],
      signal,
      windowsHide: true,
    });
    let output = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      output += text;
    });
    child.stdin.on('error', () => {});
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code === 0 ? output : undefined));
    child.stdin.end(input);
  });
}

function parseHelperReply(output: string, serveraddress: string): Credentials | undefined {
  try {
    const reply: { readonly Username?: unknown; readonly Secret?: unknown } = JSON.parse(output);
    if (typeof reply.Username !== 'string' || typeof reply.Secret !== 'string') return undefined;
    // By the helpers' protocol this name says that the secret is a token.
    return reply.Username === '<token>'
      ? { identitytoken: reply.Secret, serveraddress }
      : { username: reply.Username, password: reply.Secret, serveraddress };
  } catch {
    return undefined;
  }
}

function parseConfig(text: string | undefined): DockerConfig {
  if (text === undefined || text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
