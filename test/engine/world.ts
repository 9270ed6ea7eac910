import type { LoadedProject } from '#compose/load/request.ts';
import type { Network, Project, Service, Volume } from '#compose/model/project.ts';
import type { Hashes } from '#engine/project/hashes.ts';
import { dependsOnLabel, label } from '#engine/project/labels.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import type {
  ContainerSummary,
  EngineInfo,
  ImageDetails,
  NetworkDetails,
  VolumeDetails,
} from '#engine/api/engine-objects.ts';
import { reconcile } from '#engine/plan/reconcile.ts';
import type { ReconcileOptions, World } from '#engine/plan/reconcile/reconcile-context.ts';
import { desiredOf, type UpOptions } from '#engine/operations/up.ts';

export const engine28: EngineInfo = {
  apiVersion: '1.51',
  serverVersion: '28.5.2',
  endpoint: 'unix:///test.sock',
  os: 'linux',
};
export const engine20: EngineInfo = { ...engine28, apiVersion: '1.41', serverVersion: '20.10.24' };

/** Hashes one can read: the hashed value itself. */
export const plainHashes: Hashes = {
  service: hashed,
  accepted: (service) => [hashed(service)],
  network: (network) => JSON.stringify(network),
  volume: (volume) => JSON.stringify(volume),
};

function hashed({ scale, depends_on, build, pull_policy, profiles, ...rest }: Service): string {
  return JSON.stringify(rest);
}

export type PartialService = Partial<Service>;

/** A loaded project from the interesting parts of one. Services without networks are on `default`. */
export function load(parts: {
  readonly services: Readonly<Record<string, PartialService>>;
  readonly networks?: Readonly<Record<string, Network>>;
  readonly volumes?: Readonly<Record<string, Volume>>;
  readonly secrets?: Project['secrets'];
  readonly configs?: Project['configs'];
  readonly disabled?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}): LoadedProject {
  const complete = (service: PartialService): Service => ({
    command: null,
    entrypoint: null,
    image: 'busybox',
    ...(service.network_mode === undefined && { networks: { default: null } }),
    ...service,
  });
  const services = Object.entries(parts.services).map(
    ([name, service]) => [name, complete(service)] as const,
  );
  const span = { uri: 'file:///app/compose.yaml', start: 0, end: 0 };
  return {
    project: {
      name: 'app',
      services: Object.fromEntries(services),
      networks: parts.networks ?? { default: { name: 'app_default' } },
      ...(parts.volumes !== undefined && { volumes: parts.volumes }),
      ...(parts.secrets !== undefined && { secrets: parts.secrets }),
      ...(parts.configs !== undefined && { configs: parts.configs }),
    },
    tree: { kind: 'map', entries: [], flow: false, span, origins: [] },
    disabled: Object.fromEntries((parts.disabled ?? []).map((name) => [name, complete({})])),
    files: ['/app/compose.yaml'],
    workingDirectory: '/app',
    envFiles: [],
    environment: parts.environment ?? {},
  };
}

/** A container as an earlier up of `loaded` would have left it: running, attached, up to date. */
export function container(
  loaded: LoadedProject,
  service: string,
  number = 1,
  overrides: Partial<ContainerSummary> = {},
): ContainerSummary {
  const definition = loaded.project.services[service] ?? { command: null, entrypoint: null };
  const networks = Object.keys(definition.networks ?? {}).map((key) => {
    const name = loaded.project.networks?.[key]?.name ?? key;
    return [name, { networkId: `id-of-${name}` }] as const;
  });
  const { labels, ...rest } = overrides;
  return {
    id: `${service}${number}`.padEnd(64, '0').replaceAll(/[^0-9a-f]/g, 'a'),
    name: definition.container_name ?? `app-${service}-${number}`,
    image: definition.image ?? 'busybox',
    imageId: 'sha256:image',
    command: 'sh',
    createdAt: number,
    state: 'running',
    status: 'Up',
    health: 'none',
    exitCode: undefined,
    ports: [],
    networks: Object.fromEntries(networks),
    mounts: (definition.volumes ?? []).map((mount) => ({
      type: mount.type,
      name: loaded.project.volumes?.[mount.source ?? '']?.name,
      source: '',
      destination: mount.target,
      readOnly: false,
    })),
    ...rest,
    labels: {
      [label.project]: 'app',
      [label.service]: service,
      [label.oneOff]: 'False',
      [label.containerNumber]: String(number),
      [label.configHash]: plainHashes.service(definition),
      [label.imageDigest]: 'sha256:image',
      [label.dependsOn]: dependsOnLabel(definition.depends_on),
      ...labels,
    },
  };
}

export function network(
  key: string,
  details: Network,
  overrides: Partial<NetworkDetails> = {},
): NetworkDetails {
  return {
    id: `id-of-${details.name}`,
    name: details.name,
    driver: 'bridge',
    scope: 'local',
    labels: {
      [label.project]: 'app',
      [label.network]: key,
      [label.configHash]: plainHashes.network(details),
    },
    containers: [],
    ...overrides,
  };
}

export function volume(key: string, details: Volume): VolumeDetails {
  return {
    name: details.name,
    driver: 'local',
    mountpoint: '',
    labels: { [label.project]: 'app', [label.volume]: key, [label.configHash]: plainHashes.volume(details) },
  };
}

export function image(overrides: Partial<ImageDetails> = {}): ImageDetails {
  return {
    id: 'sha256:image',
    contentDigest: 'sha256:image',
    config: {},
    tags: [],
    digests: [],
    volumes: [],
    hasHealthcheck: false,
    os: 'linux',
    architecture: 'amd64',
    ...overrides,
  };
}

export interface WorldParts {
  readonly containers?: readonly ContainerSummary[];
  readonly networks?: readonly NetworkDetails[];
  readonly volumes?: readonly VolumeDetails[];
  readonly surroundings?: Partial<World['surroundings']>;
  readonly info?: EngineInfo;
}

export function world(parts: WorldParts): World {
  return {
    observed: {
      project: 'app',
      containers: parts.containers ?? [],
      networks: parts.networks ?? [],
      volumes: parts.volumes ?? [],
    },
    surroundings: {
      networks: {},
      volumes: {},
      images: { busybox: image() },
      details: {},
      names: {},
      ...parts.surroundings,
    },
    info: parts.info ?? engine28,
  };
}

/** The plan's text for an up. */
export function planText(
  loaded: LoadedProject,
  parts: WorldParts,
  options: UpOptions = {},
  overrides: Partial<ReconcileOptions> = {},
): string {
  const reconcileOptions: ReconcileOptions = {
    targets: options.services ?? [],
    recreate: 'diverged',
    recreateDependencies: 'diverged',
    inherit: true,
    removeOrphans: false,
    ignoreOrphans: false,
    recreateVolumes: new Set(),
    start: true,
    pulls: [],
    ...overrides,
  };
  return formatPlan(reconcile(desiredOf(loaded, options, plainHashes), world(parts), reconcileOptions));
}
