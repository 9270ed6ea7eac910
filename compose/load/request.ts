import type { Project } from '../model/project.ts';
import type { Problem } from '../problem/problem.ts';
import type { Span } from '../problem/span.ts';
import type { Node } from '../syntax/node.ts';
import type { Job } from './jobs.ts';
import type { Variables } from './variables.ts';

/** Which project to load, as the options of `docker compose` say it. Paths may be relative to `cwd`. */
export interface LoadRequest {
  /** The directory the user stands in: discovery starts here, and relative paths below are resolved against it. */
  readonly cwd: string;
  /** `-f`. Empty: `COMPOSE_FILE`, else discovery (section 1.12 of Docker Compose's rules: upwards, with one override file). */
  readonly files?: readonly string[];
  /** `-p`. Must already be a valid project name. */
  readonly projectName?: string;
  /** `--project-directory`. */
  readonly projectDirectory?: string;
  /** `--env-file`. */
  readonly envFiles?: readonly string[];
  /** `--profile`; else `COMPOSE_PROFILES`. `*` activates all. */
  readonly profiles?: readonly string[];
  /** Only these services and what they depend on; naming a service activates its profiles. Empty or absent: all enabled. */
  readonly services?: readonly string[];
  /** Jobs are among the services of the project: to start one of them (`services`), or for what their containers are about (all profiles). */
  readonly withJobs?: boolean;
  /** Leave `${…}` as written. */
  readonly noInterpolate?: boolean;
  /** Leave `env_file`s unread: commands on what runs already need none of their variables. */
  readonly noEnvironment?: boolean;
  /** `env_file`s without a format of their own are taken literally, as `docker stack deploy` and `docker run` read them: no quotes, no variables. */
  readonly literalEnvFiles?: boolean;
  /** Keep networks, volumes, secrets and configs that no enabled service uses. */
  readonly allResources?: boolean;
  /** Nothing outside this directory is read (an untrusted workspace). */
  readonly confinedTo?: string;
}

export interface LoadedProject {
  readonly project: Project;
  /** The merged model with positions: same paths as `project`, canonical form, every node with its origins. */
  readonly tree: Node;
  /** Services that a profile leaves out. */
  readonly disabled: Readonly<Record<string, Project['services'][string]>>;
  /** The jobs that the files declare; absent: none. They are among the services only with `withJobs`. */
  readonly jobs?: readonly Job[];
  /** Absolute, in order. */
  readonly files: readonly string[];
  /** Absolute. Relative paths in the files are relative to this. */
  readonly workingDirectory: string;
  /** Given with `--env-file`, absolute; empty when only the default `.env` was used. */
  readonly envFiles: readonly string[];
  /** The variables it was loaded with: the host's, over those of the env files. Secrets and configs with `environment:` take theirs from here. */
  readonly environment: Readonly<Record<string, string>>;
  /** What `explain` needs to say where values come from. */
  readonly trace?: LoadTrace;
}

/** How a project came about. */
export interface LoadTrace {
  /** Every text that was read, by URI. */
  readonly texts: ReadonlyMap<string, string>;
  /** The variables that each Compose file was read with, by URI. */
  readonly variablesOf: ReadonlyMap<string, Variables>;
  /** Values that came from `env_file` and `label_file`, by their path as text: where they stand. */
  readonly fromFiles: ReadonlyMap<string, Span>;
}

export interface LoadResult {
  /** `undefined` when a problem of severity `error` was found: there is no project to run. */
  readonly loaded: LoadedProject | undefined;
  /** What could be made out, with errors or without: for showing, never for running. `undefined` when there is no file to read. */
  readonly partial?: LoadedProject | undefined;
  /** Everything found, in file order; errors are what Docker Compose refuses. */
  readonly problems: readonly Problem[];
}
