import type { ProjectReference } from './project-reference.ts';
import { dirname, join } from '#system/path.ts';
import { projectRemarks } from '#compose/check/project-remarks.ts';
import type { FileSystem, Host } from '#compose/load/host.ts';
import { composeFileNames } from '#compose/load/discover.ts';
import { load } from '#compose/load/load.ts';
import { RemoteCache } from '#compose/load/remote-cache.ts';
import type { RemoteFiles } from '#compose/load/remote-files.ts';
import type { LoadRequest, LoadResult } from '#compose/load/request.ts';
import { isOnDisk } from '../to-lsp/uri.ts';
import type { Problem } from '#compose/problem/problem.ts';
import type { ServerHost } from '../host.ts';
import type { Log } from '../log.ts';
import type { ChosenProject } from '../protocol.ts';
import { breather } from './breather.ts';
import { directoryFor } from './directories.ts';
import { fileSetOf } from './file-sets.ts';
import { missingPaths } from './missing-paths.ts';
import { withTexts } from './with-texts.ts';
import type { Workspace } from './workspace.ts';

export interface LoadedReference {
  readonly reference: ProjectReference;
  readonly result: LoadResult;
  /** Every path that was looked at: a change of one of them makes the result outdated. */
  readonly reads: ReadonlySet<string>;
  /** The workspace's revision when loading began: later edits are not in the result. */
  readonly revision: number;
}

interface Loading {
  readonly promise: Promise<LoadedReference>;
  /** The newest finished result, this loading's own or an earlier one's. */
  newest: LoadedReference | undefined;
  state: 'running' | 'current' | 'outdated';
}

/** How a document's project was found: by its name, or by what these loads showed. */
interface Finding {
  readonly basis: ReadonlySet<LoadedReference>;
  readonly reference: Promise<ProjectReference>;
}

/** Finds the project of each document and keeps it loaded until something it read changes. */
export class Projects {
  readonly #workspace: Workspace;
  #chosen: readonly ChosenProject[] = [];
  readonly #host: ServerHost;
  readonly #log: Log;
  readonly #loads = new Map<string, Loading>();
  readonly #references = new Map<string, Finding>();

  constructor(workspace: Workspace, host: ServerHost, log: Log) {
    this.#workspace = workspace;
    this.#host = host;
    this.#log = log;
    workspace.onChange((change) => {
      if (change.kind !== 'edited') this.#references.clear();
      const path = change.path;
      for (const loading of this.#loads.values()) {
        const unread = path !== undefined && loading.state === 'current' && !loading.newest?.reads.has(path);
        if (!unread) loading.state = 'outdated';
      }
      if (change.kind === 'closed') this.#forgetUnused();
    });
  }

  /** What the user chose, in order of preference. Comes before what names suggest. */
  choose(projects: readonly ChosenProject[]): void {
    this.#chosen = projects;
    this.#references.clear();
  }

