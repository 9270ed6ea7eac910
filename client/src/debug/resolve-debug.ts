import * as vscode from 'vscode';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { attachConfiguration, debuggers } from '#engine/debug/configuration.ts';
import { connectTo, listenFor, openDebugger } from '#engine/debug/open-debugger.ts';
import { localScript, type PathMapping } from '#engine/debug/path-mappings.ts';
import type { Runtime } from '#engine/debug/runtime.ts';
import { nodesOfTasks } from '#engine/swarm/nodes-of-tasks.ts';
import { openReverseTunnel } from '#engine/debug/reverse-tunnel.ts';
import { openTunnel } from '#engine/debug/tunnel.ts';
import { label } from '#engine/project/labels.ts';
import { observeSwarm } from '#engine/swarm/observe-swarm.ts';
import { errorText } from '../shared/error-text.ts';
import { shortName } from '../tree/row-text.ts';
import type { Stack } from '../workspace/stacks.ts';
import { DebugSessions, sessionKey } from './debug-sessions.ts';
import { localMappings, type MappedStack } from './local-mappings.ts';
import { attachAgain } from './attach-again.ts';
import { breakAtFirstLine } from './entry-breakpoint.ts';
import { type DebugContext, runningOf } from './debug-context.ts';
import { furtherOptions, readConfiguration, type ServiceConfiguration } from './service-configuration.ts';

const { l10n } = vscode;

/**
 * Makes of a configuration that names a service the one of the runtime's own debugger, which then attaches through a tunnel. `undefined`: nothing is
 * debugged, and why has been said.
 */
export async function resolveDebug(
  workbench: DebugContext,
  raw: vscode.DebugConfiguration,
  token: vscode.CancellationToken | undefined,
): Promise<vscode.DebugConfiguration | undefined> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage(
      l10n.t('This folder is in Restricted Mode. Nothing can be run from it.'),
    );
    return undefined;
  }
  const read = readConfiguration(raw);
  if (read === undefined) {
    void vscode.window.showErrorMessage(
      l10n.t('The launch configuration {0} names no service: add "service".', raw.name),
    );
    return undefined;
  }
  await workbench.ready();
  let configuration = read;
  let place: (Place & { readonly stack: Stack }) | undefined;
  const abort = new AbortController();
  token?.onCancellationRequested(() => abort.abort());
  try {
    if (configuration.request === 'launch') {
      const { restartUnderDebugger } = await import('./restart-under-debugger.ts');
      if (!(await restartUnderDebugger(workbench, configuration))) return undefined;
      configuration = { ...configuration, request: 'attach', underDebugger: true, overridden: true };
    }
    const found = await placeOf(workbench, configuration);
    if (found === undefined) return undefined;
    place = found;
    return await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: l10n.t('Attaching the debugger to {0}', shortName(found.stack.name, found.container.name)),
        cancellable: true,
      },
      (_progress, cancel) => {
        cancel.onCancellationRequested(() => abort.abort());
        return attach(workbench, configuration, furtherOptions(raw), found, abort.signal);
      },
    );
  } catch (error) {
    if (abort.signal.aborted) return undefined;
    workbench.log.error(`${configuration.name}: ${errorText(error)}`);
    if (error instanceof EngineError && error.capability !== undefined && place !== undefined) {
      const { offerCapability } = await import('./add-capability.ts');
      const whole = { ...furtherOptions(raw), ...configuration };
      void offerCapability(workbench, whole, place.stack, error.capability, errorText(error));
      return undefined;
    }
    void vscode.window.showErrorMessage(errorText(error));
    return undefined;
  }
}

/** A container, and the project that it is of. */
export interface Place {
  readonly stack: Pick<Stack, 'key' | 'name' | 'engine'> & MappedStack;
  readonly container: ContainerSummary;
}

/** Opens the debugger of a container, and the tunnel to it: the configuration that attaches through it. `undefined`: its extension is missing, and is offered. */
export async function attach(
  workbench: DebugContext,
  configuration: ServiceConfiguration,
  further: Readonly<Record<string, unknown>>,
  place: Place,
  signal: AbortSignal,
): Promise<vscode.DebugConfiguration | undefined> {
  const { stack, container } = place;
  const engine: EnginePort = await workbench.engines.of(stack).engine(signal);
  const open = await openDebugger(engine, container.id, { runtime: configuration.runtime }, signal);
  const { debuggee } = open;
  if (!(await hasDebugger(debuggee.runtime))) {
    open.close?.();
    return undefined;
  }
  const mappings: readonly PathMapping[] =
    configuration.pathMappings?.map((each) => ({ ...each, by: 'bind' })) ??
    (await localMappings(stack, configuration.service, container, debuggee.process));
  const { at, reverse } = open;
  const onTrouble = (text: string) => workbench.log.warn(`${configuration.name}: ${text}`);
  const tunnel =
    at !== undefined
      ? await openTunnel({ open: (stop) => connectTo(engine, container.id, at, stop), onTrouble })
      : reverse !== undefined
        ? await openReverseTunnel({
            open: (stop) => listenFor(engine, container.id, reverse, stop),
            onTrouble,
          })
        : undefined;
  const way = tunnel === undefined ? '' : `, port ${(at ?? reverse)?.port} through 127.0.0.1:${tunnel.port}`;
  const folders = mappings.map(({ localRoot, remoteRoot, by }) => `${localRoot} = ${remoteRoot} (${by})`);
  workbench.log.info(
    `${configuration.name}: ${debuggee.runtime}, process ${debuggee.process.pid} of ${container.name}${way}; ${folders.join(', ')}`,
  );
  const stopOnEntry = configuration.underDebugger === true && configuration.stopOnEntry === true;
  const script =
    stopOnEntry && debuggee.runtime === 'node' ? localScript(mappings, debuggee.process) : undefined;
  const first = script === undefined ? undefined : breakAtFirstLine(script);
  const sessions = workbench.once.of(DebugSessions, workbench);
  const key = sessions.add({
    tunnel,
    container: container.id,
    close() {
      first?.dispose();
      open.close?.();
    },
    onStop: () => first?.dispose(),
    onEnd: (byUser) => void afterSession(workbench, { ...further, ...configuration }, place, byUser),
  });
  return {
    ...attachConfiguration({
      runtime: debuggee.runtime,
      name: configuration.name,
      port: tunnel?.port ?? 0,
      pipe: open.pipe,
      stopOnEntry: configuration.underDebugger === true ? stopOnEntry : undefined,
      process: debuggee.process,
      mappings,
    }),
    ...further,
    [sessionKey]: key,
  };
}

