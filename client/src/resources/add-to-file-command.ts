import * as vscode from 'vscode';
import { printYaml } from '#compose/model/print-yaml.ts';
import { generate } from '#engine/generate/generate.ts';
import { composeLanguage } from '../ids.ts';
import { addGenerated } from '../scaffold/add-generated.ts';
import { insertInto } from '../scaffold/insert-into.ts';
import { containersOf } from '../stack/selected.ts';
import { select, type SelectContext } from '../stack/selection.ts';

const { l10n } = vscode;

/** Writes the containers as services, with what differs from their images, into a compose file of the workspace that is chosen, or a new one. Nothing is saved. */
export async function addToFileCommand(workbench: SelectContext, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const containers = containersOf(selection);
    if (containers.length === 0) continue;
    const target = await pickFile(workbench);
    if (target === undefined) return;
    const signal = AbortSignal.timeout(30_000);
    const engine = await workbench.engines.of(selection.stack).engine(signal);
    const ids = containers.map(({ id }) => id);
    const file = await generate(engine, ids, {}, signal);
    const document =
      target === 'new'
        ? await vscode.workspace.openTextDocument({ language: composeLanguage, content: printYaml(file) })
        : await vscode.workspace.openTextDocument(target);
    if (target !== 'new' && !(await insertInto(document, addGenerated(document.getText(), file)))) return;
    await vscode.window.showTextDocument(document);
    const names = containers.map(({ name }) => name).join(', ');
    void vscode.window.showInformationMessage(
      l10n.t(
        'Up creates new containers and leaves {0} as is. Before Up, stop and remove {0}, so that ports and volumes are free. Data in volumes stays.',
        names,
      ),
    );
  }
}

/** `undefined`: none was chosen. */
async function pickFile(workbench: SelectContext): Promise<vscode.Uri | 'new' | undefined> {
  const files = workbench.stacks.stacks.flatMap(({ declared }) => declared?.reference.mainFile ?? []);
  if (files.length === 0) return 'new';
  const picked = await vscode.window.showQuickPick(
    [
      ...[...new Set(files)].map((file) => ({
        label: vscode.workspace.asRelativePath(file),
        file: vscode.Uri.file(file),
      })),
      { label: l10n.t('New Compose file'), file: 'new' as const },
    ],
    { placeHolder: l10n.t('Select the Compose file to add the containers to') },
  );
  return picked?.file;
}
