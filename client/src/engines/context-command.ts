import { homedir } from 'node:os';
import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import { configDirectory } from '#engine/connect/config-file.ts';
import { listContexts } from '#engine/connect/contexts.ts';
import { errorText } from '../shared/error-text.ts';
import { Settings } from '../ids.ts';
import { briefly } from '../stack/failure-actions.ts';
import type { EnginesContext } from '../workspace/contexts.ts';

const { l10n } = vscode;

/** Lets the user pick a Docker context for this workspace; the machine's own choice stays as it is. */
export async function chooseContextCommand(workbench: EnginesContext): Promise<void> {
  const current = configuration.context();
  const contexts = await listContexts(configDirectory(process.env, homedir()));
  const automatic = {
    label: l10n.t('Same as the docker command'),
    description: current === '' ? l10n.t('current') : '',
    detail: l10n.t('DOCKER_HOST, DOCKER_CONTEXT, the current context, then the default sockets'),
    name: '',
  };
  const named = [
    { name: 'default', host: l10n.t('the default sockets') },
    ...contexts.map(({ name, host }) => ({ name, host })),
  ].map(({ name, host }) => ({
    label: name,
    description: current === name ? l10n.t('current') : '',
    detail: host,
    name,
  }));
  const { error } = workbench.engine.snapshot;
  const picked = await vscode.window.showQuickPick([automatic, ...named], {
    title: l10n.t('Docker context for this workspace'),
    placeHolder:
      error === undefined ? l10n.t('Select the engine that runs the projects') : briefly(errorText(error)),
    matchOnDetail: true,
  });
  if (picked === undefined) return;
  await configuration.update(Settings.context, picked.name === '' ? undefined : picked.name);
  workbench.engine.retry();
}
