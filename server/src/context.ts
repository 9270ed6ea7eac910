import type { CancellationToken, Connection, ResponseError } from 'vscode-languageserver';
import type { ClientAbilities } from './client-abilities.ts';
import { usersOf } from './env/env-users.ts';
import type { Log } from './log.ts';
import type { Settings } from './protocol.ts';
import type { Tags } from './registry/tags.ts';
import { runSafe } from './run-safe.ts';
import type { ProjectConfigs } from './workspace/project-configs.ts';
import type { Diagnoser } from './workspace/diagnoser.ts';
import type { SourceFile } from './workspace/files.ts';
import type { Projects } from './workspace/projects.ts';
import type { Settling } from './workspace/settling.ts';
import type { Workspace } from './workspace/workspace.ts';
import type { YamlService } from './yaml/service.ts';
import type { Words } from './words/words.ts';

/** What every feature is given. Fields that depend on the client are right once the client has said `initialize`. */
export interface FeatureContext {
  readonly connection: Connection;
  readonly log: Log;
  readonly workspace: Workspace;
  readonly projects: Projects;
  readonly settling: Settling;
  readonly diagnoser: Diagnoser;
  readonly configs: ProjectConfigs;
  readonly yaml: YamlService;
  readonly client: ClientAbilities;
  readonly settings: Settings;
  /** Where the page about diagnostics is; a fragment names the code. */
  readonly diagnosticsPage: string;
  /** Everything that is said, in the client's language. */
  readonly words: Words;
  /** References of images on the engine, as the client last told. */
  readonly localImages: readonly string[];
  /** Those of which the registry has newer content. */
  readonly olderImages: ReadonlySet<string>;
  /** Whether images on the engine bring a health check, by reference, as far as the client told. */
  readonly imageHealthChecks: ReadonlyMap<string, boolean>;
  /** Whether Docker Model Runner is there; `undefined`: not known. */
  readonly hasModelRunner: boolean | undefined;
  /** The tags of registries; absent where none may be asked: in an untrusted workspace, or when the user does not want it. */
  readonly tags: Tags | undefined;
}

/** What a handler does on a document. */
type Work<T> = (file: SourceFile) => T | Promise<T>;

/** Runs a handler on an open compose file, or, where it has something for them, on an env file; a document that is not open (any more) is answered with `fallback`. */
export function onDocument<T>(
  context: FeatureContext,
  what: string,
  uri: string,
  token: CancellationToken,
  fallback: T,
  work: Work<T> | { readonly compose: Work<T>; readonly env: Work<T> },
): Promise<T | ResponseError<never>> {
  return runSafe(context.log, token, fallback, what, () => {
    const file = context.workspace.open(uri);
    if (file === undefined) return fallback;
    const { compose, env } = typeof work === 'function' ? { compose: work, env: () => fallback } : work;
    if (!file.isEnv) return compose(file);
    return file.isEnvByName ? env(file) : ifEnv(context, file, fallback, env);
  });
}

/** A text of any name is an env file where a compose file reads it as one. */
async function ifEnv<T>(context: FeatureContext, file: SourceFile, fallback: T, work: Work<T>): Promise<T> {
  const users = await usersOf(context, file.path, false);
  return users.length === 0 ? fallback : work(file);
}
