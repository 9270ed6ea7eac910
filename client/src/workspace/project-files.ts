import * as vscode from 'vscode';
import { load } from '#compose/load/load.ts';
import type { RemoteFiles } from '#compose/load/remote-files.ts';
import type { LoadRequest, LoadResult } from '#compose/load/request.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import type { EnvironmentChoices } from '../environments/choices.ts';
import { applyChoice } from '../environments/environment.ts';
import { ignoredGlob } from '../ids.ts';
import type { UpOptions } from '#engine/operations/up.ts';
import { modelsToRun } from '../remote/models-to-run.ts';
import { providersToRun } from '../remote/provider-consent.ts';
import { remoteFromCache, remoteToRun } from '../remote/remote-consent.ts';
import { knownSecrets } from '../shared/known-secrets.ts';
import type { Log } from '../shared/output.ts';
import { type DeclaredProject, toDeclared } from './declared.ts';
import { composeGlob, discover, type ProjectReference } from './discover.ts';
import { filesOf, isUntouched } from './untouched.ts';

/** More compose files than this in one workspace are someone's archive, not someone's projects: how many are left out is logged and shown. */
export const mostFiles = 5000;

/** Projects that are loaded before others get their turn. */
const atOnce = 8;

/**
 * The projects that the workspace's files make up, as they are on the disk. Loaded when first asked for, again when a file they were read from
 * changes. The same list for the tree and for every command.
 */
export class ProjectFiles implements vscode.Disposable {
  readonly #log: Log;
  readonly #choices: EnvironmentChoices;
  readonly #answers: vscode.Memento | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #disposables: vscode.Disposable[] = [this.#changed];
  #references: readonly ProjectReference[] = [];
  readonly #declared = new Map<string, DeclaredProject>();
  #refreshing: Promise<void> | undefined;
  #stale = false;
  /** What has changed since the last look, by path; `undefined`: anything may have. */
  #touched: Set<string> | undefined;
  #isCut = false;

