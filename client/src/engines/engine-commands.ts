import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { parseHost } from '#engine/api/transport/endpoint.ts';
import { configDirectory } from '#engine/connect/config-file.ts';
import { listContexts } from '#engine/connect/contexts.ts';
import { Settings } from '../ids.ts';
import * as configuration from '../shared/configuration.ts';
import { errorText } from '../shared/error-text.ts';
import { maskSecrets } from '../shared/mask.ts';
import { select } from '../stack/selection.ts';
import { type UpContext, upSelection } from '../stack/up-commands.ts';
import { chosenName } from '../tree/seen-engines.ts';
import { calledRows } from '../tree/tree-row.ts';
import type { EnginesContext } from '../workspace/contexts.ts';
import { isAddress } from '../workspace/engine-options.ts';
import type { EngineSession } from '../workspace/engine-session.ts';

// Engines that are seen beside the one that is chosen for the workspace.

const { l10n } = vscode;

/** Shows one more engine: a Docker context, or an address. */
export async function addEngineCommand(): Promise<void> {
  const known = new Set([...configuration.engines(), configuration.context(), configuration.host()]);
  const contexts = await listContexts(configDirectory(process.env, homedir()));
  const address = {
    label: `$(add) ${l10n.t('Address…')}`,
    detail: 'ssh://user@host, tcp://host:2376, unix:///run/docker.sock',
    name: undefined,
  };
  const named = contexts
    .filter(({ name }) => !known.has(name))
    .map(({ name, host }) => ({ label: name, detail: host, name }));
  const picked =
    named.length === 0
      ? address
      : await vscode.window.showQuickPick([...named, address], {
          title: l10n.t('Add an engine to the tree'),
          placeHolder: l10n.t('A Docker context, or an address in DOCKER_HOST format'),
          matchOnDetail: true,
        });
  if (picked === undefined) return;
  const name = picked.name ?? (await askAddress());
  if (name === undefined || configuration.engines().includes(name)) return;
  await configuration.update(Settings.engines, [...configuration.engines(), name]);
}

/** Shows the engine no longer; what it runs goes on. */
export async function removeEngineCommand(args: readonly unknown[]): Promise<void> {
  const names = hostsOf(args);
  const rest = configuration.engines().filter((name) => !names.includes(name));
  await configuration.update(Settings.engines, rest.length === 0 ? undefined : rest);
}

/** The engine of the row, else the chosen one: at once instead of after the pause. */
export async function retryCommand(workbench: EnginesContext, args: readonly unknown[]): Promise<void> {
  const names = hostsOf(args);
  const sessions =
    names.length === 0
      ? [workbench.engine]
      : names.map((name) => workbench.engines.of({ engine: name === '' ? undefined : name }));
  await Promise.all(sessions.map(tryAgain));
}

/** Says what came of it: a row that stays as it was says nothing. */
async function tryAgain(session: EngineSession): Promise<void> {
  session.retry();
  const looking = vscode.window.setStatusBarMessage(`$(sync~spin) ${l10n.t('Looking for Docker…')}`);
  try {
    const { info } = await session.engine(AbortSignal.timeout(60_000));
    vscode.window.setStatusBarMessage(
      `$(check) ${l10n.t('Connected to Docker Engine {0}', info.serverVersion)}`,
      5000,
    );
  } catch (error) {
    const again = l10n.t('Try Again');
    const [what = '', ...places] = maskSecrets(errorText(error)).split('\n');
    const message = [l10n.t('There is still no Docker Engine. {0}', what), ...places].join(' ');
    void vscode.window.showWarningMessage(message, again).then((picked) => {
      if (picked === again) void tryAgain(session);
    });
  } finally {
    looking.dispose();
  }
}

/** Brings up a project on another engine than the chosen one. */
export async function upOnCommand(workbench: UpContext, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args, { declaredOnly: true })) {
    const engine = await pickEngine(workbench);
    if (engine === undefined) return;
    const { engine: _, ...stack } = selection.stack;
    await upSelection(workbench, {
      ...selection,
      stack: engine === '' ? stack : { ...stack, engine },
    });
  }
}

/** Its name, empty for the chosen one. When there is no other yet, one can be added. */
async function pickEngine({ engines }: EnginesContext): Promise<string | undefined> {
  const choices = [
    { label: chosenName(), description: l10n.t('chosen'), name: '' },
    ...[...engines.added].map(([name, { current }]) => ({
      label: name,
      description: current?.info.serverVersion ?? '',
      name,
    })),
  ];
  if (choices.length === 1) {
    await addEngineCommand();
    return configuration.engines().at(-1);
  }
  const picked = await vscode.window.showQuickPick(choices, {
    placeHolder: l10n.t('Select the engine to run Up on'),
  });
  return picked?.name;
}

async function askAddress(): Promise<string | undefined> {
  const address = await vscode.window.showInputBox({
    title: l10n.t('Add an engine to the tree'),
    prompt: l10n.t("The engine's address, in DOCKER_HOST format"),
    placeHolder: 'ssh://user@host',
    validateInput: (text) => {
      if (!isAddress(text.trim()))
        return l10n.t('The address must start with ssh://, tcp://, unix://, or npipe://');
      return parseHost(text.trim()).reason;
    },
  });
  return address?.trim();
}

function hostsOf(args: readonly unknown[]): readonly string[] {
  return calledRows(args).flatMap((row) => (row.kind === 'host' ? [row.engine] : []));
}
