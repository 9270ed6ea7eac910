import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Build, Service } from '#compose/model/project.ts';
import { type BuildContext, injectedDockerfile, packContext } from './build/context.ts';
import { buildStages, withNamedContexts } from './build/named-contexts.ts';
import { BuildOutput } from './build/output.ts';
import { buildParameters } from './build/parameters.ts';
import { EngineError } from './errors.ts';
import { composeVersion, label } from './labels.ts';
import { say } from './messages.ts';
import { imageName } from './names.ts';
import type { EnginePort } from './port.ts';
import type { Report } from './progress.ts';

export interface BuildOptions {
  /** `--build-arg`. */
  readonly args?: Readonly<Record<string, string>>;
  readonly noCache?: boolean;
  readonly pull?: boolean;
  /** Bytes for each step; BuildKit has no such limit. */
  readonly memory?: number;
  /** The classic builder where BuildKit could be used (`DOCKER_BUILDKIT=0`). */
  readonly classic?: boolean;
  /** What the builder prints, line by line. */
  readonly onOutput?: (service: string, line: string) => void;
}

/** Several images are built at once, but each build uses the machine by itself already. */
const concurrency = 3;

/**
 * Builds the images of these services, and of those whose images they take as additional contexts, through the Engine API alone: BuildKit where the engine has it, the
 * classic builder elsewhere. Rejects with `EngineError` after all builds have ended: `unsupported` for what cannot be built this way, `invalid` for a
 * context or Dockerfile that cannot be read, `engine` with the builder's own words when a step fails.
 */
export async function buildServices(
  engine: EnginePort,
  loaded: LoadedProject,
  services: readonly string[],
  options: BuildOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  // A context may be a service that is not asked for, or off.
  const all = { ...loaded.disabled, ...loaded.project.services };
  const whole: LoadedProject = { ...loaded, project: { ...loaded.project, services: all } };
  for (const stage of buildStages(whole.project, services))
    await buildAtOnce(engine, whole, stage, options, report, signal);
}

async function buildAtOnce(
  engine: EnginePort,
  loaded: LoadedProject,
  services: readonly string[],
  options: BuildOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...services];
  const failures: unknown[] = [];
  const worker = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const service = loaded.project.services[name];
      if (service?.build === undefined) continue;
      try {
        await buildService(engine, loaded, { name, service, build: service.build }, options, report, signal);
      } catch (error) {
        failures.push(error);
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: options.classic === true ? 1 : concurrency }, worker));
  if (failures.length > 0) throw failures[0];
}

interface BuildTarget {
  readonly name: string;
  readonly service: Service;
  readonly build: Build;
}

