import type { BuildOptions } from './build-options.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Build, Service } from '#compose/model/project.ts';
import { buildWithBuildKit } from './buildkit/buildkit-build.ts';
import { buildStages } from './named-contexts.ts';
import type { BuildLine } from './build-output.ts';
import { buildOverRest } from './classic-build.ts';
import type { BuildTarget } from './build-source.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { imageName } from '../project/names.ts';
import { withDefaultPlatform } from '../project/platforms.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { Report } from '../observe/progress.ts';
import { mergedRecord } from '#compose/values/record.ts';

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
  const { services: enabled } = withDefaultPlatform(loaded.project, loaded.environment);
  const all = mergedRecord(loaded.disabled, enabled);
  const whole: LoadedProject = { ...loaded, project: { ...loaded.project, services: all } };
  // Docker Compose has the classic builder build in the order of dependencies: one image may begin with another's name.
  const inOrder = options.classic === true || options.inOrder === true;
  const order = inOrder ? 'dependencies' : 'contexts';
  for (const stage of buildStages(whole.project, services, order))
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
        const build = forPlatforms(service, service.build, options);
        await buildService(engine, { name, service, build, loaded }, options, report, signal);
      } catch (error) {
        failures.push(error);
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: options.classic === true ? 1 : concurrency }, worker));
  if (failures.length > 0) throw failures[0];
}

/** What runs needs one platform: its own, else the only one that it is built for, else the builder's. */
function forPlatforms({ platform = '' }: Service, build: Build, { allPlatforms }: BuildOptions): Build {
  const { platforms = [], ...rest } = build;
  if (platforms.length < 2 || allPlatforms === true) return build;
  return platform === '' ? rest : { ...rest, platforms: [platform] };
}

async function buildService(
  engine: EnginePort,
  target: BuildTarget,
  options: BuildOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const { name, service, loaded } = target;
  const image = imageName(loaded.project.name, name, service);
  report({ kind: 'image', name: image, status: 'Building' });
  const onLine = ({ text, step }: BuildLine) => {
    options.onOutput?.(name, text);
    if (step !== undefined) report({ kind: 'image', name: image, status: 'Building', detail: step });
  };
  try {
    const builder = options.classic === true ? undefined : await engine.inspectBuilder(signal);
    if (builder === undefined) await buildOverRest(engine, target, options, onLine, signal);
    else await buildWithBuildKit(engine, builder, target, options, onLine, signal);
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
