import * as vscode from 'vscode';
import * as configuration from '../configuration.ts';
import { Settings } from '../ids.ts';
import type { EngineSession } from './engine-session.ts';
import type { ProjectFiles } from './project-files.ts';
import { joinStacks, type Stack } from './stacks.ts';

/** Files and engine together: what the tree shows and commands choose from. */
export class StackModel implements vscode.Disposable {
  readonly #files: ProjectFiles;
  readonly #engine: EngineSession;
  /** The keys of the stacks that changed; `undefined`: there are others now, or everything may look different. */
  readonly #changed = new vscode.EventEmitter<readonly string[] | undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #disposables: readonly vscode.Disposable[];
  #stacks: ReadonlyMap<string, Stack> = new Map();
  #connection = '';

  constructor(files: ProjectFiles, engine: EngineSession) {
    this.#files = files;
    this.#engine = engine;
    this.#disposables = [
      this.#changed,
      files.onDidChange(() => this.#join('all')),
      engine.onDidChange(({ projects, snapshot }) => {
        const same = snapshot.connection === this.#connection;
        this.#connection = snapshot.connection;
        this.#join(same ? projects : 'all');
      }),
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
    const joined = joinStacks(
      this.#files.declared,
      this.#engine.snapshot.projects,
      configuration.treeScope() === 'workspace',
    );
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