  /** The project to understand a document in. */
  of(path: string): Promise<ProjectReference> {
    const known = this.#workspace.watching ? this.#references.get(path) : undefined;
    return (known ?? this.#begin(path)).reference;
  }

  /** The same, found anew if what it was found by may have been edited since. */
  async settled(path: string): Promise<ProjectReference> {
    const known = this.#references.get(path);
    if (known !== undefined) {
      await known.reference;
      if ([...known.basis].every((loaded) => this.#isCurrent(loaded))) return known.reference;
    }
    return this.#begin(path).reference;
  }

  #begin(path: string): Finding {
    const basis = new Set<LoadedReference>();
    const finding = { basis, reference: this.#find(path, basis) };
    this.#references.set(path, finding);
    return finding;
  }

  #isCurrent(loaded: LoadedReference): boolean {
    const newest = this.newest(loaded.reference);
    return newest?.current === true && newest.loaded === loaded;
  }

  /** The compose file that Docker Compose finds in a directory. */
  baseIn(directory: string): Promise<string | undefined> {
    return baseIn(this.#workspace.files, directory);
  }

  /** A document on its own, whatever its neighbours are. */
  alone(path: string): ProjectReference {
    return this.#reference([path], 'alone');
  }

  /** The projects that may use a file: those of open documents, those that were chosen, those in its directory and above it. */
  async around(path: string): Promise<readonly ProjectReference[]> {
    const found = new Map<string, ProjectReference>();
    const add = (reference: ProjectReference) => found.set(reference.id, reference);
    for (const file of this.#workspace.openComposeFiles)
      if (isOnDisk(file.path)) add(await this.of(file.path));
    for (const project of this.#chosen) add(this.#chosenReference(project));
    for (const [base] of await this.#basesInAndAbove(dirname(path)))
      if (base !== undefined) add(await this.of(base));
    return [...found.values()];
  }

  /** The project as it is now. */
  load(reference: ProjectReference): Promise<LoadedReference> {
    const known = this.#loads.get(reference.id);
    const usable = known?.state === 'running' || (known?.state === 'current' && this.#workspace.watching);
    if (known !== undefined && usable) return known.promise;
    const loading: Loading = {
      promise: this.#load(reference).then((loaded) => {
        loading.newest = loaded;
        if (loading.state === 'running') loading.state = 'current';
        return loaded;
      }),
      newest: known?.newest,
      state: 'running',
    };
    this.#loads.set(reference.id, loading);
    return loading.promise;
  }

  /** The project as it would be with other texts at some paths. Nothing of that is kept. */
  loadWith(reference: ProjectReference, texts: ReadonlyMap<string, string>): Promise<LoadResult> {
    return this.#loadOrLog(reference, new Set(), texts);
  }

  /** The project as it is run: with the profiles that are on, and without what nothing uses. */
  loadToRun({ request, profiles = [] }: ProjectReference): Promise<LoadResult> {
    return load(this.#loadHost(new Set()), { ...request, profiles, allResources: false });
  }

  /** The newest result there is, and whether it is up to date. */
  newest(reference: ProjectReference): { loaded: LoadedReference; current: boolean } | undefined {
    const loading = this.#loads.get(reference.id);
    if (loading?.newest === undefined) return undefined;
    return { loaded: loading.newest, current: loading.state === 'current' && this.#workspace.watching };
  }

  /** Lets go of all that no open document needs: of what was loaded to be looked at once. */
  release(): void {
    this.#forgetUnused();
    const needed = new Set<string>();
    for (const { newest, state } of this.#loads.values()) {
      // What is being read now is needed by who reads it.
      if (state === 'running') return;
      for (const path of newest?.reads ?? []) needed.add(path);
    }
    this.#workspace.forgetAllBut(needed);
    const open = new Set([...this.#workspace.openFiles].map(({ path }) => path));
    for (const path of this.#references.keys()) if (!open.has(path)) this.#references.delete(path);
  }

  /** Projects of which no file is open any more are not kept. */
  #forgetUnused(): void {
    const open = new Set([...this.#workspace.openFiles].map(({ path }) => path));
    for (const [id, loading] of this.#loads) {
      const { newest } = loading;
      if (newest !== undefined && [...newest.reads].every((path) => !open.has(path))) this.#loads.delete(id);
    }
  }

  async #find(path: string, basis: Set<LoadedReference>): Promise<ProjectReference> {
    const chosen = this.#chosen.find((project) => project.files.includes(path));
    if (chosen !== undefined) return this.#chosenReference(chosen);
    const set = await fileSetOf(this.#workspace.files, path);
    if (set.kind === 'alone') {
      const parent = await this.#includer(path, basis);
      if (parent !== undefined) return parent;
      const base = await this.#missedBase(path, basis);
      if (base !== undefined) return this.#reference([...base, path], 'variant');
    }
    return this.#reference(set.files, set.kind);
  }

  async #load(reference: ProjectReference): Promise<LoadedReference> {
    const reads = new Set<string>();
    const revision = this.#workspace.revision;
    const breathe = breather();
    const found = await this.#loadOrLog(reference, reads);
    await breathe();
    const remarks = found.loaded === undefined ? [] : projectRemarks(found.loaded, reference.profiles);
    const missing = await this.#missingPaths(reference, reads);
    const result = { ...found, problems: [...found.problems, ...remarks, ...missing] };
    return { reference, result, reads, revision };
  }

  /** A bug in loading must not take down what needs no project. */
  async #loadOrLog(
    reference: ProjectReference,
    reads: Set<string>,
    texts: ReadonlyMap<string, string> = new Map(),
  ): Promise<LoadResult> {
    try {
      const host = this.#loadHost(reads);
      return await load(texts.size === 0 ? host : withTexts(host, texts, this.#workspace), reference.request);
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#log.error(`Loading ${reference.id} failed: ${detail}`);
      return { loaded: undefined, problems: [] };
    }
  }

  async #missingPaths(reference: ProjectReference, reads: Set<string>): Promise<readonly Problem[]> {
    const problems: Problem[] = [];
    const stat = (path: string) => {
      reads.add(path);
      return this.#workspace.files.stat(path);
    };
    for (const path of [...reads]) {
      const file = /\.ya?ml$/.test(path) && isOnDisk(path) ? await this.#workspace.file(path) : undefined;
      if (file === undefined) continue;
      problems.push(...(await missingPaths(file, directoryFor(file, reference), stat)));
    }
    return problems;
  }

  #loadHost(reads: Set<string>): Host {
    const { files } = this.#workspace;
    const recorded: FileSystem = {
      read(path, kind) {
        reads.add(path);
        return files.read(path, kind);
      },
      stat(path) {
        reads.add(path);
        return files.stat(path);
      },
      list(path) {
        reads.add(path);
        return files.list(path);
      },
      realPath: async (path) => files.realPath?.(path) ?? path,
    };
    return {
      files: recorded,
      remote: this.#remote(recorded),
      environment: this.#host.environment,
      home: this.#host.home,
      platform: this.#host.platform,
      uriOf: (path) => this.#workspace.uriOf(path),
      breathe: breather(),
      parsed: (uri, text) => {
        const file = this.#workspace.known(uri);
        return file?.text === text && file.uri === uri ? file.parsed : undefined;
      },
    };
  }

  /** Remote files that were fetched already; absent where none is read. */
  get remote(): RemoteFiles | undefined {
    return this.#remote(this.#workspace.files);
  }

  /** The server asks nobody. */
  #remote(files: FileSystem): RemoteFiles | undefined {
    const { environment, home, platform, remoteCache } = this.#host;
    if (remoteCache === undefined || !this.#workspace.trusted) return undefined;
    return new RemoteCache({ files, environment, home, platform, isMac: remoteCache.isMac });
  }

  #reference(files: readonly string[], kind: ProjectReference['kind']): ProjectReference {
    return {
      id: JSON.stringify(files),
      kind,
      request: {
        cwd: dirname(files[0] ?? '/'),
        files,
        profiles: ['*'],
        allResources: true,
        ...this.#confined(files[0] ?? ''),
      },
    };
  }

  #chosenReference(project: ChosenProject): ProjectReference {
    const { files, ...options } = project;
    return {
      id: JSON.stringify(project),
      kind: 'chosen',
      ...(project.profiles === undefined || project.profiles.length === 0
        ? {}
        : { profiles: project.profiles }),
      request: {
        cwd: project.projectDirectory ?? dirname(files[0] ?? '/'),
        files,
        ...options,
        profiles: ['*'],
        allResources: true,
        ...this.#confined(files[0] ?? ''),
      },
    };
  }

  #confined(first: string): Pick<LoadRequest, 'confinedTo'> {
    const { folders } = this.#workspace;
    const folder = folders.find((each) => first.startsWith(`${each}/`)) ?? folders[0];
    return this.#workspace.trusted || folder === undefined ? {} : { confinedTo: folder };
  }

  /** The project that includes or extends from a file: one beside it, or in a directory above it up to the workspace's folder. */
  async #includer(path: string, basis: Set<LoadedReference>): Promise<ProjectReference | undefined> {
    if (!isOnDisk(path)) return undefined;
    for (const candidate of await this.#basesAbove(path)) {
      const reference = this.#reference(candidate, 'included');
      const loaded = await this.load(reference);
      basis.add(loaded);
      if (loaded.reads.has(path)) return reference;
    }
    return undefined;
  }

  /** The base that a file goes on top of which lacks something by itself: in its directory, or in one above it up to the workspace's folder. */
  async #missedBase(path: string, basis: Set<LoadedReference>): Promise<readonly string[] | undefined> {
    if (!isOnDisk(path)) return undefined;
    const [base] = await this.#basesInAndAbove(dirname(path));
    if (base === undefined || base.includes(path)) return undefined;
    const loaded = await this.load(this.alone(path));
    basis.add(loaded);
    return loaded.result.problems.some(({ code, severity }) => severity === 'error' && isLack(code))
      ? base
      : undefined;
  }

  async #basesAbove(path: string): Promise<(readonly string[])[]> {
    const found: (readonly string[])[] = [];
    for (const file of this.#workspace.openComposeFiles) {
      if (file.path === path || !isOnDisk(file.path)) continue;
      found.push((await fileSetOf(this.#workspace.files, file.path)).files);
    }
    found.push(...(await this.#basesInAndAbove(dirname(path))));
    return found.filter((files) => !files.includes(path));
  }

  async #basesInAndAbove(from: string): Promise<(readonly string[])[]> {
    const found: (readonly string[])[] = [];
    let directory = from;
    for (let depth = 0; depth < 8; depth += 1) {
      const base = await baseIn(this.#workspace.files, directory);
      if (base !== undefined) found.push((await fileSetOf(this.#workspace.files, base)).files);
      const parent = dirname(directory);
      if (parent === directory || this.#workspace.folders.includes(directory)) break;
      directory = parent;
    }
    return found;
  }
}

/** Problems that another file of the project may take away. */
function isLack(code: string): boolean {
  return /^(?:undefined-|no-image-or-build$|extends-not-found$|schema-required$)/.test(code);
}

async function baseIn(files: FileSystem, directory: string): Promise<string | undefined> {
  const names = new Set(await files.list(directory));
  for (const name of composeFileNames) {
    if (names.has(name)) return join(directory, name);
  }
  return undefined;
}
