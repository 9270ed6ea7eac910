import type Dockerode from 'dockerode';
import type {
  ContainerDetails,
  ContainerState,
  ContainerSummary,
  EngineEvent,
  Health,
  ImageDetails,
  MountPoint,
  NetworkDetails,
  PullProgress,
  VolumeDetails,
  Pruned,
} from '../engine-objects.ts';
import { recordOf } from '#compose/values/record.ts';

/**
 * From what the Engine answers to the port's plain data. The declared types promise more than engines keep (old ones and Podman leave
 * fields out or send null), so absent is handled everywhere.
 */
export function toContainerSummary(raw: Partial<Dockerode.ContainerInfo>): ContainerSummary {
  const status = raw.Status ?? '';
  return {
    id: raw.Id ?? '',
    name: ownName(raw.Names ?? []),
    image: raw.Image ?? '',
    imageId: raw.ImageID ?? '',
    command: raw.Command ?? '',
    createdAt: (raw.Created ?? 0) * 1000,
    state: toState(raw.State),
    status,
    health: healthOfStatus(status),
    exitCode: exitCodeOfStatus(status),
    labels: raw.Labels ?? {},
    ports: (raw.Ports ?? []).map((port) => ({
      hostIp: port.IP ?? '',
      hostPort: port.PublicPort === undefined || port.PublicPort === 0 ? undefined : port.PublicPort,
      containerPort: port.PrivatePort,
      protocol: port.Type ?? 'tcp',
    })),
    networks: mapValues(raw.NetworkSettings?.Networks ?? {}, (network) => ({
      networkId: network.NetworkID ?? '',
    })),
    mounts: (raw.Mounts ?? []).map(toMount),
  };
}

export function toContainerDetails(raw: Partial<Dockerode.ContainerInspectInfo>): ContainerDetails {
  const state: Partial<Dockerode.ContainerInspectInfo['State']> = raw.State ?? {};
  const config: Partial<Dockerode.ContainerInspectInfo['Config']> = raw.Config ?? {};
  const test = config.Healthcheck?.Test;
  const probed = state.Health?.Log?.at(-1)?.End;
  return {
    id: raw.Id ?? '',
    name: withoutSlash(raw.Name ?? ''),
    image: config.Image ?? '',
    imageId: raw.Image ?? '',
    state: toState(state.Status),
    health: toHealth(state.Health?.Status),
    healthOutput: state.Health?.Log?.at(-1)?.Output,
    ...(probed === undefined ? {} : { healthProbedAt: String(probed) }),
    exitCode: state.ExitCode ?? 0,
    ...(state.OOMKilled === true ? { oomKilled: true } : {}),
    error: state.Error ?? '',
    startedAt: toTime(state.StartedAt),
    finishedAt: toTime(state.FinishedAt),
    restartCount: raw.RestartCount ?? 0,
    tty: config.Tty === true,
    hasHealthcheck: test !== undefined && test.length > 0 && test[0] !== 'NONE',
    labels: config.Labels ?? {},
    env: config.Env ?? [],
    config: { ...config },
    hostConfig: { ...raw.HostConfig },
    networks: mapValues(raw.NetworkSettings?.Networks ?? {}, (network) => ({
      networkId: network.NetworkID ?? '',
      aliases: network.Aliases ?? [],
      ipAddress: network.IPAddress ?? '',
      ...fixedAddresses(network.IPAMConfig),
    })),
    mounts: (raw.Mounts ?? []).map(toMount),
  };
}

function fixedAddresses(
  raw: { readonly IPv4Address?: string; readonly IPv6Address?: string } | null | undefined,
) {
  const { IPv4Address: ipv4 = '', IPv6Address: ipv6 = '' } = raw ?? {};
  return ipv4 === '' && ipv6 === '' ? {} : { fixedAddresses: { ipv4, ipv6 } };
}

