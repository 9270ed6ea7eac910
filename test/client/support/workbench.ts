import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type * as api from 'vscode';
import { EngineError } from '#engine/api/engine-error.ts';
import { OperationsUnderWay } from '#engine/observe/operations-under-way.ts';
import { EnvironmentChoices } from '../../../client/src/environments/choices.ts';
import { KeptUndos } from '../../../client/src/kubernetes/kept-undos.ts';
import { Rollouts } from '../../../client/src/kubernetes/rollouts.ts';
import { Panels } from '../../../client/src/panels/panels.ts';
import { Once } from '../../../client/src/shared/once.ts';
import { Log } from '../../../client/src/shared/output.ts';
import { SwarmWatch } from '../../../client/src/swarm/swarm-watch.ts';
import { LogTerminals } from '../../../client/src/terminal/log-terminals.ts';
import { Since } from '../../../client/src/tree/since.ts';
import { Engines } from '../../../client/src/workspace/engines.ts';
import { ProblemReports } from '../../../client/src/workspace/problem-reports.ts';
import { ProjectFiles } from '../../../client/src/workspace/project-files.ts';
import { StackModel } from '../../../client/src/workspace/stack-model.ts';
import { MemoryEngine } from './memory-engine.ts';
import { reset, state, Uri } from './vscode.ts';

/** What a test works with: the parts that live in the extension, real, on an engine in memory. */
export type TestWorkbench = Awaited<ReturnType<typeof openWorkbench>>;

/**
 * A window on a folder with these files, by path. Engines are in memory, by name; the chosen one's name is empty. Connected, and its files read, when
 * this resolves; closed when the test is over.
 */
export async function openWorkbench({
  files: texts = {},
  engines: named = { '': new MemoryEngine() },
  settings = {},
}: {
  readonly files?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, MemoryEngine>>;
  readonly settings?: Readonly<Record<string, unknown>>;
} = {}) {
  reset();
  const folder = await mkdtemp(join(tmpdir(), 'composure-client-'));
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  state.folders = [{ uri: Uri.file(folder), name: 'folder' }];
  state.found = Object.keys(texts).map((path) => join(folder, path));
  for (const [name, value] of Object.entries(settings)) state.settings.set(name, value);

  const written: string[] = [];
  const log = new Log(logChannel(written));
  const memory = new Map<string, unknown>();
  const context = extensionContext(memory);
  const environments = new EnvironmentChoices(context.workspaceState);
  const files = new ProjectFiles(log, environments);
  const engines = new Engines(log, async (name = '') => {
    const engine = named[name];
    if (engine?.isReachable !== true)
      throw new EngineError('unreachable', `Nothing is responding at ${name}.`);
    return engine.port;
  });
  const operations = new OperationsUnderWay();
  const stacks = new StackModel(files, engines, operations);
  const swarm = new SwarmWatch(
    () => engines.chosen.current,
    () => {},
  );
  const scope = {
    context,
    log,
    environments,
    files,
    engines,
    stacks,
    swarm,
    engine: engines.chosen,
    since: new Since(),
    problems: new ProblemReports(),
    operations,
    once: new Once(),
    rollouts: new Rollouts(new KeptUndos(context.workspaceState, context.secrets)),
    logTerminals: new LogTerminals(engines),
    ready: async () => {},
    /** What was logged. */
    written,
    folder,
    path: (name: string) => join(folder, name),
    refresh: () => files.refresh(),
  };
  const workbench = { ...scope, panels: new Panels(scope) };
  onTestFinished(async () => {
    for (const each of [workbench.panels, workbench.once, stacks, engines, files, environments])
      each.dispose();
    await rm(folder, { recursive: true });
  });
  if (named['']?.isReachable === true) await engines.chosen.engine(AbortSignal.timeout(5000));
  await files.refresh();
  return workbench;
}

/** The stack of that name; a test fails without it. */
export function stackNamed({ stacks }: Pick<TestWorkbench, 'stacks'>, name: string, engine?: string) {
  const stack = stacks.stacks.find((each) => each.name === name && each.engine === engine);
  if (stack === undefined) throw new Error(`There is no stack ${name}.`);
  return stack;
}

function logChannel(written: string[]): api.LogOutputChannel {
  const write = (text: string) => void written.push(text);
  return { info: write, warn: write, error: write, show: () => written.push('(shown)') } as never;
}

function extensionContext(memory: Map<string, unknown>): api.ExtensionContext {
  return {
    subscriptions: [],
    extensionUri: Uri.file('/extension'),
    workspaceState: {
      get: (key: string, fallback: unknown) => memory.get(key) ?? fallback,
      update: async (key: string, value: unknown) => void memory.set(key, value),
    },
    secrets: {
      get: async (key: string) => memory.get(`secret ${key}`),
      store: async (key: string, value: string) => void memory.set(`secret ${key}`, value),
      delete: async (key: string) => void memory.delete(`secret ${key}`),
    },
  } as never;
}
