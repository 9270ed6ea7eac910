import * as vscode from 'vscode';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { likelyRuntime } from '#engine/debug/runtime.ts';
import { label } from '#engine/project/labels.ts';
import { errorText } from '../shared/error-text.ts';
import { containersOf, type Selection } from '../stack/selected.ts';
import { select, type SelectContext } from '../stack/selection.ts';
import { shortName } from '../tree/row-text.ts';
import type { Stack } from '../workspace/stacks.ts';
import { localMappings } from './local-mappings.ts';
import type { DebugContext } from './debug-context.ts';
import { debugType } from '../ids.ts';
import type { ServiceConfiguration } from './service-configuration.ts';

const { l10n } = vscode;

/** Attaches the debugger to what runs of the chosen services: a session for each container that is picked. */
export async function attachDebuggerCommand(
  workbench: DebugContext & SelectContext,
  args: readonly unknown[],
): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const containers = await chooseContainers(selection);
    for (const container of containers)
      await vscode.debug.startDebugging(folderOf(selection.stack), {
        ...configurationFor(selection.stack, container),
      });
  }
}

/** Starts the chosen services anew under their debuggers; when a session ends, its service goes back to what the files say. */
export async function restartUnderDebuggerCommand(
  workbench: SelectContext,
  args: readonly unknown[],
): Promise<void> {
  for (const { stack, services, containers } of await select(workbench, args, { declaredOnly: true })) {
    const named = services ?? containers?.map(({ labels }) => labels[label.service] ?? '') ?? [];
    const picked = named.length > 0 ? named : await pickServices(stack);
    for (const service of new Set(picked))
      await vscode.debug.startDebugging(folderOf(stack), {
        type: debugType,
        request: 'launch',
        name: `${stack.name} › ${service}`,
        project: stack.name,
        service,
        stack: stack.key,
        stopOnEntry: true,
      });
  }
}

async function pickServices({ services }: Stack): Promise<readonly string[]> {
  const picked = await vscode.window.showQuickPick(
    services.map(({ name }) => name),
    { placeHolder: l10n.t('Which services are to be restarted under the debugger?'), canPickMany: true },
  );
  return picked ?? [];
}

/** Copies what Attach Debugger does as a configuration for `launch.json`, with the paths it would use, to be kept and changed. */
export async function copyLaunchJsonCommand(
  workbench: DebugContext & SelectContext,
  args: readonly unknown[],
): Promise<void> {
  const [selection] = await select(workbench, args);
  if (selection === undefined) return;
  const [container] = await chooseContainers(selection);
  if (container === undefined) return;
  const { stack } = selection;
  const { replica: _replica, stack: _stack, ...configuration } = configurationFor(stack, container);
  const signal = AbortSignal.timeout(60_000);
  try {
    const engine = await workbench.engines.of(stack).engine(signal);
    const details = await engine.inspectContainer(container.id, signal);
    const { debuggeeIn } = await import('#engine/debug/debuggee.ts');
    const { runtime, process } = await debuggeeIn(engine, details, undefined, signal);
    const mappings = await localMappings(stack, configuration.service, container, process);
    const root = folderOf(stack)?.uri.fsPath;
    const shown = {
      ...configuration,
      runtime,
      pathMappings: mappings.map(({ localRoot, remoteRoot }) => ({
        localRoot: root === undefined ? localRoot : inFolder(root, localRoot),
        remoteRoot,
      })),
    };
    await vscode.env.clipboard.writeText(JSON.stringify(shown, null, 2));
    void vscode.window.showInformationMessage(
      l10n.t('Copied. Paste it into "configurations" of .vscode/launch.json.'),
    );
  } catch (error) {
    void vscode.window.showErrorMessage(errorText(error));
  }
}

function inFolder(root: string, path: string): string {
  return path === root || path.startsWith(`${root}/`)
    ? `\${workspaceFolder}${path.slice(root.length)}`
    : path;
}

/** What attaches to one container of a project. */
export function configurationFor(stack: Stack, { labels }: ContainerSummary): ServiceConfiguration {
  const service = labels[label.service] ?? '';
  const count = stack.services.find(({ name }) => name === service)?.containers.length ?? 1;
  const number = Number(labels[label.containerNumber] ?? 1);
  return {
    type: debugType,
    request: 'attach',
    name: `${stack.name} › ${count > 1 ? `${service}-${number}` : service}`,
    project: stack.name,
    service,
    stack: stack.key,
    ...(count > 1 ? { replica: number } : {}),
  };
}

/** The containers of a selection that are to be debugged: the only one, else those picked; what is known to be debuggable is picked to begin with. */
async function chooseContainers(selection: Selection): Promise<readonly ContainerSummary[]> {
  const { stack, services } = selection;
  const containers = containersOf(selection).filter(({ state }) => state === 'running');
  if (containers.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t('No container of {0} is running. Start it first.', services?.join(', ') ?? stack.name),
    );
    return [];
  }
  if (containers.length === 1 || selection.containers !== undefined) return containers;
  const picked = await vscode.window.showQuickPick(
    containers.map((container) => ({
      label: shortName(stack.name, container.name),
      container,
      picked: likelyRuntime(container) !== undefined,
    })),
    {
      placeHolder: l10n.t('Which containers are to be debugged? Each has a session of its own.'),
      canPickMany: true,
    },
  );
  return picked?.map(({ container }) => container) ?? [];
}

function folderOf({ declared }: Stack): vscode.WorkspaceFolder | undefined {
  return declared === undefined
    ? undefined
    : vscode.workspace.getWorkspaceFolder(vscode.Uri.file(declared.reference.mainFile));
}