  /** `answers`: where it is kept which remote files were agreed to; without it none is fetched. */
  constructor(log: Log, choices: EnvironmentChoices, answers?: vscode.Memento) {
    this.#log = log;
    this.#choices = choices;
    this.#answers = answers;
    this.#disposables.push(choices.onDidChange(() => void this.refresh()));
    for (const glob of [composeGlob, '**/.env', '**/*.env']) {
      const watcher = vscode.workspace.createFileSystemWatcher(glob);
      const touch = (uri: vscode.Uri) => {
        if (!/[\\/](?:node_modules|\.git)[\\/]/.test(uri.fsPath)) void this.#refreshFor(uri.fsPath);
      };
      this.#disposables.push(
        watcher,
        watcher.onDidChange(touch),
        watcher.onDidCreate(touch),
        watcher.onDidDelete(touch),
      );
    }
    this.#disposables.push(vscode.workspace.onDidChangeWorkspaceFolders(() => void this.refresh()));
    // Files that a project includes or extends can have any name.
    this.#disposables.push(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (this.declared.some((each) => filesOf(each).has(uri.fsPath))) void this.#refreshFor(uri.fsPath);
      }),
    );
  }

  get references(): readonly ProjectReference[] {
    return this.#references;
  }

  get declared(): readonly DeclaredProject[] {
    return this.#references.flatMap(({ id }) => this.#declared.get(id) ?? []);
  }

  /** There are more compose files in the workspace than are looked at. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Looks again, at everything. Calls while one is under way share one more look after it. */
  refresh(): Promise<void> {
    this.#touched = undefined;
    return this.#lookSoon();
  }

  #refreshFor(path: string): Promise<void> {
    this.#touched?.add(path);
    return this.#lookSoon();
  }

  #lookSoon(): Promise<void> {
    if (this.#refreshing !== undefined) {
      this.#stale = true;
      return this.#refreshing;
    }
    this.#refreshing = (async () => {
      do {
        this.#stale = false;
        await this.#look();
      } while (this.#stale);
    })().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** What services with a `provider` or `models` come from: programs that the user agrees to once; where no answer can be kept, no provider. */
  get programs(): Pick<UpOptions, 'providers' | 'models'> {
    return {
      ...(this.#answers !== undefined && { providers: providersToRun(this.#answers) }),
      models: modelsToRun(),
    };
  }

  /** One project from the disk as it is now, to be run: its remote files are fetched, once the user agrees. */
  loadToRun(reference: ProjectReference, options: Partial<LoadRequest> = {}): Promise<LoadResult> {
    const remote = this.#answers === undefined ? undefined : remoteToRun(this.#answers);
    return this.#load(reference, options, remote ?? remoteFromCache());
  }

  /** One project from the disk as it is now; its remote files as they were fetched before. */
  load(reference: ProjectReference, options: Partial<LoadRequest> = {}): Promise<LoadResult> {
    return this.#load(reference, options, remoteFromCache());
  }

  async #load(
    reference: ProjectReference,
    options: Partial<LoadRequest>,
    remote: RemoteFiles | undefined,
  ): Promise<LoadResult> {
    const request: LoadRequest = {
      cwd: reference.directory,
      ...(reference.files.length > 0 && { files: reference.files, projectDirectory: reference.directory }),
      ...(reference.envFiles !== undefined && { envFiles: reference.envFiles }),
      // None at all is said by an empty name: without it, COMPOSE_PROFILES counts.
      ...(reference.profiles !== undefined && {
        profiles: reference.profiles.length === 0 ? [''] : reference.profiles,
      }),
      ...(reference.projectName !== undefined && { projectName: reference.projectName }),
      ...options,
    };
    const host = { ...nodeHost(process.env), remote };
    const result = await load(host, request);
    const known = result.loaded ?? result.partial;
    // Before anything of it can be shown.
    if (known !== undefined)
      await knownSecrets.learnFrom(known, vscode.workspace.isTrusted ? host.files : undefined);
    return result;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #look(): Promise<void> {
    const touched = this.#touched;
    this.#touched = new Set();
    // Where no folder is on a disk there is nothing to run, and a search may wait for ever for someone who can search there.
    const onDisk = vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme === 'file') === true;
    const uris = onDisk ? await vscode.workspace.findFiles(composeGlob, ignoredGlob, mostFiles + 1) : [];
    this.#isCut = uris.length > mostFiles;
    if (this.#isCut)
      this.#log.warn(`More than ${mostFiles} compose files in this workspace: the rest is not looked at.`);
    const paths = uris.slice(0, mostFiles).filter(({ scheme }) => scheme === 'file');
    const references = discover(paths.map(({ fsPath }) => fsPath)).map((each) =>
      applyChoice(each, this.#choices.of(each.id)),
    );
    const isOld = (reference: ProjectReference) => {
      const declared = this.#declared.get(reference.id);
      return touched === undefined || declared === undefined || !isUntouched(declared, reference, touched);
    };
    await this.#read(references.filter(isOld));
    const named = references.map(({ mainFile }) => mainFile).join(', ');
    if (named !== this.#references.map(({ mainFile }) => mainFile).join(', '))
      this.#log.info(`Projects in this workspace: ${named === '' ? 'none' : named}`);
    this.#references = references;
    this.#changed.fire();
  }

  /** A few at a time: hundreds of projects together would hold up the whole window. */
  async #read(references: readonly ProjectReference[]): Promise<void> {
    for (let at = 0; at < references.length; at += atOnce) {
      const some = references.slice(at, at + atOnce);
      const loaded = await Promise.all(some.map(async (each) => [each, await this.load(each)] as const));
      for (const [reference, result] of loaded)
        this.#declared.set(reference.id, toDeclared(reference, result, this.#declared.get(reference.id)));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
