import { dirname } from 'node:path';
import type { FileSystem } from '#compose/load/host.ts';
import { isCommit, type RemoteAddress } from '#compose/load/remote-address.ts';
import type { RemoteCache } from '#compose/load/remote-cache.ts';
import type { FetchedFile, RemoteFile, RemoteFiles } from '#compose/load/remote-files.ts';
import { type Phrase, phrase } from '#compose/problem/phrase.ts';
import type { Login } from '#compose/registry/session.ts';
import { registryAuth } from '../connect/registry-auth.ts';
import { artifactFiles, manifestOf } from './artifact-files.ts';
import { makeFolder, putFolder, putText, writeFiles } from './fetched-folder.ts';
import { checkOut, commitOf, lastWords } from './git.ts';
import { RegistryPull } from './registry-pull.ts';
import { remoteCache } from './machine-cache.ts';
import { RemoteFailure } from './remote-failure.ts';

/** Who fetches, and what of it is wanted. */
export interface RemoteAccess {
  readonly files: FileSystem;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Before any server is asked. A reason: it is not. */
  readonly mayAsk?: (address: RemoteAddress) => Promise<Phrase | undefined>;
  /** Once it is known what the address means, before that is fetched or used. A reason: it is not. */
  readonly mayUse?: (address: RemoteAddress, version: string) => Promise<Phrase | undefined>;
}

/** Remote files fetched into Docker Compose's cache: each address is asked for once, and a version that is there is not fetched again. */
export function fetchedFiles(access: RemoteAccess): RemoteFiles {
  const known = new Map<string, Promise<RemoteFile>>();
  return {
    locate(address) {
      const found = known.get(address.shown) ?? locate(address, access);
      known.set(address.shown, found);
      return found;
    },
  };
}

async function locate(address: RemoteAddress, access: RemoteAccess): Promise<RemoteFile> {
  const why = disabled(address, access) ?? (await access.mayAsk?.(address));
  if (why !== undefined) return { kind: 'absent', why };
  const cache = remoteCache(access);
  let source: Source;
  try {
    source =
      address.kind === 'git' ? await gitSource(address, cache, access) : await ociSource(address, access);
  } catch (error) {
    return (await whatIsHere(address, cache, error, access)) ?? failed(address, error);
  }
  const { version } = source;
  const unwanted = await access.mayUse?.(address, version);
  if (unwanted !== undefined) return { kind: 'absent', why: unwanted };
  try {
    const here = await cache.at(address, version);
    if (here === undefined) await putFolder(cache.folderOf(version), source.fill);
    if (!isFixed(address))
      await putText(cache.findingPath(address), JSON.stringify({ version, foundAt: access.now() }));
    return here ?? (await cache.at(address, version)) ?? failed(address, '');
  } catch (error) {
    return failed(address, error);
  }
}

/** What an address means now, and how to have it. */
interface Source {
  readonly version: string;
  readonly fill: (folder: string) => Promise<void>;
}

async function gitSource(
  address: Extract<RemoteAddress, { kind: 'git' }>,
  cache: RemoteCache,
  { environment, signal }: RemoteAccess,
): Promise<Source> {
  const folder = dirname(cache.folderOf('x'));
  await makeFolder(folder);
  const place = { environment, folder };
  const version = await commitOf(address, place, signal);
  return { version, fill: (into) => checkOut(address, version, into, place, signal) };
}

async function ociSource(
  address: Extract<RemoteAddress, { kind: 'oci' }>,
  access: RemoteAccess,
): Promise<Source> {
  const login = await loginAt(address.reference, access);
  const registry = new RegistryPull(address.reference, login, access.signal);
  const { digest, content } = await manifestOf(registry);
  return {
    version: digest,
    fill: async (into) => writeFiles(into, await artifactFiles(registry, content)),
  };
}

async function loginAt(
  reference: string,
  { environment, home, signal }: RemoteAccess,
): Promise<Login | undefined> {
  const encoded = await registryAuth({ environment, home })(reference, signal);
  if (encoded === undefined) return undefined;
  const read: { readonly username?: string; readonly password?: string; readonly identitytoken?: string } =
    JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
  if (read.identitytoken !== undefined) return { username: '', password: read.identitytoken };
  return { username: read.username ?? '', password: read.password ?? '' };
}

/** When nobody answers: what the address was found to mean before, with why, and since when. */
async function whatIsHere(
  address: RemoteAddress,
  cache: RemoteCache,
  error: unknown,
  { mayUse, signal }: RemoteAccess,
): Promise<FetchedFile | undefined> {
  const found = await cache.locate(address);
  if (signal.aborted || found.kind !== 'here' || found.foundAt === undefined) return undefined;
  if (isAnswer(error) || (await mayUse?.(address, found.version)) !== undefined) return undefined;
  const date = new Date(found.foundAt).toISOString().slice(0, 16).replace('T', ' ');
  const stale = phrase('remote-file-stale', {
    name: address.shown,
    reason: reasonOf(error),
    date: `${date} UTC`,
    version: found.version.slice(0, 12),
  });
  return { ...found, stale };
}

/** A server that says no is not one that is away. */
function isAnswer(error: unknown): boolean {
  const reason = reasonOf(error);
  return typeof reason !== 'string';
}

/** The address itself names the version. */
function isFixed(address: RemoteAddress): boolean {
  return address.kind === 'git' && isCommit(address.ref);
}

/** Docker Compose's own switches. What is no truth value counts as off. */
function disabled({ kind, shown }: RemoteAddress, { environment }: RemoteAccess): Phrase | undefined {
  const variable = kind === 'git' ? 'COMPOSE_EXPERIMENTAL_GIT_REMOTE' : 'COMPOSE_EXPERIMENTAL_OCI_REMOTE';
  const value = environment[variable] ?? '';
  if (value === '' || /^(?:1|t|T|TRUE|true|True)$/.test(value)) return undefined;
  return phrase('remote-file.disabled', { name: shown, variable });
}

function failed({ shown }: RemoteAddress, error: unknown): RemoteFile {
  return { kind: 'absent', why: phrase('remote-file.failed', { name: shown, reason: reasonOf(error) }) };
}

function reasonOf(error: unknown): Phrase | string {
  if (error instanceof RemoteFailure) return lastWords(error.reason);
  return error instanceof Error ? error.message : String(error);
}
