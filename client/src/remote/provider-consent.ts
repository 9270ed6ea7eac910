import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { providerRunner, type ProviderRunner } from '#engine/providers/run-provider.ts';

const { l10n } = vscode;
const acceptedKey = 'providers.accepted';

/** Runs the programs of services with a `provider`, each once that was agreed to; the answer is kept with the workspace. None without trust. */
export function providersToRun(kept: vscode.Memento): ProviderRunner {
  return providerRunner({ environment: process.env, home: homedir() }, async (program) => {
    if (!vscode.workspace.isTrusted) return false;
    const accepted = kept.get<readonly string[]>(acceptedKey, []);
    if (accepted.includes(program)) return true;
    const run = l10n.t('Run Program');
    const answer = await vscode.window.showWarningMessage(
      l10n.t('This project runs the program {0}.', program),
      {
        modal: true,
        detail: l10n.t(
          'A service with a provider is not a container. This program on your machine creates and removes what the service stands for. You are asked once in this workspace.',
        ),
      },
      run,
    );
    if (answer !== run) return false;
    await kept.update(acceptedKey, [...accepted, program]);
    return true;
  });
}
