import type { Build, Service } from '#compose/model/project.ts';
import { EngineError } from '../errors.ts';
import { say } from '../messages.ts';
import { defaultPlatform } from '../platforms.ts';
import { areImages } from './named-contexts.ts';

export interface ParameterOptions {
  readonly tags: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly buildKit: boolean;
  /** Where arguments without a value take theirs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Before the file's own. */
  readonly args?: Readonly<Record<string, string>>;
  /** Arguments that every build has, unless something else sets them. */
  readonly proxies?: Readonly<Record<string, string>> | undefined;
  readonly noCache?: boolean;
  readonly pull?: boolean;
}

/**
 * The query of `POST /build` for a `build` section. Rejects (throws `EngineError`, `unsupported`) what the Engine API can do only for a client that
 * serves files and secrets to BuildKit while it builds: these are refused by name, never left out in silence.
 */
export function buildParameters(
  serviceName: string,
  service: Service,
  build: Build,
  options: ParameterOptions,
): Readonly<Record<string, unknown>> {
  refuseUnsupported(serviceName, build, options.buildKit);
  const platform = build.platforms?.[0] ?? service.platform ?? defaultPlatform(options.environment);
  return {
    version: options.buildKit ? '2' : '1',
    t: options.tags,
    buildargs: argumentsOf(build, options),
    labels: { ...build.labels, ...options.labels },
    target: build.target,
    // Lists of these two are one JSON text each; tags and hosts are repeated.
    cachefrom: build.cache_from === undefined ? undefined : JSON.stringify(imagesIn(build.cache_from)),
    networkmode: build.network,
    extrahosts: build.extra_hosts?.map((entry) => entry.replace('=', ':')),
    shmsize: build.shm_size,
    ulimits: build.ulimits === undefined ? undefined : JSON.stringify(ulimitsOf(build.ulimits)),
    platform,
    nocache: options.noCache === true || build.no_cache === true ? 1 : undefined,
    pull: options.pull === true || build.pull === true ? 1 : undefined,
    rm: options.buildKit ? undefined : 1,
    // Also what a failed build leaves behind.
    forcerm: options.buildKit ? undefined : 1,
    isolation: build.isolation,
  };
}

function refuseUnsupported(serviceName: string, build: Build, buildKit: boolean): void {
  const refused: readonly (readonly [string, boolean])[] = [
    ['secrets', (build.secrets?.length ?? 0) > 0],
    ['ssh', (build.ssh?.length ?? 0) > 0],
    ['additional_contexts other than services and images', !areImages(build)],
    ['privileged', build.privileged === true],
    ['entitlements', (build.entitlements?.length ?? 0) > 0],
    ['no_cache_filter', (build.no_cache_filter?.length ?? 0) > 0],
    ['provenance', isWanted(build.provenance)],
    ['sbom', isWanted(build.sbom)],
    ['cache_to', (build.cache_to ?? []).some((entry) => entry !== 'type=inline')],
    ['cache_from other than images', imagesIn(build.cache_from)?.length !== build.cache_from?.length],
    ['more than one platform', (build.platforms?.length ?? 0) > 1],
    ['isolation with BuildKit', buildKit && build.isolation !== undefined],
  ];
  const names = refused.flatMap(([name, isUsed]) => (isUsed ? [name] : []));
  if (names.length > 0)
    throw new EngineError(
      'unsupported',
      say`The image of service ${serviceName} cannot be built here: its build section uses ${names.join(', ')}. Build it with "docker compose build ${serviceName}".`,
      { subject: serviceName },
    );
}

/** Attestations can be asked for in many words, and refused in one. */
function isWanted(attestation: string | undefined): boolean {
  return attestation !== undefined && attestation !== '' && attestation !== 'false';
}

/** `NAME` without a value takes that of the environment, or is left out. */
function argumentsOf(build: Build, { environment, args, proxies }: ParameterOptions): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(build.args ?? {})) {
    const found = value ?? environment[name];
    if (found !== undefined) values[name] = found;
  }
  if (build.cache_to?.includes('type=inline') === true) values.BUILDKIT_INLINE_CACHE = '1';
  return { ...proxies, ...values, ...args };
}

function imagesIn(caches: readonly string[] | undefined): readonly string[] | undefined {
  return caches?.flatMap((entry) => {
    if (!entry.includes('=')) return [entry];
    const options = new Map(entry.split(',').map((part) => [part.split('=')[0], part.split('=')[1]]));
    const reference = options.get('ref');
    return options.get('type') === 'registry' && reference !== undefined ? [reference] : [];
  });
}

function ulimitsOf(ulimits: NonNullable<Build['ulimits']>): readonly object[] {
  return Object.entries(ulimits).map(([Name, limit]) =>
    typeof limit === 'number'
      ? { Name, Soft: limit, Hard: limit }
      : { Name, Soft: limit.soft, Hard: limit.hard },
  );
}