export function toNetwork(raw: Partial<Dockerode.NetworkInspectInfo>): NetworkDetails {
  return {
    id: raw.Id ?? '',
    name: raw.Name ?? '',
    driver: raw.Driver ?? '',
    scope: raw.Scope ?? '',
    labels: raw.Labels ?? {},
    containers: Object.keys(raw.Containers ?? {}),
  };
}

export function toVolume(raw: Partial<Dockerode.VolumeInspectInfo>): VolumeDetails {
  return {
    name: raw.Name ?? '',
    driver: raw.Driver ?? '',
    mountpoint: raw.Mountpoint ?? '',
    labels: raw.Labels ?? {},
  };
}

type RawImage = Partial<Dockerode.ImageInspectInfo> & {
  readonly Manifests?: readonly RawManifest[] | null;
  readonly Variant?: string;
  readonly Metadata?: { readonly LastTagTime?: string };
};

interface RawManifest {
  readonly ID?: string;
  readonly Kind?: string;
  readonly Available?: boolean;
  readonly Descriptor?: { readonly digest?: string };
  readonly ImageData?: { readonly Platform?: { readonly os?: string; readonly architecture?: string } };
}

export function toImage(raw: RawImage): ImageDetails {
  const id = raw.Id ?? '';
  const platforms = (raw.Manifests ?? []).flatMap(({ ID, Kind, Available, Descriptor, ImageData }) => {
    const { os = '', architecture = '' } = ImageData?.Platform ?? {};
    const contentDigest = Descriptor?.digest ?? ID;
    return Kind === 'image' && Available === true && contentDigest !== undefined
      ? [{ os, architecture, contentDigest }]
      : [];
  });
  const own = platforms.find(({ os, architecture }) => os === raw.Os && architecture === raw.Architecture);
  const config: Partial<Dockerode.ImageInspectInfo['Config']> = raw.Config ?? {};
  const test = 'Healthcheck' in config ? testOf(config.Healthcheck) : [];
  return {
    id,
    contentDigest: own?.contentDigest ?? id,
    ...(platforms.length > 0 && { platforms }),
    config: { ...config },
    tags: raw.RepoTags ?? [],
    digests: raw.RepoDigests ?? [],
    volumes: Object.keys(config.Volumes ?? {}),
    hasHealthcheck: test.length > 0 && test[0] !== 'NONE',
    os: raw.Os ?? '',
    architecture: raw.Architecture ?? '',
    ...(raw.Variant === undefined ? {} : { variant: raw.Variant }),
    ...(raw.Size === undefined ? {} : { size: raw.Size }),
    ...(raw.Metadata?.LastTagTime === undefined ? {} : { lastTagTime: raw.Metadata.LastTagTime }),
  };
}

