import type * as vscode from 'vscode';
import type { ChosenProject } from '../../../server/src/protocol.ts';
import type { DeclaredProject } from '../workspace/declared.ts';

const key = 'composure.chosenProjects';

let listener: ((projects: readonly ChosenProject[]) => void) | undefined;

/**
 * The projects that are to be understood another way than their files' names suggest: as they are run. Reaches the language server now, or when it
 * starts, and is remembered: an editor may be open before anything else of the extension is.
 */
export function tellChosenProjects(state: vscode.Memento, declared: readonly DeclaredProject[]): void {
  const projects = declared.flatMap(toChosen);
  if (JSON.stringify(projects) === JSON.stringify(state.get(key, []))) return;
  void state.update(key, projects);
  listener?.(projects);
}

/** Called at once with what was chosen, and with what is chosen later. Instead of the listener before. */
export function listenToChosenProjects(
  state: vscode.Memento,
  next: (projects: readonly ChosenProject[]) => void,
): void {
  listener = next;
  const projects = state.get<readonly ChosenProject[]>(key, []);
  if (projects.length > 0) next(projects);
}

function toChosen({ reference, loaded }: DeclaredProject): readonly ChosenProject[] {
  const { id, files, envFiles, profiles, projectName, directory } = reference;
  // A file that has no base file beside it is a project by itself.
  const asFound = files.length === 0 || (files.length === 1 && files[0] === id);
  const used = files.length > 0 ? files : (loaded?.files ?? []);
  const standard =
    asFound &&
    envFiles === undefined &&
    projectName === undefined &&
    (loaded?.environment.COMPOSE_FILE ?? '') === '';
  if (standard || used.length === 0) return [];
  return [
    {
      files: used,
      projectDirectory: directory,
      ...(envFiles !== undefined && { envFiles }),
      ...(profiles !== undefined && { profiles }),
      ...(projectName !== undefined && { projectName }),
    },
  ];
}
