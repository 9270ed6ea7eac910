import * as vscode from 'vscode';
import { isLive } from '#engine/api/is-live.ts';
import { type Selection, titleOf } from '../stack/selected.ts';
import { type SelectContext, select } from '../stack/selection.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import { isOff, type StackService } from '../workspace/stacks.ts';
import { askCommand, commandWords } from './ask-command.ts';
import { CommandHistory } from './command-history.ts';
import { commandLineFor } from './command-line.ts';
import { openCommand } from './command-terminal.ts';

// Commands whose answer is text, or which talk with a program: each in a terminal.

const { l10n } = vscode;

interface Listing {
  readonly command: readonly string[];
  readonly title: string;
  readonly icon: string;
}

/** The processes in the containers. */
export function topCommand(workbench: SelectContext, args: readonly unknown[]): Promise<void> {
  return list(workbench, args, { command: ['top'], title: l10n.t('Processes'), icon: 'list-tree' });
}

/** The containers with their states and ports. */
export function psCommand(workbench: SelectContext, args: readonly unknown[]): Promise<void> {
  return list(workbench, args, { command: ['ps', '--all'], title: l10n.t('Containers'), icon: 'list-flat' });
}

/** The images that the containers were made of. */
export function imagesCommand(workbench: SelectContext, args: readonly unknown[]): Promise<void> {
  return list(workbench, args, { command: ['images'], title: l10n.t('Images'), icon: 'file-media' });
}

/** What happens to the containers, as it happens. */
export function eventsCommand(workbench: SelectContext, args: readonly unknown[]): Promise<void> {
  return list(workbench, args, { command: ['events'], title: l10n.t('Events'), icon: 'pulse' });
}

/** Joins the main process of a service: what it writes, and what is typed for it. */
export async function attachCommand(workbench: SelectContext, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const service = await pickService(selection, ({ containers }) => containers.some(isLive));
    if (service === undefined) continue;
    const { stack } = selection;
    const title = l10n.t('Attached: {0}', `${stack.name} › ${service}`);
    // Closing the terminal, or Ctrl-C in it, leaves the service alone.
    const words = ['attach', '--sig-proxy=false', ...indexOf(selection), service];
    openCommand(title, commandLineFor(stack, words), 'plug');
  }
}

/** A command in a new container of a service, which goes when the command ends. */
export async function runCommand(
  workbench: SelectContext & ExtensionScope,
  args: readonly unknown[],
): Promise<void> {
  for (const selection of await select(workbench, args, { declaredOnly: true })) {
    const service = await pickService(selection, ({ declared }) => declared !== undefined);
    if (service !== undefined) await runIn(workbench, selection, service, 'run');
  }
}

/** A command in a running container of a service. */
export async function execCommand(
  workbench: SelectContext & ExtensionScope,
  args: readonly unknown[],
): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const service = await pickService(selection, ({ containers }) => containers.some(isLive));
    if (service !== undefined) await runIn(workbench, selection, service, 'exec');
  }
}

/** Any command of Docker Compose on a project, typed. */
export async function commandLineCommand(
  workbench: SelectContext & ExtensionScope,
  args: readonly unknown[],
): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const { stack } = selection;
    const history = new CommandHistory(workbench.context.workspaceState);
    const title = l10n.t('docker compose … on {0}', stack.name);
    const line = await askCommand(history, { project: stack.name, service: '', title });
    if (line === undefined) continue;
    await history.add(stack.name, '', line);
    openCommand(`${stack.name}: ${line}`, commandLineFor(stack, composeWords(line)), 'terminal');
  }
}

async function list(workbench: SelectContext, args: readonly unknown[], listing: Listing): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const words = [...listing.command, ...(selection.services ?? [])];
    openCommand(
      `${listing.title}: ${titleOf(selection)}`,
      commandLineFor(selection.stack, words),
      listing.icon,
    );
  }
}

async function runIn(
  workbench: ExtensionScope,
  selection: Selection,
  service: string,
  how: 'run' | 'exec',
): Promise<void> {
  const { stack } = selection;
  const history = new CommandHistory(workbench.context.workspaceState);
  const title =
    how === 'run'
      ? l10n.t('Run once in a new container of {0}', service)
      : l10n.t('Run in the container of {0}', service);
  const line = await askCommand(history, { project: stack.name, service, title });
  if (line === undefined) return;
  await history.add(stack.name, service, line);
  const { options, command } = splitVariables(commandWords(line));
  const words =
    how === 'run'
      ? ['run', '--rm', ...options, service, ...command]
      : ['exec', ...indexOf(selection), ...options, service, ...command];
  openCommand(
    `${stack.name} · ${service}: ${line}`,
    commandLineFor(stack, words),
    how === 'run' ? 'play' : 'terminal',
  );
}

/** `DEBUG=1 npm test`, as in a shell: the variables before a command are for it alone. */
export function splitVariables(words: readonly string[]): {
  readonly options: readonly string[];
  readonly command: readonly string[];
} {
  const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  const count = first < 0 ? words.length : first;
  return {
    options: words.slice(0, count).flatMap((word) => ['-e', word]),
    command: words.slice(count),
  };
}

/** People write what they know: `docker compose top` as well as `top`. */
function composeWords(line: string): readonly string[] {
  const words = commandWords(line.replace(/^docker[ -]compose\s+/, ''));
  return words[0] === 'sh' && words[1] === '-c' ? (words[2] ?? '').split(/\s+/) : words;
}

/** The chosen container's number, where one was chosen. */
function indexOf({ containers }: Selection): readonly string[] {
  const number = containers?.[0]?.labels['com.docker.compose.container-number'];
  return number === undefined ? [] : ['--index', number];
}

/** One service of a selection: the only one that fits, else the one picked. `undefined`: none there (which is said), or none picked. */
export async function pickService(
  { stack, services }: Selection,
  fits: (service: StackService) => boolean,
): Promise<string | undefined> {
  const candidates = stack.services.filter(
    (service) => (services === undefined || services.includes(service.name)) && fits(service),
  );
  if (candidates.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t('No container of {0} is running. Start it first.', services?.join(', ') ?? stack.name),
    );
    return undefined;
  }
  if (candidates.length === 1) return candidates[0]?.name;
  const picked = await vscode.window.showQuickPick(
    candidates.map((service) => ({
      label: service.name,
      description: isOff(service) ? l10n.t('off') : (service.declared?.image ?? ''),
    })),
    { placeHolder: l10n.t('Select a service of {0}', stack.name) },
  );
  return picked?.label;
}
