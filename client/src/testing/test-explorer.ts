import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { readFileText } from '#disk/read-file.ts';
import { ignoredGlob, testGlob } from '../ids.ts';
import { placesIn } from '../lens/service-places.ts';
import type { DebugContext } from '../debug/debug-context.ts';
import { maskSecrets } from '../shared/mask.ts';
import { CommandStreams } from '../terminal/command-streams.ts';
import { runCommand } from '../terminal/command-terminal.ts';
import { runTest } from './run-test.ts';
import { candidates, downLine, isComplete, isTestFile, type TestSet, toTestSet } from './test-set.ts';

const { l10n } = vscode;

/** More test files than this in one workspace are not looked at. */
const mostFiles = 200;

/** Compose files that describe tests, in the Test Explorer: each service that nothing depends on is a test. */
export class TestExplorer implements vscode.Disposable {
  readonly #workbench: DebugContext;
  /** Made with the first test: an empty one would show a view of nothing. */
  #made: vscode.TestController | undefined;
  readonly #sets = new Map<string, TestSet>();
  readonly #disposables: readonly vscode.Disposable[];

  constructor(workbench: DebugContext) {
    this.#workbench = workbench;
    const watcher = vscode.workspace.createFileSystemWatcher(testGlob);
    this.#disposables = [
      watcher,
      watcher.onDidCreate((uri) => this.#look(uri)),
      watcher.onDidChange((uri) => this.#look(uri)),
      watcher.onDidDelete((uri) => this.#forget(uri)),
    ];
    void this.#discover();
  }

  dispose(): void {
    this.#made?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  get #controller(): vscode.TestController {
    if (this.#made !== undefined) return this.#made;
    const controller = vscode.tests.createTestController('composure.tests', 'Compose');
    controller.refreshHandler = () => this.#discover();
    controller.createRunProfile(
      l10n.t('Run'),
      vscode.TestRunProfileKind.Run,
      (request, token) => this.#run(request, token),
      true,
    );
    controller.createRunProfile(l10n.t('Debug'), vscode.TestRunProfileKind.Debug, (request, token) =>
      this.#run(request, token, true),
    );
    this.#made = controller;
    return controller;
  }

  async #discover(): Promise<void> {
    const uris = await vscode.workspace.findFiles(testGlob, ignoredGlob, mostFiles);
    await Promise.all(uris.map((uri) => this.#look(uri)));
  }

  async #look(uri: vscode.Uri): Promise<void> {
    if (uri.scheme !== 'file') return;
    const text = await readFileText(uri.fsPath, 'compose').catch(() => '');
    const set = isTestFile(uri.fsPath, text) ? await this.#load(uri.fsPath) : undefined;
    if (set === undefined) {
      this.#forget(uri);
      return;
    }
    this.#sets.set(set.file, set);
    const item = this.#controller.createTestItem(set.file, vscode.workspace.asRelativePath(uri), uri);
    const { list } = placesIn(uri.toString(), text);
    const lines = text.split('\n');
    item.children.replace(
      set.tests.map((service) => {
        const child = this.#controller.createTestItem(`${set.file}\n${service}`, service, uri);
        const start = list.find(({ name }) => name === service)?.key.start;
        const line = start === undefined ? 0 : text.slice(0, start).split('\n').length - 1;
        child.range = new vscode.Range(line, 0, line, lines[line]?.length ?? 0);
        return child;
      }),
    );
    this.#controller.items.add(item);
  }

  #forget(uri: vscode.Uri): void {
    this.#sets.delete(uri.fsPath);
    this.#made?.items.delete(uri.fsPath);
  }

  /** The file by itself if that is a project, else on top of its base; `undefined` when it is neither. */
  async #load(file: string): Promise<TestSet | undefined> {
    const directory = dirname(file);
    const names = await readdir(directory).catch(() => []);
    for (const files of candidates(file, names)) {
      const reference = { id: file, directory, files, mainFile: file };
      const { loaded } = await this.#workbench.files.load(reference);
      if (loaded !== undefined && isComplete(loaded)) return toTestSet(file, files, loaded);
    }
    return undefined;
  }

  async #run(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    isDebugged = false,
  ): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const wanted = this.#wanted(request);
    for (const { tests } of wanted) for (const test of tests) run.enqueued(test);
    try {
      for (const { set, tests } of wanted) {
        if (token.isCancellationRequested) break;
        try {
          for (const test of tests) {
            if (token.isCancellationRequested) run.skipped(test);
            else if (!isDebugged) await runTest(run, set, test, token);
            else await (await import('./debug-test.ts')).debugTest(this.#workbench, run, set, test, token);
          }
        } finally {
          await takeDown(run, set);
        }
      }
    } finally {
      run.end();
    }
  }

  #wanted({ include, exclude = [] }: vscode.TestRunRequest): readonly {
    readonly set: TestSet;
    readonly tests: readonly vscode.TestItem[];
  }[] {
    const roots: vscode.TestItem[] = [];
    this.#controller.items.forEach((item) => {
      roots.push(item);
    });
    return roots.flatMap((root) => {
      const set = this.#sets.get(root.id);
      const tests: vscode.TestItem[] = [];
      root.children.forEach((child) => {
        const isIn = include === undefined || include.includes(root) || include.includes(child);
        if (isIn && !exclude.includes(child) && !exclude.includes(root)) tests.push(child);
      });
      return set === undefined || tests.length === 0 ? [] : [{ set, tests }];
    });
  }
}

async function takeDown(run: vscode.TestRun, set: TestSet): Promise<void> {
  const streams = new CommandStreams((text) => run.appendOutput(maskSecrets(text)));
  await runCommand(downLine(set), streams);
  streams.flush();
}
