import * as vscode from 'vscode';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { isLive } from '#engine/api/is-live.ts';
import { composeLanguage } from '../ids.ts';
import { projectText, shortName } from '../tree/row-text.ts';
import { Since } from '../tree/since.ts';
import { containerStateText } from '../tree/state-words.ts';
import { isTreeRow } from '../tree/tree-row.ts';
import type { EnginesContext, ProjectFilesContext, StacksContext } from '../workspace/contexts.ts';
import { toDeclared } from '../workspace/declared.ts';
import { referenceOf } from '../workspace/discover.ts';
import type { Stack } from '../workspace/stacks.ts';
import { containersOf, type Selection, selectedBy } from './selected.ts';

const { l10n } = vscode;

export type SelectContext = EnginesContext & ProjectFilesContext & StacksContext;

/**
 * What a command was called for: the chosen rows of the tree, a file of the explorer or an editor; from the palette the active editor's file,
 * else the one project there is, else the one picked. Empty when there is none, or none was picked.
 */
export async function select(
  workbench: SelectContext,
  args: readonly unknown[],
  options: { readonly declaredOnly?: boolean } = {},
): Promise<readonly Selection[]> {
  await workbench.ready();
  const [first, second] = args;
  if (isTreeRow(first)) {
    const chosen = Array.isArray(second) ? second.filter(isTreeRow) : [];
    return selectedBy(chosen.length > 0 ? chosen : [first], (key) => workbench.stacks.stack(key));
  }
  const uri = first instanceof vscode.Uri ? first : activeComposeFile();
  if (uri !== undefined) {
    const stack = await stackOfFile(workbench, uri);
    return stack === undefined ? [] : [{ stack }];
  }
  const stack = await pickStack(workbench, options.declaredOnly === true);
  return stack === undefined ? [] : [{ stack }];
}

/** One container of a selection: the only one, else the one picked. `undefined`: none there (which is said), or none picked. */
export async function pickContainer(
  selection: Selection,
  fits: (container: ContainerSummary) => boolean = isLive,
): Promise<ContainerSummary | undefined> {
  const { stack } = selection;
  const containers = containersOf(selection).filter(fits);
  const views = stack.services.flatMap(({ view }) => view.containers);
  if (containers.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t('No container of {0} is running. Start it first.', selection.services?.join(', ') ?? stack.name),
    );
    return undefined;
  }
  if (containers.length === 1) return containers[0];
  const picked = await vscode.window.showQuickPick(
    containers.map((container) => {
      const view = views.find((each) => each.container.id === container.id);
      return {
        label: shortName(stack.name, container.name),
        description: view === undefined ? '' : containerStateText(view, l10n.t),
        container,
      };
    }),
    { placeHolder: l10n.t('Select a container of {0}', stack.name) },
  );
  return picked?.container;
}

/** The stack that running this file means, also when the tree has none for it (`compose.prod.yaml` on top of `compose.yaml`). */
async function stackOfFile(
  workbench: EnginesContext & ProjectFilesContext & StacksContext,
  uri: vscode.Uri,
): Promise<Stack | undefined> {
  const { files, stacks } = workbench;
  if (uri.scheme !== 'file') {
    void vscode.window.showInformationMessage(
      l10n.t('{0} is not on a local disk, so it cannot be run.', uri.path.replace(/^.*\//, '')),
    );
    return undefined;
  }
  const reference = referenceOf(uri.fsPath, files.references);
  const known = stacks.stacks.find(({ declared }) => declared?.reference.id === reference.id);
  if (known !== undefined) return known;
  const declared = toDeclared(reference, await files.load(reference), undefined);
  return stacks.joined(declared);
}

function activeComposeFile(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === composeLanguage ? document.uri : undefined;
}

async function pickStack({ stacks }: StacksContext, declaredOnly: boolean): Promise<Stack | undefined> {
  const candidates = stacks.stacks.filter(({ declared }) => !declaredOnly || declared !== undefined);
  if (candidates.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t('This workspace has no Compose file, and no containers are running.'),
    );
    return undefined;
  }
  if (candidates.length === 1) return candidates[0];
  const view = { t: l10n.t, since: new Since(), now: Date.now() };
  const picked = await vscode.window.showQuickPick(
    candidates.map((stack) => ({
      label: stack.name,
      description: projectText(stack, view).description,
      detail:
        stack.declared === undefined
          ? ''
          : vscode.workspace.asRelativePath(stack.declared.reference.mainFile),
      stack,
    })),
    { placeHolder: l10n.t('Select a project') },
  );
  return picked?.stack;
}