/** A listing says less than an inspection: labels, but neither the rest of the `config` nor the platform. */
export function toListedImage(raw: Partial<Dockerode.ImageInfo>): ImageDetails {
  const id = raw.Id ?? '';
  return {
    id,
    contentDigest: id,
    config: { Labels: raw.Labels ?? {} },
    tags: (raw.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>'),
    digests: (raw.RepoDigests ?? []).filter((digest) => digest !== '<none>@<none>'),
    volumes: [],
    hasHealthcheck: false,
    os: '',
    architecture: '',
    ...(raw.Size !== undefined && { size: raw.Size }),
    ...(raw.Created !== undefined && { createdAt: raw.Created * 1000 }),
  };
}

/** `undefined` for a line of the stream that is no event. */
export function toEvent(value: unknown): EngineEvent | undefined {
  if (!isRecord(value)) return undefined;
  const actor = isRecord(value.Actor) ? value.Actor : {};
  const action = text(value.Action) ?? text(value.status);
  const type = text(value.Type) ?? 'container';
  if (action === undefined) return undefined;
  const nano = text(value.timeNano);
  const seconds = typeof value.time === 'number' ? value.time * 1000 : 0;
  return {
    type,
    action,
    id: text(actor.ID) ?? text(value.id) ?? '',
    attributes: mapValues(isRecord(actor.Attributes) ? actor.Attributes : {}, (each) => text(each) ?? ''),
    time: nano === undefined ? seconds : Number(nano) / 1e6,
    ...(nano === undefined ? {} : { nanoseconds: nano.slice(-9) }),
  };
}

/** Progress, or the message of an error; `undefined` for a line that is neither. */
export function toPullProgress(value: unknown): PullProgress | { readonly error: string } | undefined {
  if (!isRecord(value)) return undefined;
  const detail = isRecord(value.errorDetail) ? text(value.errorDetail.message) : undefined;
  const error = detail ?? text(value.error);
  if (error !== undefined) return { error };
  const status = text(value.status);
  if (status === undefined) return undefined;
  const id = text(value.id);
  const progress = isRecord(value.progressDetail) ? value.progressDetail : {};
  return {
    ...(id === undefined ? {} : { id }),
    status,
    ...(typeof progress.current === 'number' ? { current: progress.current } : {}),
    ...(typeof progress.total === 'number' ? { total: progress.total } : {}),
  };
}

function toMount(raw: {
  Type?: string;
  Name?: string | undefined;
  Source?: string;
  Destination?: string;
  RW?: boolean;
}): MountPoint {
  return {
    type: raw.Type ?? 'bind',
    name: raw.Name === '' ? undefined : raw.Name,
    source: raw.Source ?? '',
    destination: raw.Destination ?? '',
    readOnly: raw.RW === false,
  };
}

const states: readonly ContainerState[] = [
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
];

/** Podman has words of its own: what never ran is "configured" or "initialized", what ended is "stopped". */
const otherStates: Readonly<Record<string, ContainerState>> = {
  configured: 'created',
  initialized: 'created',
  stopping: 'running',
  stopped: 'exited',
};

function toState(text: string | undefined): ContainerState {
  const word = text?.toLowerCase() ?? '';
  return states.find((state) => state === word) ?? otherStates[word] ?? 'created';
}

function toHealth(text: string | undefined): Health {
  return text === 'starting' || text === 'healthy' || text === 'unhealthy' ? text : 'none';
}

function healthOfStatus(status: string): Health {
  const word = status.match(/\((healthy|unhealthy|health: starting|starting)\)/)?.[1];
  return word === 'health: starting' ? 'starting' : toHealth(word);
}

function exitCodeOfStatus(status: string): number | undefined {
  const code = status.match(/^(?:Exited|Restarting) \((-?\d+)\)/)?.[1];
  return code === undefined ? undefined : Number(code);
}

/** Links give a container further names, `/other/alias`; its own has one slash. */
function ownName(names: readonly string[]): string {
  return withoutSlash(names.find((name) => name.lastIndexOf('/') === 0) ?? names[0] ?? '');
}

function withoutSlash(name: string): string {
  return name.startsWith('/') ? name.slice(1) : name;
}

/** The engine writes year 1 for "never". */
function toTime(iso: string | undefined): number | undefined {
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) || time <= 0 ? undefined : time;
}

function testOf(healthcheck: unknown): readonly unknown[] {
  return isRecord(healthcheck) && Array.isArray(healthcheck.Test) ? healthcheck.Test : [];
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  return recordOf(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What `POST /…/prune` answers: each kind names its own list. */
export interface PruneReply {
  readonly ContainersDeleted?: readonly string[] | null;
  readonly NetworksDeleted?: readonly string[] | null;
  readonly ImagesDeleted?: readonly { readonly Untagged?: string; readonly Deleted?: string }[] | null;
  readonly CachesDeleted?: readonly string[] | null;
  readonly SpaceReclaimed?: number;
}

export function toPruned(reply: PruneReply): Pruned {
  return {
    removed: [
      ...(reply.ContainersDeleted ?? []),
      ...(reply.NetworksDeleted ?? []),
      ...(reply.ImagesDeleted ?? []).flatMap(({ Untagged }) => Untagged ?? []),
      ...(reply.CachesDeleted ?? []),
    ],
    freed: reply.SpaceReclaimed ?? 0,
  };
}
