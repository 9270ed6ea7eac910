import type { RemoteFiles } from '#compose/load/remote-files.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { ProjectTarget } from '#engine/project/project-target.ts';
import type { Input, Output } from './io.ts';
import type { OptionSpec, OptionValues } from './options.ts';

/** One command of the command line, with Docker Compose's spelling. One file each, loaded when it is called. */
export interface Command {
  readonly name: string;
  /** After the command's name in its usage line: `[OPTIONS] [SERVICE...]`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionSpec[];
  /** How many arguments it takes; absent: any number. `docker`: a wrong number is refused in the words of the Docker CLI, else in those of its library. */
  readonly arguments?: { readonly least?: number; readonly most?: number; readonly words?: 'docker' };
  /** Everything after the first argument is left alone: it belongs to the command that is run. */
  readonly passThrough?: boolean;
  /** What its first argument may be, where that is a command of its own. */
  readonly subcommands?: Readonly<Record<string, Subcommand>>;
  /** The exit status when its options or arguments are refused; absent: 1. */
  readonly usageStatus?: number;
  /** Resolves with the exit status. Rejects with `EngineError`, `CommandError` or `ProblemsError`, which the frame prints. */
  run(context: CommandContext): Promise<number>;
}

/** One of a group: `deploy` of `stack deploy`. */
export interface Subcommand {
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionSpec[];
  readonly arguments: { readonly least: number; readonly most?: number };
  run(context: CommandContext): Promise<number>;
}

/** What a command works with. */
export interface CommandContext {
  readonly options: OptionValues;
  readonly global: GlobalOptions;
  readonly arguments: readonly string[];
  readonly input: Input;
  readonly output: Output;
  readonly errors: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  /** Fires at Ctrl-C, unless a handler has been set. */
  readonly signal: AbortSignal;
  /** Takes Ctrl-C over until the returned function is called: the handler hears of each, with its number from 1. */
  onInterrupt(handler: (count: number) => void): () => void;
  /** Fires when the terminal is closed: who has begun a program in a container ends it then. */
  readonly hangup: AbortSignal | undefined;
  /** Wants to hear of each container of a service that ends while it is shown. */
  readonly onContainerExit: ((service: string, code: number) => void) | undefined;
  /** Files that are not on this disk: fetched at the first call. */
  readonly remote: RemoteFiles;
  /**
   * Runs another command line as if it were typed in a folder; what it writes, errors among it, goes to `output`. Resolves with its exit status. For who
   * carries out what others ask for.
   */
  again(
    words: readonly string[],
    where: { readonly cwd: string; readonly output: Output; readonly signal: AbortSignal },
  ): Promise<number>;
  /** The engine, connected at the first call and closed when the command ends. */
  engine(): Promise<EnginePort>;
  /** The project from its files. Rejects with `ProblemsError` when they have errors; warnings are printed. */
  project(options?: ProjectOptions): Promise<LoadedProject>;
  /** The project by `-p` or `COMPOSE_PROJECT_NAME` alone if there is such a name, with its files if there are any. */
  target(options?: ProjectOptions): Promise<ProjectTarget>;
}

export interface ProjectOptions {
  /** Names activate their profiles. */
  readonly services?: readonly string[];
  /** Jobs are among the services. Those that ran are not to run again because the rest is started: `false`. */
  readonly withJobs?: boolean;
  /** All profiles: commands on what exists must see every service. */
  readonly allProfiles?: boolean;
  /** The services' `env_file`s stay unread. */
  readonly noEnvironment?: boolean;
  /** By the rules of `docker stack deploy`, where they differ from those of Compose. */
  readonly asStack?: boolean;
}

/** The options before the command. */
export interface GlobalOptions {
  readonly files: readonly string[];
  readonly projectName: string | undefined;
  readonly profiles: readonly string[];
  readonly envFiles: readonly string[];
  readonly projectDirectory: string | undefined;
  readonly context: string | undefined;
  readonly host: string | undefined;
  readonly ansi: string;
  readonly progress: string | undefined;
  readonly parallel: number | undefined;
  readonly dryRun: boolean;
  readonly allResources: boolean;
  readonly compatibility: boolean;
}
