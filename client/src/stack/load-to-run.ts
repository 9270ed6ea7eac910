import * as vscode from 'vscode';
import type { LoadedProject, LoadRequest, LoadResult } from '#compose/load/request.ts';
import type { Problem } from '#compose/problem/problem.ts';
import * as configuration from '../shared/configuration.ts';
import { phraseText } from '../shared/phrase-text.ts';
import { maskSecrets } from '../shared/mask.ts';
import type { ProjectTarget } from '#engine/project/project-target.ts';
import type { LogContext, ProblemsContext, ProjectFilesContext } from '../workspace/contexts.ts';
import type { ProjectReference } from '../workspace/discover.ts';
import { rangeOf } from '../workspace/problem-reports.ts';
import type { Stack } from '../workspace/stacks.ts';

const { l10n } = vscode;

export type LoadToRunContext = LogContext & ProblemsContext & ProjectFilesContext;

/**
 * A project as it is on the disk, after unsaved files were dealt with; to be run. `undefined` when it has errors, which are then in the Problems
 * view, or when the user thought better of it.
 */
export async function loadToRun(
  workbench: LoadToRunContext,
  { reference, services }: { readonly reference: ProjectReference; readonly services: readonly string[] },
  loaded: LoadedProject | undefined,
  options: Pick<LoadRequest, 'allResources' | 'literalEnvFiles'> = {},
): Promise<LoadedProject | undefined> {
  if (!(await saveFiles(reference, loaded))) return undefined;
  const result = await workbench.files.loadToRun(reference, {
    ...options,
    ...(services.length > 0 && { services }),
  });
  await workbench.problems.show(result.problems.filter(({ severity }) => severity === 'error'));
  if (result.loaded === undefined) {
    await showProblems(workbench, reference, result);
    return undefined;
  }
  return result.loaded;
}

/** What stopping and removing work on: with its files where they can be read, else by the labels alone. */
export async function targetOf(
  workbench: ProjectFilesContext,
  { name, declared }: Stack,
  /** Also services whose profiles are off: what runs of them is in the tree, so it is meant too. */
  { allProfiles = false }: { readonly allProfiles?: boolean } = {},
): Promise<ProjectTarget> {
  if (declared === undefined) return { name };
  const { loaded } = await workbench.files.load(
    declared.reference,
    allProfiles ? { profiles: ['*'], withJobs: true } : {},
  );
  return loaded === undefined || loaded.project.name !== name ? { name } : { name, loaded };
}

async function saveFiles(reference: ProjectReference, loaded: LoadedProject | undefined): Promise<boolean> {
  const paths = new Set([
    reference.mainFile,
    ...reference.files,
    ...(loaded?.files ?? []),
    ...(loaded?.envFiles ?? []),
  ]);
  const dirty = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === 'file' && paths.has(uri.fsPath),
  );
  if (dirty.length === 0) return true;
  const choice = configuration.saveBeforeUp(vscode.Uri.file(reference.mainFile));
  if (choice === 'never') return true;
  if (choice === 'ask') {
    const save = l10n.t('Save');
    const asIs = l10n.t('Run Saved Version');
    const names = dirty.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join(', ');
    const answer = await vscode.window.showWarningMessage(
      l10n.t('{0} has unsaved changes.', names),
      { modal: true },
      save,
      asIs,
    );
    if (answer === undefined) return false;
    if (answer === asIs) return true;
  }
  for (const document of dirty) {
    if (!(await document.save())) {
      void vscode.window.showErrorMessage(
        l10n.t('{0} could not be saved.', vscode.workspace.asRelativePath(document.uri)),
      );
      return false;
    }
  }
  return true;
}

/** Says the first error, and leads to it; the others are in the Problems view. */
async function showProblems(
  workbench: LogContext,
  reference: ProjectReference,
  { problems }: LoadResult,
): Promise<void> {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  for (const error of errors) workbench.log.error(`${reference.mainFile}: ${phraseText(error.message)}`);
  const open = l10n.t('Go to Error');
  const list = l10n.t('Show Problems');
  const message = maskSecrets(phraseText(first.message));
  const answer = vscode.window.showErrorMessage(
    errors.length === 1
      ? l10n.t('Not started: {0}', message)
      : l10n.t('Not started: {0} (and {1} more)', message, errors.length - 1),
    open,
    list,
  );
  void answer.then(async (title) => {
    if (title === list) await vscode.commands.executeCommand('workbench.actions.view.problems');
    else if (title === open) await goTo(first);
  });
}

async function goTo({ span }: Problem): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.parse(span.uri), { selection: await rangeOf(span) });
}
