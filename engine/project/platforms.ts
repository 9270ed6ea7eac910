import type { Project, Service } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { recordOf } from '#compose/values/record.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** `DOCKER_DEFAULT_PLATFORM`: what images are for where a service does not say. */
export function defaultPlatform(environment: Variables): string | undefined {
  const platform = environment.DOCKER_DEFAULT_PLATFORM;
  return platform === undefined || platform === '' ? undefined : platform;
}

/**
 * The project with the default platform on the services that build their image, as Docker Compose has it before it hashes them; services that only
 * pull one stay as written. Rejects (`invalid`) a build that leaves the platform out.
 */
export function withDefaultPlatform(project: Project, environment: Variables): Project {
  const platform = defaultPlatform(environment);
  if (platform === undefined) return project;
  const services = Object.entries(project.services).map(([name, service]): [string, Service] => {
    const { build } = service;
    if (build === undefined || (service.platform ?? '') !== '') return [name, service];
    const platforms = build.platforms ?? [];
    if (platforms.length > 0 && !platforms.includes(platform))
      throw new EngineError(
        'invalid',
        say`service "${name}" build.platforms does not support value set by DOCKER_DEFAULT_PLATFORM: ${platform}`,
        { subject: name },
      );
    return [name, { ...service, platform }];
  });
  return { ...project, services: recordOf(services) };
}

/** Pulls with the default platform where their service has none. */
export function onDefaultPlatform<P extends { readonly platform?: string }>(
  pulls: readonly P[],
  environment: Variables,
): readonly P[] {
  const platform = defaultPlatform(environment);
  return platform === undefined
    ? pulls
    : pulls.map((pull) => (pull.platform === undefined ? { ...pull, platform } : pull));
}
