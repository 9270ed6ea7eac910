import * as vscode from 'vscode';
import type { LoadRequest, LoadResult } from '#compose/load/request.ts';
import { load } from '#compose/load/load.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import type { EnvironmentChoices } from '../environments/choices.ts';
import { applyChoice } from '../environments/environment.ts';
import { ignoredGlob } from '../ids.ts';
import { knownSecrets } from '../shared/known-secrets.ts';
import type { Log } from '../shared/output.ts';
import { type DeclaredProject, toDeclared } from './declared.ts';
import { composeGlob, discover, type ProjectReference } from './discover.ts';
import { recordOf } from '#compose/values/record.ts';

/** More compose files than this in one workspace are someone's archive, not someone's projects. */
const mostFiles = 300;

/**
 * The projects that the workspace's files make up, as they are on the disk. Loaded when first asked for, again when a file they were read from
 * changes. The same list for the tree and for every command.
 */
export class ProjectFiles implements vscode.Disposable {
  readonly #log: Log;
  readonly #choices: EnvironmentChoices;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #disposables: vscode.Disposable[] = [this.#changed];
  #references: readonly ProjectReference[] = [];
  readonly #declared = new Map<string, DeclaredProject>();
  #refreshing: Promise<void> | undefined;
  #stale = false;

  constructor(log: Log, choices: EnvironmentChoices) {
    this.#log = log;
    this.#choices = choices;
    this.#disposables.push(choices.onDidChange(() => void this.refresh()));
    for (const glob of [composeGlob, '**/.env', '**/*.env']) {
      const watcher = vscode.workspace.createFileSystemWatcher(glob);
      const touch = (uri: vscode.Uri) => {
        if (!/[\\/](?:node_modules|\.git)[\\/]/.test(uri.fsPath)) void this.refresh();
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
        if (this.#isPart(uri.fsPath)) void this.refresh();
      }),
    );
  }

  get references(): readonly ProjectReference[] {
    return this.#references;
  }

  get declared(): readonly DeclaredProject[] {
    return this.#references.flatMap(({ id }) => this.#declared.get(id) ?? []);
  }

  /** Looks again. Calls while one is under way share one more look after it. */
  refresh(): Promise<void> {
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

  /** One project from the disk as it is now. */
  async load(reference: ProjectReference, options: Partial<LoadRequest> = {}): Promise<LoadResult> {
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
    const host = nodeHost(environment());
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
    // Where no folder is on a disk there is nothing to run, and a search may wait for ever for someone who can search there.
    const onDisk = vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme === 'file') === true;
    const uris = onDisk ? await vscode.workspace.findFiles(composeGlob, ignoredGlob, mostFiles) : [];
    const found = discover(uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath));
    const references = found.map((each) => applyChoice(each, this.#choices.of(each.id)));
    const loaded = await Promise.all(references.map(async (each) => [each, await this.load(each)] as const));
    for (const [reference, result] of loaded)
      this.#declared.set(reference.id, toDeclared(reference, result, this.#declared.get(reference.id)));
    const named = references.map(({ mainFile }) => mainFile).join(', ');
    if (named !== this.#references.map(({ mainFile }) => mainFile).join(', '))
      this.#log.info(`Projects in this workspace: ${named === '' ? 'none' : named}`);
    this.#references = references;
    this.#changed.fire();
  }

  /** It was read for a project, also because another file includes or extends it. */
  #isPart(path: string): boolean {
    return this.declared.some(({ loaded }) => {
      if (loaded === undefined) return false;
      const { files, envFiles, trace } = loaded;
      const read = [...(trace?.texts.keys() ?? [])].map((uri) => vscode.Uri.parse(uri).fsPath);
      return files.includes(path) || envFiles.includes(path) || read.includes(path);
    });
  }
}

function environment(): Record<string, string> {
  const variables: Record<string, string> = recordOf();
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) variables[name] = value;
  return variables;
}
