import type { Build } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';

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

/** What no builder in an engine can do. */
export function beyondEngines(build: Build): readonly (readonly [string, boolean])[] {
  return [
    ['provenance', isWanted(build.provenance)],
    ['sbom', isWanted(build.sbom)],
    ['cache_to', (build.cache_to ?? []).some((entry) => entry !== 'type=inline')],
    ['cache_from other than images', cachedImages(build).length !== (build.cache_from ?? []).length],
    ['more than one platform', (build.platforms?.length ?? 0) > 1],
  ];
}

/** Attestations can be asked for in many words, and refused in one. */
function isWanted(attestation: string | undefined): boolean {
  return attestation !== undefined && attestation !== '' && attestation !== 'false';
}

/** The images in `cache_from`. */
export function cachedImages({ cache_from = [] }: Build): readonly string[] {
  return cache_from.flatMap((entry) => {
    if (!entry.includes('=')) return [entry];
    const options = new Map(entry.split(',').map((part) => [part.split('=')[0], part.split('=')[1]]));
    const reference = options.get('ref');
    return options.get('type') === 'registry' && reference !== undefined ? [reference] : [];
  });
}