/** The program was started anew: the debugger follows. Somebody has ended it, or no program comes: a service under the debugger goes back to what its files say. */
async function afterSession(
  workbench: DebugContext,
  configuration: ServiceConfiguration & Readonly<Record<string, unknown>>,
  { stack, container }: Place,
  byUser: boolean,
): Promise<void> {
  const follows = !byUser && configuration.reattach !== false;
  if (follows && (await attachAgain(workbench, configuration, stack, container))) return;
  if (configuration.overridden === true)
    await (await import('./override.ts')).putBack(workbench, stack, configuration.service);
}

/** The one container that is meant; what is not clear is asked, what is not there is said. */
async function placeOf(
  workbench: DebugContext,
  { project, service: name, replica, stack: key }: ServiceConfiguration,
): Promise<(Place & { readonly stack: Stack }) | undefined> {
  const { stacks } = workbench;
  const fitting = stacks.stacks.filter(
    (stack) =>
      (key === undefined || stack.key === key) &&
      (project === undefined ? stack.declared !== undefined : stack.name === project) &&
      stack.services.some((each) => each.name === name),
  );
  const stack =
    fitting.find(({ services }) =>
      services.some((each) => each.name === name && each.containers.length > 0),
    ) ?? fitting[0];
  const running =
    stack === undefined
      ? []
      : runningOf(stack, name).filter(
          ({ labels }) => replica === undefined || labels[label.containerNumber] === String(replica),
        );
  const nodes = running.length > 0 ? [] : await swarmNodes(workbench, stack?.name ?? project, name);
  if (nodes.length > 0) {
    void vscode.window.showErrorMessage(
      l10n.t(
        '{0} runs as tasks of a swarm, on {1}. A debugger can be attached in containers of a Compose project only: run the service with Up to debug it.',
        name,
        nodes.join(', '),
      ),
    );
    return undefined;
  }
  if (stack === undefined) {
    void vscode.window.showErrorMessage(
      project === undefined
        ? l10n.t('No project in this workspace has a service {0}.', name)
        : l10n.t('There is no service {0} in {1}.', name, project),
    );
    return undefined;
  }
  if (running.length === 0) {
    void vscode.window.showErrorMessage(l10n.t('No container of {0} is running. Start it first.', name));
    return undefined;
  }
  if (running.length === 1) return { stack, container: running[0] as ContainerSummary };
  const picked = await vscode.window.showQuickPick(
    running.map((container) => ({ label: shortName(stack.name, container.name), container })),
    { placeHolder: l10n.t('Select a container of {0}', name) },
  );
  return picked === undefined ? undefined : { stack, container: picked.container };
}

/** Where a swarm of the chosen engine runs it instead. */
async function swarmNodes(
  { engine }: DebugContext,
  project: string | undefined,
  service: string,
): Promise<readonly string[]> {
  const { current } = engine;
  const swarm =
    current === undefined
      ? undefined
      : await observeSwarm(current, AbortSignal.timeout(10_000)).catch(() => undefined);
  return nodesOfTasks(swarm, project, service);
}

/** Whether the runtime's debugger is here; else it is offered by name. */
async function hasDebugger(runtime: Runtime): Promise<boolean> {
  const { type, extension } = debuggers[runtime];
  const isHere = vscode.extensions.all.some(({ packageJSON }) => contributes(packageJSON, type));
  if (isHere || extension === undefined) return true;
  const install = l10n.t('Install {0}', extension.name);
  void vscode.window
    .showErrorMessage(
      l10n.t('The extension {0} ({1}) is needed to debug this service.', extension.name, extension.id),
      install,
    )
    .then((answer) => {
      if (answer === install)
        void vscode.commands.executeCommand('workbench.extensions.installExtension', extension.id);
    });
  return false;
}

function contributes(manifest: unknown, type: string): boolean {
  const list: unknown = (manifest as { readonly contributes?: { readonly debuggers?: unknown } } | undefined)
    ?.contributes?.debuggers;
  return Array.isArray(list) && list.some((each: { readonly type?: unknown }) => each.type === type);
}
