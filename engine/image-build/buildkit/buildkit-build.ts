import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { readFileBytes } from '#disk/read-file.ts';
import { apiAtLeast } from '../../api/api-version.ts';
import type { BuildOptions } from '../build-options.ts';
import { EngineError } from '../../api/engine-error.ts';
import { say } from '../../api/message.ts';
import { imageName } from '../../project/names.ts';
import { defaultPlatform } from '../../project/platforms.ts';
import type { EnginePort } from '../../api/engine-port.ts';
import { builtImage } from '../built-image.ts';
import { areImages, withNamedContexts } from '../named-contexts.ts';
import { type BuildLine, BuildOutput } from '../build-output.ts';
import { buildArguments } from '../build-parameters.ts';
import { attestationsOf, usualProvenance } from '../attestations.ts';
import { type BuildCache, cachesIn } from '../caches.ts';
import { localCaches } from '../local-caches.ts';
import { beyondImages, refuseBeyondStore, refuseUnsupported } from '../refuse-unsupported.ts';
import { type BuildSource, type BuildTarget, findSource, isRemote } from '../build-source.ts';
import type { Builder, SolveRequest } from '../../api/buildkit/solve.ts';
import type { LocalSource } from '../../api/buildkit/local-source.ts';
import { registryUser } from './registry-user.ts';
import { type Offer, type Secret, sshAgents } from '../../api/buildkit/session-services.ts';
import { recordOf } from '#compose/values/record.ts';

/**
 * Builds with the engine's BuildKit, which reads from this machine what it needs while it builds: of the contexts only files that are used and have
 * changed, secrets, the SSH agent, registries' passwords. Rejects with `EngineError`: `unsupported` by name, `invalid` for what cannot be read, `engine`
 * with BuildKit's words.
 */
