import * as vscode from 'vscode';
import type { OperationsUnderWay } from '#engine/observe/operations-under-way.ts';
import { Settings } from '../ids.ts';
import * as configuration from '../shared/configuration.ts';
import type { DeclaredProject } from './declared.ts';
import type { Engines } from './engines.ts';
import type { ProjectFiles } from './project-files.ts';
import { runningOn } from './running.ts';
import { joinStacks, otherStacks, type Stack, stacksOn } from './stacks.ts';

/**
 * Files, engines and what is under way together: what everything shows and commands choose from. One change is one notification: whatever shows
 * something of it changes in the same tick.
 */
export class StackModel implements vscode.Disposable {
  readonly #files: ProjectFiles;
  readonly #engines: Engines;
  readonly #operations: OperationsUnderWay;
  /** The keys of the stacks that changed; `undefined`: there are others now, or everything may look different. */
  readonly #changed = new vscode.EventEmitter<readonly string[] | undefined>();
  readonly onDidChange = this.#changed.event;
  readonly #disposables: readonly vscode.Disposable[];
  #stacks: ReadonlyMap<string, Stack> = new Map();
  #others: ReadonlyMap<string, Stack> = new Map();
  #connection = '';

  constructor(files: ProjectFiles, engines: Engines, operations: OperationsUnderWay) {
    this.#files = files;
    this.#engines = engines;
    this.#operations = operations;
    this.#disposables = [
      this.#changed,
      files.onDidChange(() => this.#join('all')),
      engines.chosen.onDidChange(({ projects, snapshot }) => {
        const same = snapshot.connection === this.#connection;
        this.#connection = snapshot.connection;
        this.#join(same ? projects : 'all');
      }),
      engines.onDidChangeAdded(() => this.#join('all')),
      { dispose: operations.onChange(({ project }) => this.#join(new Set([project]))) },
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(Settings.treeScope)) this.#join('all');
      }),
    ];
  }

  get stacks(): readonly Stack[] {
    return [...this.#stacks.values()];
  }

  /** Containers that Compose did not make, by engine and project: no projects, but commands work on them. */
  get others(): readonly Stack[] {
    return [...this.#others.values()];
  }

  /** What is known beside of them has changed: everything may look different. */
  touch(): void {
    this.#changed.fire(undefined);
  }

  /** Also one of the {@link others}. */
  stack(key: string): Stack | undefined {
    return this.#stacks.get(key) ?? this.#others.get(key);
  }

  /** A project that is not among them, as it is on the chosen engine. */
  joined(declared: DeclaredProject): Stack | undefined {
    return joinStacks(
      [declared],
      runningOn(this.#engines.chosen.snapshot, this.#operations, undefined),
      true,
    )[0];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #join(projects: ReadonlySet<string> | 'all'): void {
    const { declared } = this.#files;
    const { chosen, added } = this.#engines;
    const workspaceOnly = configuration.treeScope() === 'workspace';
    const joined = [
      ...joinStacks(declared, runningOn(chosen.snapshot, this.#operations, undefined), workspaceOnly),
      ...[...added].flatMap(([name, { snapshot }]) =>
        stacksOn(name, declared, runningOn(snapshot, this.#operations, name), workspaceOnly),
      ),
    ];
    const other = workspaceOnly
      ? []
      : [
          ...otherStacks('', runningOn(chosen.snapshot, this.#operations, undefined)),
          ...[...added].flatMap(([name, { snapshot }]) =>
            otherStacks(name, runningOn(snapshot, this.#operations, name)),
          ),
        ];
    const keys = () => [...this.#stacks.keys(), ...this.#others.keys()].join('\n');
    const before = keys();
    this.#stacks = new Map(joined.map((stack) => [stack.key, stack]));
    this.#others = new Map(other.map((stack) => [stack.key, stack]));
    const others = before !== keys();
    this.#changed.fire(
      projects === 'all' || others
        ? undefined
        : [...joined.filter(({ name }) => projects.has(name)), ...other].map(({ key }) => key),
    );
  }
}
