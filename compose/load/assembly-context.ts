import type { MapNode } from '../syntax/node.ts';
import type { ComposeFile } from './compose-files.ts';
import type { ComposeFiles } from './compose-files.ts';
import type { ExtendsScope } from './extends.ts';
import type { ProblemList } from './problems.ts';
import type { SystemPath } from './system-path.ts';
import type { Variables } from './variables.ts';
/** Files that are read as one model: those of a project, or of one entry of `include`. */
export interface FileGroup {
  readonly files: readonly ComposeFile[];
  /** What relative paths in the model become relative to. Absolute for a project; for an include, relative to who includes it. */
  readonly base: string;
  /** The directory in which the files that these files name are looked for. */
  readonly directory: string;
  readonly variables: Variables;
  /** Paths of the files that led here through `include`, to recognise a circle. */
  readonly trail: readonly string[];
}

/** What to leave out. All of it off is what Docker Compose does. */
export interface AssemblyOptions {
  readonly noInterpolate: boolean;
  readonly noValidation: boolean;
  readonly noPaths: boolean;
}

export interface AssemblyContext {
  readonly files: ComposeFiles;
  readonly paths: SystemPath;
  readonly home: string;
  readonly problems: ProblemList;
  readonly options: AssemblyOptions;
  /** Which variables the texts of a file are interpolated with, by URI: for explanations. */
  readonly variablesOf: Map<string, Variables>;
  /** Files that services extend, ready to be taken from. */
  readonly bases: Map<string, Promise<ExtendsScope | undefined>>;
  /** What the limits of a load are about. */
  readonly counts: { includes: number };
  /** `Host.breathe`. */
  readonly breathe: () => Promise<void>;
  /** The model of another group of files, for `include`. */
  readonly assemble: (group: FileGroup, context: AssemblyContext) => Promise<MapNode>;
}

/** The path of a file that another one names. */
export function fileIn(directory: string, name: string, context: Pick<AssemblyContext, 'paths'>): string {
  return context.paths.isAbsolute(name) ? name : context.paths.join(directory, name);
}

/** The directory of a file, relative to another one where that can be. */
export function relativeDirectory(from: string, file: string, paths: SystemPath): string {
  const directory = paths.dirname(file);
  return paths.relative(from, directory) ?? directory;
}