export async function buildWithBuildKit(
  engine: EnginePort,
  builder: Builder,
  target: BuildTarget,
  options: BuildOptions,
  onLine: (line: BuildLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const { request, offer } = await toSolve(engine, builder, target, options, signal);
  const output = new BuildOutput();
  for await (const status of engine.solveBuild(request, offer, signal))
    for (const line of output.readStatus(status)) onLine(line);
}

/** What BuildKit is asked for, and what it may ask for meanwhile. */
export async function toSolve(
  engine: EnginePort,
  { hostGateway, holdsIndexes }: Builder,
  target: BuildTarget,
  options: BuildOptions,
  signal: AbortSignal,
): Promise<{
  readonly request: SolveRequest;
  readonly offer: Offer;
  readonly dockerfile: BuildSource['dockerfile'];
}> {
  const { name, build, loaded } = target;
  refuseUnsupported(name, [
    ['isolation with BuildKit', build.isolation !== undefined],
    [`network ${build.network}`, !['host', 'none', 'default', 'bridge', undefined].includes(build.network)],
    ['extra_hosts with host-gateway', hostGateway === undefined && usesHostGateway(build.extra_hosts)],
  ]);
  const attestations = attestationsOf(build, options);
  if (!holdsIndexes) refuseBeyondStore(name, beyondImages(build, attestations));
  const { tags, labels } = builtImage(target);
  const caches = await localCaches(
    // Without a cache the image is the same: Docker's own image store reads none from a folder.
    cachesIn(build.cache_from).filter(({ type }) => holdsIndexes || type !== 'local'),
    cachesIn(build.cache_to),
    loaded.workingDirectory,
  );
  const found = await findSource(target);
  const source = sourcesOf(found, target, apiAtLeast(engine.info, '1.42'));
  const given = {
    environment: loaded.environment,
    proxies: engine.info.proxies,
    ...(options.args === undefined ? {} : { args: options.args }),
  };
  const attributes = {
    ...prefixed('build-arg', buildArguments(build, given)),
    ...prefixed('label', { ...build.labels, ...labels }),
    ...buildAttributes(target, options, caches.imports, hostGateway),
    ...source.attributes,
    ...defined({
      ...attestations,
      ...(holdsIndexes &&
        attestations['attest:provenance'] === undefined && {
          'attest:provenance': usualProvenance(build, options, loaded.environment),
        }),
    }),
  };
  const request = {
    attributes,
    tags,
    entitlements: entitlementsOf(target),
    cacheExports: caches.exports,
    sharedKey: createHash('sha256').update(`${loaded.project.name} ${name} ${build.context}`).digest('hex'),
  };
  const offer = {
    sources: source.sources,
    secrets: await secretsOf(target),
    agents: await sshAgents(name, [...(build.ssh ?? []), ...(options.ssh ?? [])], loaded.environment),
    contents: caches.contents,
    solved: caches.solved,
    credentials: async (host: string) => registryUser(await engine.credentials(signal), host),
  };
  return { request, offer, dockerfile: found.dockerfile };
}

function buildAttributes(
  { service, build, loaded }: BuildTarget,
  options: BuildOptions,
  imports: readonly BuildCache[],
  hostGateway = '',
): Readonly<Record<string, string>> {
  const platforms = build.platforms ?? [];
  const platform =
    platforms.length > 0 ? platforms.join(',') : (service.platform ?? defaultPlatform(loaded.environment));
  const hosts = build.extra_hosts?.map((entry) => entry.replace(/host-gateway$/, hostGateway)).join(',');
  const caches = imports.map(({ type, attributes }) => ({ Type: type, Attrs: attributes }));
  const noCache = options.noCache === true || build.no_cache === true ? [] : build.no_cache_filter;
  return defined({
    target: build.target,
    platform,
    'no-cache': noCache?.join(','),
    'image-resolve-mode': options.pull === true || build.pull === true ? 'pull' : undefined,
    'force-network-mode': ['host', 'none'].includes(build.network ?? '') ? build.network : undefined,
    'add-hosts': hosts,
    'shm-size': build.shm_size,
    ulimit: ulimitText(build.ulimits),
    'cache-imports': caches.length > 0 ? JSON.stringify(caches) : undefined,
  });
}

function defined(values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return recordOf(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return recordOf(Object.entries(values).map(([name, value]) => [`${prefix}:${name}`, value]));
}

function usesHostGateway(hosts: readonly string[] | undefined): boolean {
  return hosts?.some((entry) => entry.endsWith('host-gateway')) === true;
}

function ulimitText(ulimits: BuildTarget['build']['ulimits']): string | undefined {
  if (ulimits === undefined) return undefined;
  const one = ([name, limit]: [string, number | { readonly soft?: number; readonly hard?: number }]) =>
    typeof limit === 'number' ? `${name}=${limit}:${limit}` : `${name}=${limit.soft}:${limit.hard}`;
  return Object.entries(ulimits).map(one).join(',');
}

function entitlementsOf({ build }: BuildTarget): readonly string[] {
  return [
    ...(build.entitlements ?? []),
    ...(build.network === 'host' ? ['network.host'] : []),
    ...(build.privileged === true ? ['security.insecure'] : []),
  ];
}

/** What a variable that is not set has to say is nothing, in a build (unlike in a container); a file that is missing is refused before anything is built. */
async function secretsOf({ name, build, loaded }: BuildTarget): Promise<ReadonlyMap<string, Secret>> {
  const secrets = new Map<string, Secret>();
  for (const { source, target } of build.secrets ?? []) {
    const object = loaded.project.secrets?.[source];
    if (object === undefined || object.external === true)
      throw new EngineError(
        'unsupported',
        say`The build of service ${name} uses the secret ${source}, which has neither a file nor a variable.`,
        { subject: name },
      );
    const id = target === undefined || target === '' ? source : target;
    if (object.file === undefined) {
      secrets.set(id, { value: object.content ?? loaded.environment[object.environment ?? ''] ?? '' });
      continue;
    }
    await readFileBytes(object.file, 'content').catch((cause: Error) => {
      throw new EngineError(
        'invalid',
        say`The build of service ${name} uses the secret ${source}, whose file ${object.file ?? ''} cannot be read: ${cause.message}`,
        { subject: name, cause },
      );
    });
    secrets.set(id, { file: object.file });
  }
  return secrets;
}

interface Sources {
  readonly attributes: Readonly<Record<string, string>>;
  readonly sources: ReadonlyMap<string, LocalSource>;
}

/** What the frontend reads, by the names that it uses. `named`: it knows contexts by name (BuildKit 0.10, Docker 23). */
function sourcesOf(source: BuildSource, target: BuildTarget, named: boolean): Sources {
  const { name, build, loaded } = target;
  const { context, dockerfile } = source;
  const contexts = Object.keys(build.additional_contexts ?? {}).length > 0;
  if (contexts && !named)
    refuseUnsupported(name, [
      ['additional_contexts other than services and images on an engine before 23.0', !areImages(build)],
      [
        'additional_contexts with a context that the engine fetches on an engine before 23.0',
        dockerfile.kind === 'remote',
      ],
    ]);
  const sources = new Map<string, LocalSource>();
  const attributes: Record<string, string> = recordOf();
  if (context.kind === 'folder') sources.set('context', { kind: 'folder', directory: context.directory });
  else attributes.context = context.address;
  if (dockerfile.kind === 'remote') {
    if (dockerfile.path !== undefined) attributes.filename = dockerfile.path;
  } else {
    if (context.kind === 'remote') attributes.dockerfilekey = 'dockerfile';
    if (dockerfile.kind === 'file' && (named || !contexts)) {
      sources.set('dockerfile', { kind: 'folder', directory: dirname(dockerfile.file) });
      attributes.filename = basename(dockerfile.file);
    } else {
      const rewritten =
        named || !contexts ? dockerfile.text : withNamedContexts(dockerfile.text, build, loaded.project);
      sources.set('dockerfile', { kind: 'files', files: new Map([['Dockerfile', Buffer.from(rewritten)]]) });
    }
  }
  if (named)
    for (const [key, place] of Object.entries(build.additional_contexts ?? {}))
      attributes[`context:${key}`] = namedContext(key, place, target, sources);
  return { attributes, sources };
}

function namedContext(
  key: string,
  place: string,
  { name, loaded: { project } }: BuildTarget,
  sources: Map<string, LocalSource>,
): string {
  if (place.startsWith('service:')) {
    const other = place.slice('service:'.length);
    const service = project.services[other];
    return `docker-image://${service === undefined ? other : imageName(project.name, other, service)}`;
  }
  if (place.startsWith('docker-image://') || isRemote(place)) return place;
  refuseUnsupported(name, [[`additional_contexts ${place}`, place.startsWith('oci-layout:')]]);
  sources.set(`named-${key}`, { kind: 'folder', directory: place });
  return `local:named-${key}`;
}
