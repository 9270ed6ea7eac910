import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { LoadedProject } from '#compose/load/request.ts';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { label } from '#engine/project/labels.ts';
import type { DebugContext } from '../debug/debug-context.ts';
import { attach } from '../debug/resolve-debug.ts';
import { startedUnder } from '../debug/restart-under-debugger.ts';
import { debugType } from '../ids.ts';
import { runCommand } from '../terminal/command-terminal.ts';
import { debugOverride } from './debug-override.ts';
import { type Debugged, runTest, type Streams } from './run-test.ts';
import { createLine, type TestSet } from './test-set.ts';

/** How often is looked whether the test's container runs, in ms. */
const pause = 200;

/** Runs one test under its debugger: it waits for it before its first line, and its exit code is the result as always. */
export async function debugTest(
  workbench: DebugContext,
  run: vscode.TestRun,
  set: TestSet,
  test: vscode.TestItem,
  token: vscode.CancellationToken,
): Promise<void> {
  await runTest(run, set, test, token, (streams) => prepare(workbench, run, set, test.label, streams));
}

/** `undefined`: it cannot be made; the test's own run says why. */
async function prepare(
  workbench: DebugContext,
  run: vscode.TestRun,
  set: TestSet,
  service: string,
  streams: Streams,
): Promise<Debugged | undefined> {
  const { file, files, directory, project } = set;
  const { loaded: read } = await workbench.files.load({ id: file, directory, files, mainFile: file });
  if (read === undefined || (await runCommand(createLine(set, service), streams)) !== 0) return undefined;
  const loaded: LoadedProject = { ...read, project: { ...read.project, name: project } };
  const signal = AbortSignal.timeout(60_000);
  const engine = await workbench.engine.engine(signal);
  const { changed, runtime } = await startedUnder(engine, loaded, service, undefined, signal);
  const model = changed.project.services[service];
  if (model === undefined) return undefined;
  return {
    override: debugOverride(service, model),
    attach: async (over) => {
      const container = await running(engine, project, service, over);
      const configuration = await attach(
        workbench,
        {
          type: debugType,
          request: 'attach',
          name: `${project} › ${service}`,
          project,
          service,
          runtime,
          underDebugger: true,
          reattach: false,
        },
        {},
        { stack: { key: file, name: project, declared: { loaded }, runtime: undefined }, container },
        over,
      );
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file));
      if (
        configuration === undefined ||
        !(await vscode.debug.startDebugging(folder, configuration, { testRun: run }))
      )
        throw new Error(vscode.l10n.t('The debugger of {0} did not start.', service));
    },
  };
}

/** Rejects once the signal fires. */
async function running(
  engine: EnginePort,
  project: string,
  service: string,
  signal: AbortSignal,
): Promise<ContainerSummary> {
  const labels = [`${label.project}=${project}`, `${label.service}=${service}`];
  for (;;) {
    const [found] = await engine.listContainers({ labels, all: false }, signal);
    if (found?.state === 'running') return found;
    await delay(pause, undefined, { signal });
  }
}
