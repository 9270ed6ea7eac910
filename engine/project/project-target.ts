import type { LoadedProject } from '#compose/load/request.ts';

/** A project known from its files, or from the labels of what runs alone. */
export interface ProjectTarget {
  readonly name: string;
  readonly loaded?: LoadedProject;
}

export function targetOf(loaded: LoadedProject): ProjectTarget {
  return { name: loaded.project.name, loaded };
}
