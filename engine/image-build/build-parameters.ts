import type { Build, Service } from '#compose/model/project.ts';
import { defaultPlatform } from '../project/platforms.ts';
import { areImages } from './named-contexts.ts';
import { attestationsOf } from './attestations.ts';
import { cachedImages } from './caches.ts';
import { beyondImages, refuseUnsupported } from './refuse-unsupported.ts';
import { mergedRecord, recordOf } from '#compose/values/record.ts';

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
  readonly provenance?: string;
  readonly sbom?: string;
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
  refuseUnsupported(serviceName, [
    ['secrets', (build.secrets?.length ?? 0) > 0],
    ['ssh', (build.ssh?.length ?? 0) > 0],
    ['additional_contexts other than services and images', !areImages(build)],
    ['privileged', build.privileged === true],
    ['entitlements', (build.entitlements?.length ?? 0) > 0],
    ['no_cache_filter', (build.no_cache_filter?.length ?? 0) > 0],
    ['isolation with BuildKit', options.buildKit && build.isolation !== undefined],
    ...beyondImages(build, attestationsOf(build, options)),
  ]);
  const platform = build.platforms?.[0] ?? service.platform ?? defaultPlatform(options.environment);
  return {
    version: options.buildKit ? '2' : '1',
    t: options.tags,
    buildargs: buildArguments(build, options),
    labels: mergedRecord(build.labels, options.labels),
    target: build.target,
    // Lists of these two are one JSON text each; tags and hosts are repeated.
    cachefrom: build.cache_from === undefined ? undefined : JSON.stringify(cachedImages(build)),
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

/** `NAME` without a value takes that of the environment, or is left out. */
export function buildArguments(
  build: Build,
  { environment, args, proxies }: Pick<ParameterOptions, 'environment' | 'args' | 'proxies'>,
): Record<string, string> {
  const values: Record<string, string> = recordOf();
  for (const [name, value] of Object.entries(build.args ?? {})) {
    const found = value ?? environment[name];
    if (found !== undefined) values[name] = found;
  }
  if (build.cache_to?.includes('type=inline') === true) values.BUILDKIT_INLINE_CACHE = '1';
  return mergedRecord(proxies, values, args);
}

function ulimitsOf(ulimits: NonNullable<Build['ulimits']>): readonly object[] {
  return Object.entries(ulimits).map(([Name, limit]) =>
    typeof limit === 'number'
      ? { Name, Soft: limit, Hard: limit }
      : { Name, Soft: limit.soft, Hard: limit.hard },
  );
}
