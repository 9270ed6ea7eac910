import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { BuildOptions } from './build-options.ts';
import { type BuildContext, injectedDockerfile, packContext } from './build-context.ts';
import { builtImage } from './built-image.ts';
import { withNamedContexts } from './named-contexts.ts';
import { type BuildLine, BuildOutput } from './build-output.ts';
import { buildParameters } from './build-parameters.ts';
import { refuseBeyondClassic } from './refuse-unsupported.ts';
import { type BuildSource, type BuildTarget, findSource } from './build-source.ts';

/**
 * `POST /build` with the context as a tar archive: the classic builder, or that of an engine that has no BuildKit to talk to (Podman). Rejects with
 * `EngineError`: `unsupported` for what can be done only for a client that serves files and secrets while the engine builds.
 */
export async function buildOverRest(
  engine: EnginePort,
  target: BuildTarget,
  options: BuildOptions,
  onLine: (line: BuildLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const { name, service, build, loaded } = target;
  // Windows engines have no BuildKit.
  const buildKit = options.classic !== true && engine.info.os !== 'windows';
  if (options.classic === true) refuseBeyondClassic(name, build);
  const source = toArchive(await findSource(target), target);
  const parameters = {
    ...buildParameters(name, service, build, {
      ...builtImage(target),
      buildKit,
      environment: loaded.environment,
      proxies: engine.info.proxies,
      ...(options.args === undefined ? {} : { args: options.args }),
      ...(options.noCache === undefined ? {} : { noCache: options.noCache }),
      ...(options.pull === undefined ? {} : { pull: options.pull }),
    }),
    memory: buildKit ? undefined : options.memory,
    dockerfile: source.dockerfile,
    remote: source.remote,
  };
  const attempt = async () => {
    const output = new BuildOutput();
    const context = source.context === undefined ? undefined : packContext(source.context, signal);
    const answer = engine.buildImage(parameters, { context, baseImages: source.baseImages }, signal);
    for await (const message of answer) for (const line of output.read(message)) onLine(line);
  };
  await attempt().catch(async (error: unknown) => {
    // A BuildKit that cannot be spoken to (a proxy may be in between) has nobody to ask for a password: such images are pulled beforehand.
    if (!buildKit || !wantsCredentials(error)) throw error;
    for (const reference of source.baseImages) for await (const _ of engine.pullImage(reference, {}, signal));
    await attempt();
  });
}

/** Refused by the registry, or not even asked. */
function wantsCredentials(error: unknown): boolean {
  if (!(error instanceof EngineError)) return false;
  return error.kind === 'pull-denied' || error.message.includes('no active sessions');
}

interface Archive {
  readonly context: BuildContext | undefined;
  readonly remote: string | undefined;
  /** The Dockerfile's name in the context. */
  readonly dockerfile: string | undefined;
  readonly baseImages: readonly string[];
}

function toArchive(source: BuildSource, { name, build, loaded }: BuildTarget): Archive {
  const { context, dockerfile, baseImages } = source;
  const contexts = Object.keys(build.additional_contexts ?? {}).length > 0;
  if (context.kind === 'remote' || dockerfile.kind === 'remote') {
    if (dockerfile.kind === 'inline')
      throw new EngineError(
        'unsupported',
        say`The image of service ${name} cannot be built here: it has an inline Dockerfile and a remote context.`,
      );
    if (contexts)
      throw new EngineError(
        'unsupported',
        say`The image of service ${name} cannot be built here: it has additional contexts and a remote context.`,
      );
    return {
      context: undefined,
      remote: context.kind === 'remote' ? context.address : undefined,
      dockerfile: dockerfile.kind === 'remote' ? dockerfile.path : undefined,
      baseImages,
    };
  }
  const { directory } = context;
  if (dockerfile.kind === 'file' && dockerfile.path !== undefined && !contexts)
    return {
      context: { directory, dockerfile: { path: dockerfile.path } },
      remote: undefined,
      dockerfile: dockerfile.path,
      baseImages,
    };
  const text = contexts ? withNamedContexts(dockerfile.text, build, loaded.project) : dockerfile.text;
  return {
    context: { directory, dockerfile: { text } },
    remote: undefined,
    dockerfile: injectedDockerfile,
    // Images that were built here are at no registry.
    baseImages: baseImages.filter((image) => build.additional_contexts?.[image] === undefined),
  };
}
