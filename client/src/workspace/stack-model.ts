import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import { Settings } from '../ids.ts';
import type { Engines } from './engines.ts';
import type { ProjectFiles } from './project-files.ts';
import { joinStacks, type Stack, stacksOn } from './stacks.ts';

/** Files and engines together: what the tree shows and commands choose from. */
export class StackModel implements vscode.Disposable {
  readonly #files: ProjectFiles;
  readonly #engines: Engines;
  /** The keys of the stacks that changed; `undefined`: there are others now, or everything may look different. */
  readonly #changed = new vscode.EventEmitter<readonly string[] | undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #disposables: readonly vscode.Disposable[];
  #stacks: ReadonlyMap<string, Stack> = new Map();
  #connection = '';

  constructor(files: ProjectFiles, engines: Engines) {
    this.#files = files;
    this.#engines = engines;
    this.#disposables = [
      this.#changed,
      files.onDidChange(() => this.#join('all')),
      engines.chosen.onDidChange(({ projects, snapshot }) => {
        const same = snapshot.connection === this.#connection;
        this.#connection = snapshot.connection;
        this.#join(same ? projects : 'all');
      }),
      engines.onDidChangeAdded(() => this.#join('all')),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(Settings.treeScope)) this.#join('all');
      }),
    ];
  }

  get stacks(): readonly Stack[] {
    return [...this.#stacks.values()];
  }

  stack(key: string): Stack | undefined {
    return this.#stacks.get(key);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #join(projects: ReadonlySet<string> | 'all'): void {
    const { declared } = this.#files;
    const workspaceOnly = configuration.treeScope() === 'workspace';
    const joined = [
      ...joinStacks(declared, this.#engines.chosen.snapshot.projects, workspaceOnly),
      ...[...this.#engines.added].flatMap(([name, { snapshot }]) =>
        stacksOn(name, declared, snapshot.projects, workspaceOnly),
      ),
    ];
    const before = [...this.#stacks.keys()].join('\n');
    this.#stacks = new Map(joined.map((stack) => [stack.key, stack]));
    const others = before !== [...this.#stacks.keys()].join('\n');
    this.#changed.fire(
      projects === 'all' || others
        ? undefined
        : joined.filter(({ name }) => projects.has(name)).map(({ key }) => key),
    );
  }
}
