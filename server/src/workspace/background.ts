import { basename } from '#system/path.ts';
import { composeFileNames } from '#compose/load/discover.ts';
import type { Log } from '../log.ts';
import { pathOf } from '../to-lsp/uri.ts';
import { isEnvName, type SourceFile } from './files.ts';
import { projectFilesIn } from './find-projects.ts';
import { namesOf } from './names.ts';
import type { Projects } from './projects.ts';
import { wait } from './wait.ts';
import type { Workspace } from './workspace.ts';

export interface BackgroundReport {
  /** Says what is wrong with a file that is not open; nothing takes back what was said. */
  report(file: SourceFile): Promise<void>;
  withdraw(uri: string): void;
}

/** What was found out about a project: what it read, and which files were reported. */
interface Checked {
  readonly reads: ReadonlySet<string>;
  readonly reported: ReadonlySet<string>;
}

/** Nothing is loaded for so many milliseconds after an edit: whoever types comes first. */
const quiet = 300;

/**
 * Says what is wrong in the files of all projects of the workspace, before they are opened. Works through one file after the other, only while nobody types,
 * and keeps nothing loaded. What is open is the editor's: it asks.
 */
export class Background {
  readonly #workspace: Workspace;
  readonly #projects: Projects;
  readonly #report: BackgroundReport;
  readonly #log: Log;
  readonly #checked = new Map<string, Checked>();
  readonly #queue = new Set<string>();
  #stop = new AbortController();
  #running: Promise<void> | undefined;
  #wanted = false;
  #scan = false;
  #lastEdit = Number.NEGATIVE_INFINITY;

  constructor(workspace: Workspace, projects: Projects, report: BackgroundReport, log: Log) {
    this.#workspace = workspace;
    this.#projects = projects;
    this.#report = report;
    this.#log = log;
    workspace.onChange((change) => {
      if (change.kind === 'edited') this.#lastEdit = performance.now();
      if (change.uri !== undefined && change.kind === 'opened') this.#report.withdraw(change.uri);
      if (this.#wanted) this.#recheck(change.path === undefined ? (change.paths ?? []) : [change.path]);
    });
  }

  /** Switches it on or off; switched off, all is taken back. */
  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) this.all();
    else {
      this.stop();
      for (const { reported } of this.#checked.values())
        for (const uri of reported) this.#report.withdraw(uri);
      this.#checked.clear();
    }
  }

  /** Everything is looked at again: settings or folders have changed. */
  all(): void {
    if (!this.#wanted) return;
    this.#scan = true;
    this.#begin();
  }

  stop(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#queue.clear();
    this.#scan = false;
  }

  #recheck(paths: readonly string[]): void {
    const changed = new Set(paths);
    for (const [path, { reads }] of this.#checked)
      if (changed.has(path) || paths.some((each) => reads.has(each))) this.#queue.add(path);
    for (const path of changed) if (composeFileNames.includes(basename(path))) this.#queue.add(path);
    if (this.#queue.size > 0) this.#begin();
  }

  #begin(): void {
    this.#running ??= this.#run(this.#stop.signal)
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted && !isAbort(error))
          this.#log.error(`Looking at the workspace failed: ${String(error)}`);
      })
      .finally(() => {
        this.#running = undefined;
        if (this.#scan || this.#queue.size > 0) this.#begin();
      });
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (this.#scan || this.#queue.size > 0) {
      if (this.#scan) {
        this.#scan = false;
        const gone = new Set(this.#checked.keys());
        await this.#pause(signal);
        for await (const path of projectFilesIn(this.#workspace.files, this.#workspace.folders)) {
          gone.delete(path);
          await this.#check(path, signal);
        }
        for (const path of gone) this.#queue.add(path);
      }
      const [next] = this.#queue;
      if (next === undefined) continue;
      this.#queue.delete(next);
      await this.#check(next, signal);
    }
  }

  /** Gives way to everybody who asks, and to who types until there is a pause. */
  async #pause(signal: AbortSignal): Promise<void> {
    await wait(0, signal);
    for (;;) {
      const left = this.#lastEdit + quiet - performance.now();
      if (left <= 0) return;
      await wait(left, signal);
    }
  }

  async #check(path: string, signal: AbortSignal): Promise<void> {
    await this.#pause(signal);
    const before = this.#checked.get(path)?.reported ?? new Set();
    const reported = new Set<string>();
    if ((await this.#workspace.files.stat(path)) === 'file') {
      const loaded = await this.#projects.load(await this.#projects.of(path));
      this.#checked.set(path, { reads: loaded.reads, reported });
      for (const file of await this.#filesOf(path, loaded)) {
        if (this.#workspace.open(file.uri) !== undefined) continue;
        await this.#pause(signal);
        await this.#report.report(file);
        reported.add(file.uri);
      }
    } else this.#checked.delete(path);
    const others = [...this.#checked].filter(([other]) => other !== path);
    for (const uri of before)
      if (!reported.has(uri) && !others.some(([, each]) => each.reported.has(uri)))
        this.#report.withdraw(uri);
    this.#projects.release();
  }

  /** Of a base, all files of the project; of a variant, it alone. */
  async #filesOf(
    path: string,
    loaded: Awaited<ReturnType<Projects['load']>>,
  ): Promise<readonly SourceFile[]> {
    if (loaded.reference.kind === 'variant') {
      const file = await this.#workspace.file(path);
      return file === undefined ? [] : [file];
    }
    const { files } = await namesOf(this.#workspace, loaded.reference);
    const found = new Map(files.map((file) => [file.uri, file]));
    const broken = loaded.result.problems.map(({ span }) => pathOf(span.uri));
    for (const other of new Set([...broken, ...[...loaded.reads].filter(isEnvName)])) {
      if (/\.ya?ml$/.test(other)) continue;
      const file = await this.#workspace.file(other, 'env');
      if (file !== undefined) found.set(file.uri, file);
    }
    return [...found.values()];
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
