import type { Build } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { cachesIn } from './caches.ts';

/** Throws `EngineError` (`unsupported`) for what a build section uses and a builder cannot do: refused by name, never left out in silence. */
export function refuseUnsupported(service: string, uses: readonly (readonly [string, boolean])[]): void {
  const names = uses.flatMap(([name, isUsed]) => (isUsed ? [name] : []));
  if (names.length > 0)
    throw new EngineError(
      'unsupported',
      say`The image of service ${service} cannot be built here: its build section uses ${names.join(', ')}. Build it with "docker compose build ${service}".`,
      { subject: service },
    );
}

/** Throws `EngineError` (`unsupported`) for what only BuildKit can do, where the classic builder was asked for. */
export function refuseBeyondClassic(service: string, build: Build): void {
  const message =
    (build.platforms?.length ?? 0) > 1
      ? say`Service ${service}: the classic builder doesn't support multi-arch build, set DOCKER_BUILDKIT=1 to use BuildKit.`
      : build.privileged === true
        ? say`Service ${service}: the classic builder doesn't support privileged mode, set DOCKER_BUILDKIT=1 to use BuildKit.`
        : (build.ssh?.length ?? 0) > 0
          ? say`Service ${service}: the classic builder doesn't support SSH keys, set DOCKER_BUILDKIT=1 to use BuildKit.`
          : (build.secrets?.length ?? 0) > 0
            ? say`Service ${service}: the classic builder doesn't support secrets, set DOCKER_BUILDKIT=1 to use BuildKit.`
            : undefined;
  if (message !== undefined) throw new EngineError('unsupported', message, { subject: service });
}

/** What takes an image store that holds more of an image than itself. */
export function beyondImages(
  build: Build,
  attestations: Readonly<Record<string, string | undefined>>,
): readonly (readonly [string, boolean])[] {
  return [
    ['provenance', attestations['attest:provenance'] !== undefined],
    ['sbom', attestations['attest:sbom'] !== undefined],
    ['cache_to', cachesIn(build.cache_to).some(({ type }) => type !== 'inline')],
    ['more than one platform', (build.platforms?.length ?? 0) > 1],
  ];
}

/** Throws `EngineError` (`unsupported`) for what an engine with Docker's own image store cannot hold. */
export function refuseBeyondStore(service: string, uses: readonly (readonly [string, boolean])[]): void {
  const names = uses.flatMap(([name, isUsed]) => (isUsed ? [name] : []));
  if (names.length > 0)
    throw new EngineError(
      'unsupported',
      say`The image of service ${service} cannot be built with ${names.join(', ')}, because the engine's image store cannot hold that. Turn on the containerd image store: https://docs.docker.com/engine/storage/containerd/`,
      { subject: service },
    );
}
