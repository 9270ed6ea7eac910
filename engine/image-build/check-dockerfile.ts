import type { LoadedProject } from '#compose/load/request.ts';
import { mergedRecord } from '#compose/values/record.ts';
import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';
import { toSolve } from './buildkit/buildkit-build.ts';
import { type DockerfileCheck, readCheck } from './dockerfile-check.ts';

export interface CheckedDockerfile {
  readonly check: DockerfileCheck;
  /** Absolute; `undefined`: it is written in the compose file, or fetched by the engine. */
  readonly file: string | undefined;
}

/**
 * Has the engine's BuildKit check the Dockerfile of a service, with the arguments and target of its build; nothing is built. Rejects with `EngineError`:
 * `unsupported` on an engine that cannot (BuildKit before 0.14, Docker before 27), as a build does otherwise.
 */
export async function checkDockerfile(
  engine: EnginePort,
  loaded: LoadedProject,
  name: string,
  signal: AbortSignal,
): Promise<CheckedDockerfile> {
  const { [name]: service } = mergedRecord(loaded.disabled, loaded.project.services);
  if (service?.build === undefined)
    throw new EngineError('not-found', say`no such service: ${name}`, { subject: name });
  const target = { name, service, build: service.build, loaded };
  const builder = await engine.inspectBuilder(signal);
  const unsupported = () =>
    new EngineError(
      'unsupported',
      say`This engine cannot check Dockerfiles. That takes Docker 27 or newer.`,
      {
        subject: name,
      },
    );
  if (builder === undefined) throw unsupported();
  const { request, offer, dockerfile } = await toSolve(engine, builder, target, {}, signal);
  const answer = await engine
    .askBuilder('frontend.lint', request, offer, signal)
    .catch((error: EngineError) => {
      throw error.message.includes('unsupported request') ? unsupported() : error;
    });
  const check = readCheck(answer);
  if (check === undefined) throw unsupported();
  return { check, file: dockerfile.kind === 'file' ? dockerfile.file : undefined };
}