async function buildService(
  engine: EnginePort,
  loaded: LoadedProject,
  target: BuildTarget,
  options: BuildOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const { name, service, build } = target;
  const image = imageName(loaded.project.name, name, service);
  report({ kind: 'image', name: image, status: 'Building' });
  try {
    // Windows engines have no BuildKit.
    const buildKit = options.classic !== true && engine.info.os !== 'windows';
    const source = withContexts(await findSource(target), target, loaded);
    const parameters = {
      ...buildParameters(name, service, build, {
        tags: [image, ...(build.tags ?? [])],
        labels: {
          [label.project]: loaded.project.name,
          [label.service]: name,
          [label.version]: composeVersion,
        },
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
      for await (const message of answer)
        for (const { text, step } of output.read(message)) {
          options.onOutput?.(name, text);
          if (step !== undefined) report({ kind: 'image', name: image, status: 'Building', detail: step });
        }
    };
    await attempt().catch(async (error: unknown) => {
      // BuildKit asks a client for credentials over a connection of its own; without one, images that need them are pulled beforehand.
      if (!buildKit || !wantsCredentials(error)) throw error;
      for (const reference of source.baseImages)
        for await (const _ of engine.pullImage(reference, {}, signal));
      await attempt();
    });
    report({ kind: 'image', name: image, status: 'Built' });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    report({ kind: 'image', name: image, status: 'Error', detail });
    throw error instanceof EngineError && error.kind === 'engine'
      ? new EngineError('engine', say`The image of service ${name} could not be built: ${detail}`, {
          subject: name,
          cause: error,
        })
      : error;
  }
}

/** Refused by the registry, or not even asked: BuildKit had nobody to ask for a password. */
function wantsCredentials(error: unknown): boolean {
  if (!(error instanceof EngineError)) return false;
  return error.kind === 'pull-denied' || error.message.includes('no active sessions');
}

interface BuildSource {
  readonly context: BuildContext | undefined;
  /** What the Dockerfile says, where the engine does not fetch it. */
  readonly text: string | undefined;
  /** A Git repository or an archive that the engine fetches itself. */
  readonly remote: string | undefined;
  /** The Dockerfile's name in the context. */
  readonly dockerfile: string | undefined;
  /** What its `FROM` lines name, as far as that is plain text. */
  readonly baseImages: readonly string[];
}

async function findSource({ name, build }: BuildTarget): Promise<BuildSource> {
  const directory = build.context ?? '.';
  const inline = build.dockerfile_inline;
  if (isRemote(directory)) {
    if (inline !== undefined)
      throw new EngineError(
        'unsupported',
        say`The image of service ${name} cannot be built here: it has an inline Dockerfile and a context that the engine fetches.`,
      );
    return {
      context: undefined,
      text: undefined,
      remote: directory,
      dockerfile: build.dockerfile,
      baseImages: [],
    };
  }
  if (inline !== undefined)
    return {
      context: { directory, dockerfile: { text: inline } },
      text: inline,
      remote: undefined,
      dockerfile: injectedDockerfile,
      baseImages: baseImagesIn(inline),
    };
  const wanted = build.dockerfile ?? 'Dockerfile';
  const file = isAbsolute(wanted) ? wanted : join(directory, wanted);
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new EngineError(
      'invalid',
      say`The Dockerfile of service ${name} cannot be read: ${cause.message}`,
      {
        subject: name,
        cause,
      },
    );
  });
  const path = relative(directory, file).split(sep).join('/');
  const isOutside = path.startsWith('../') || isAbsolute(path);
  return {
    context: { directory, dockerfile: isOutside ? { text } : { path } },
    text,
    remote: undefined,
    dockerfile: isOutside ? injectedDockerfile : path,
    baseImages: baseImagesIn(text),
  };
}

/** With the images of additional contexts as stages of the Dockerfile. */
function withContexts(
  source: BuildSource,
  { name, build }: BuildTarget,
  { project }: LoadedProject,
): BuildSource {
  if (Object.keys(build.additional_contexts ?? {}).length === 0) return source;
  if (source.context === undefined || source.text === undefined)
    throw new EngineError(
      'unsupported',
      say`The image of service ${name} cannot be built here: it has additional contexts and a context that the engine fetches.`,
    );
  const text = withNamedContexts(source.text, build, project);
  return {
    ...source,
    context: { ...source.context, dockerfile: { text } },
    text,
    dockerfile: injectedDockerfile,
    // Images that were built here are at no registry.
    baseImages: source.baseImages.filter((image) => build.additional_contexts?.[image] === undefined),
  };
}

/** As the Docker CLI tells a place to fetch from and a folder apart. */
function isRemote(context: string): boolean {
  return /^(?:https?:\/\/|git:\/\/|ssh:\/\/|git@|github\.com\/)/.test(context);
}

function baseImagesIn(dockerfile: string): readonly string[] {
  const stages = new Set<string>();
  const images = new Set<string>();
  for (const [, image = '', stage] of dockerfile.matchAll(
    /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)(?:[ \t]+AS[ \t]+(\S+))?/gim,
  )) {
    if (!image.includes('$') && image !== 'scratch' && !stages.has(image.toLowerCase())) images.add(image);
    if (stage !== undefined) stages.add(stage.toLowerCase());
  }
  return [...images];
}
