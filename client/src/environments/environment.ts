import type { ProjectReference } from '../workspace/discover.ts';

/** What a project is run with, where the user chose something else than `docker compose up` alone would take. */
export interface EnvironmentChoice {
  /** As it is shown: `prod`. */
  readonly name?: string;
  /** `-f`, absolute. Absent: what Docker Compose itself finds. */
  readonly files?: readonly string[];
  /** `--env-file`, absolute. Absent: `.env`. */
  readonly envFiles?: readonly string[];
  /** `--profile`. Absent: `COMPOSE_PROFILES`. */
  readonly profiles?: readonly string[];
  /** `-p`. Absent: as the files or the folder say. */
  readonly projectName?: string;
}

/** The project with what was chosen for it; it stays the same project. */
export function applyChoice(
  reference: ProjectReference,
  choice: EnvironmentChoice | undefined,
): ProjectReference {
  if (choice === undefined) return reference;
  const { name, files, ...options } = choice;
  return {
    ...reference,
    ...(files !== undefined && files.length > 0 && { files }),
    ...options,
    ...(name !== undefined && { environment: name }),
  };
}

/** Without what says nothing; `undefined` when nothing is left. */
export function tidy(choice: EnvironmentChoice): EnvironmentChoice | undefined {
  const { name, files, envFiles, profiles, projectName } = choice;
  const left: EnvironmentChoice = {
    ...(files !== undefined && files.length > 0 && { files, ...(name !== undefined && { name }) }),
    ...(envFiles !== undefined && envFiles.length > 0 && { envFiles }),
    ...(profiles !== undefined && { profiles }),
    ...(projectName !== undefined && projectName !== '' && { projectName }),
  };
  return Object.keys(left).length === 0 ? undefined : left;
}
