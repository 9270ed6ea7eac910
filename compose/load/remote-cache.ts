import { sha256 } from '../model/sha256.ts';
import { phrase } from '../problem/phrase.ts';
import { composeFileNames } from './discover.ts';
import type { Environment, FileSystem } from './host.ts';
import { isCommit, type RemoteAddress, sourceOf } from './remote-address.ts';
import type { FetchedFile, RemoteFile, RemoteFiles } from './remote-files.ts';
import { systemPath } from './system-path.ts';

/** The machine whose cache it is. */
export interface CachePlace {
  readonly files: Pick<FileSystem, 'read' | 'stat' | 'list' | 'realPath'>;
  readonly environment: Environment;
  readonly home: string;
  readonly platform: 'posix' | 'windows';
  /** macOS, whose caches lie elsewhere. */
  readonly isMac?: boolean;
}

/** What an address was last found to mean. */
export interface Finding {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly foundAt: number;
}

/**
 * Docker Compose's own cache of remote files, a folder for each commit or digest, so that both tools name the same paths; and beside it, in a folder of
 * ours, what each address was last found to mean. Asks no server and writes nothing.
 */
export class RemoteCache implements RemoteFiles {
  readonly #place: CachePlace;

  constructor(place: CachePlace) {
    this.#place = place;
  }

  /** What was fetched of a version, whether it is there or not. Absolute. */
  folderOf(version: string): string {
    return this.#join(this.#root(), 'docker-compose', version);
  }

  /** Where {@link Finding} of an address is kept, as JSON. Absolute. */
  findingPath(address: RemoteAddress): string {
    return this.#join(this.#root(), 'composure', 'remote', `${sha256(sourceOf(address))}.json`);
  }

  async finding(address: RemoteAddress): Promise<Finding | undefined> {
    const read = await this.#place.files.read(this.findingPath(address), 'settings');
    return read.kind === 'text' ? findingIn(read.text) : undefined;
  }

  async locate(address: RemoteAddress): Promise<RemoteFile> {
    if (address.kind === 'git' && isCommit(address.ref))
      return (await this.at(address, address.ref)) ?? notFetched(address);
    const finding = await this.finding(address);
    if (finding === undefined) return notFetched(address);
    const found = await this.at(address, finding.version);
    if (found === undefined) return notFetched(address);
    return found.kind === 'here' ? { ...found, foundAt: finding.foundAt } : found;
  }

  /** The file that an address means in this version of it; `undefined` when the version is not here. */
  async at(address: RemoteAddress, version: string): Promise<RemoteFile | undefined> {
    const { files } = this.#place;
    const folder = this.folderOf(version);
    const names = await files.list(folder);
    // A fetch that failed leaves a folder with nothing but Git's own in it.
    if (!names.some((name) => name !== '.git')) return undefined;
    const path = await this.#fileIn(folder, address);
    if (path === undefined) {
      const inside = address.kind === 'git' && address.inside !== '' ? address.inside : '.';
      return { kind: 'absent', why: phrase('remote-file.no-file', { name: address.shown, inside }) };
    }
    return { kind: 'here', path, folder, version } satisfies FetchedFile;
  }

  async #fileIn(folder: string, address: RemoteAddress): Promise<string | undefined> {
    const { files, platform } = this.#place;
    const paths = systemPath(platform);
    if (address.kind === 'oci') {
      const path = paths.join(folder, 'compose.yaml');
      return (await files.stat(path)) === 'file' ? path : undefined;
    }
    if (paths.isAbsolute(address.inside)) return undefined;
    const path = paths.join(folder, address.inside);
    const kind = await files.stat(path);
    const candidates = kind === 'directory' ? composeFileNames.map((name) => paths.join(path, name)) : [path];
    for (const candidate of candidates) {
      if (!paths.isInside(candidate, folder) || (await files.stat(candidate)) !== 'file') continue;
      // A link of the repository's may lead to any file of this machine.
      const [real, root] = await Promise.all([this.#real(candidate), this.#real(folder)]);
      return paths.isInside(real, root) ? candidate : undefined;
    }
    return undefined;
  }

  async #real(path: string): Promise<string> {
    return this.#place.files.realPath?.(path) ?? path;
  }

  /** As Docker Compose has it; `LOCALAPPDATA` is the known folder that it asks Windows for. */
  #root(): string {
    const { environment, home, platform, isMac = false } = this.#place;
    if (environment.XDG_CACHE_HOME !== undefined) return environment.XDG_CACHE_HOME;
    if (platform === 'windows')
      return this.#join(environment.LOCALAPPDATA ?? this.#join(home, 'AppData', 'Local'), 'cache');
    return isMac ? this.#join(home, 'Library', 'Caches') : this.#join(home, '.cache');
  }

  #join(...parts: string[]): string {
    return systemPath(this.#place.platform).join(...parts);
  }
}

function notFetched({ shown }: RemoteAddress): RemoteFile {
  return { kind: 'absent', why: phrase('remote-file.not-fetched', { name: shown }) };
}

function findingIn(text: string): Finding | undefined {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null) return undefined;
    const { version, foundAt } = read as { readonly version?: unknown; readonly foundAt?: unknown };
    // It becomes the name of a folder.
    if (typeof version !== 'string' || !/^[0-9a-f]{40,64}$/.test(version)) return undefined;
    return typeof foundAt === 'number' ? { version, foundAt } : undefined;
  } catch {
    return undefined;
  }
}
