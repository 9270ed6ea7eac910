import type { Project, Service } from '#compose/model/project.ts';
import { apiAtLeast } from '../../api/api-version.ts';
import { EngineError } from '../../api/engine-error.ts';
import { type Message, say } from '../../api/message.ts';
import { composeVersion, dependsOnLabel, type Labels, label } from '../../project/labels.ts';
import { imageName } from '../../project/names.ts';
import type { ContainerSpec, EngineInfo } from '../../api/engine-objects.ts';
import { nanoseconds } from './nanoseconds.ts';
import { healthcheckSpec } from './health-check.ts';
import { type InheritedMounts, mountSpec } from './container-mounts.ts';
import { type EndpointSpec, networkingSpec, unsupported } from './endpoint-settings.ts';
import { exposedPorts, portBindings } from './port-bindings.ts';
import { resourceSpec } from './resource-limits.ts';
import { restartPolicy } from './restart-policy.ts';
import { type ReadText, securitySpec } from './security-options.ts';
import { recordOf } from '#compose/values/record.ts';

export interface ContainerRequest {
  readonly project: Project;
  readonly serviceName: string;
  /** References to other services already replaced by container ids (see {@link resolveReferences}). */
  readonly service: Service;
  /** 0 for a one-off container. */
  readonly number: number;
  readonly name: string;
  /** The container's name once it has replaced another; equals `name` otherwise. It is the alias on networks. */
  readonly finalName: string;
  /** Nobody is to find it by a name yet. */
  readonly aside?: boolean;
  readonly configHash: string;
  readonly imageDigest: string | undefined;
  /** Where the project comes from: labels that Docker Compose reads back. */
  readonly origin: ProjectOrigin;
  readonly inherited?: InheritedMounts;
  /** `container:alias`. */
  readonly links: readonly string[];
  /** For a service that does not say what its image is for. */
  readonly platform?: string | undefined;
  /** Labels beyond the usual ones: `replace`, `slug` … */
  readonly labels?: Labels;
  readonly oneOff?: {
    readonly attachStdin: boolean;
    readonly autoRemove: boolean;
    /** Answers to the names of the service on its networks. */
    readonly useAliases: boolean;
  };
}

export interface ProjectOrigin {
  readonly workingDirectory: string;
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
}

export interface ContainerPlan {
  readonly spec: ContainerSpec;
  /** Networks to connect between creation and start, by name (engines before API 1.44). */
  readonly connect: Readonly<Record<string, EndpointSpec>>;
  readonly warnings: readonly Message[];
}

/**
 * The body of `POST /containers/create` for one container of a service, for this engine's API version. Pure.
 * Rejects with `EngineError` (kind `unsupported`) what the engine cannot do, naming the attribute and the version it needs.
 */
export function containerSpec(
  request: ContainerRequest,
  info: EngineInfo,
  readText: ReadText,
): ContainerPlan {
  const { project, serviceName, service } = request;
  const warnings = refuseOrWarn(request, info);
  const platform = service.platform ?? request.platform;
  const networking = networkingSpec(request, info);
  const mounts = mountSpec(project, serviceName, service, info, request.inherited);
  const config = defined({
    Hostname: service.hostname,
    Domainname: service.domainname,
    User: service.user,
    ExposedPorts: nonEmpty(exposedPorts(service)),
    Tty: service.tty ?? false,
    OpenStdin: service.stdin_open ?? false,
    StdinOnce: request.oneOff?.attachStdin === true && service.stdin_open === true,
    AttachStdin: request.oneOff?.attachStdin ?? false,
    AttachStdout: true,
    AttachStderr: true,
    Env: environmentList({ ...info.proxies, ...service.environment }),
    Cmd: service.command ?? undefined,
    Entrypoint: service.entrypoint ?? undefined,
    Healthcheck: healthcheckSpec(service.healthcheck),
    Image: imageName(project.name, serviceName, service),
    WorkingDir: service.working_dir,
    Labels: containerLabels(request),
    MacAddress: networking.macAddress,
    NetworkDisabled: service.network_mode === 'disabled' ? true : undefined,
    StopSignal: service.stop_signal,
    StopTimeout:
      service.stop_grace_period === undefined
        ? undefined
        : Math.trunc(nanoseconds(service.stop_grace_period) / 1e9),
  });
  const hostConfig = defined({
    AutoRemove: request.oneOff?.autoRemove === true ? true : undefined,
    Annotations: service.annotations,
    Binds: mounts.binds.length > 0 ? mounts.binds : undefined,
    Mounts: mounts.mounts.length > 0 ? mounts.mounts : undefined,
    Tmpfs: nonEmpty(mounts.tmpfs),
    VolumesFrom: service.volumes_from,
    VolumeDriver: service.volume_driver,
    NetworkMode: networking.mode,
    PortBindings: nonEmpty(portBindings(service)),
    Links: request.links.length > 0 ? request.links : undefined,
    RestartPolicy: request.oneOff === undefined ? restartPolicy(service) : undefined,
    CapAdd: service.cap_add,
    CapDrop: service.cap_drop,
    CgroupnsMode: service.cgroup,
    Dns: service.dns,
    DnsOptions: service.dns_opt,
    DnsSearch: service.dns_search,
    ExtraHosts: service.extra_hosts?.map(hostEntry),
    GroupAdd: service.group_add,
    Init: service.init,
    IpcMode: service.ipc,
    Isolation: service.isolation,
    LogConfig:
      service.logging === undefined
        ? undefined
        : { Type: service.logging.driver ?? '', Config: service.logging.options ?? {} },
    PidMode: service.pid,
    Privileged: service.privileged === true ? true : undefined,
    ReadonlyRootfs: service.read_only === true ? true : undefined,
    Runtime: service.runtime,
    ...securitySpec(service.security_opt, readText),
    ShmSize: service.shm_size === undefined ? undefined : Number(service.shm_size),
    StorageOpt: service.storage_opt,
    Sysctls: service.sysctls,
    UsernsMode: service.userns_mode,
    UTSMode: service.uts,
    ...resourceSpec(service),
  });
  return {
    spec: {
      name: request.name,
      ...(platform !== undefined && { platform }),
      body: {
        ...config,
        HostConfig: hostConfig,
        ...(Object.keys(networking.atCreate).length > 0 && {
          NetworkingConfig: { EndpointsConfig: networking.atCreate },
        }),
      },
    },
    connect: networking.afterCreate,
    warnings,
  };
}

/** `K=V`; a variable without a value is sent as `K`, which takes it away from what the image sets. */
export function environmentList(
  environment: Readonly<Record<string, string | null>>,
): readonly string[] | undefined {
  const entries = Object.entries(environment);
  if (entries.length === 0) return undefined;
  return entries.map(([key, value]) => (value === null ? key : `${key}=${value}`));
}

/** A copy without its undefined fields. */
export function defined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return recordOf(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function containerLabels(request: ContainerRequest): Labels {
  const { origin } = request;
  return {
    ...request.service.labels,
    [label.project]: request.project.name,
    [label.service]: request.serviceName,
    [label.version]: composeVersion,
    [label.workingDirectory]: origin.workingDirectory,
    [label.configFiles]: origin.files.join(','),
    ...(origin.envFiles.length > 0 && { [label.environmentFile]: origin.envFiles.join(',') }),
    [label.oneOff]: request.oneOff === undefined ? 'False' : 'True',
    ...(request.imageDigest !== undefined && { [label.imageDigest]: request.imageDigest }),
    ...request.labels,
    [label.configHash]: request.configHash,
    ...(request.number > 0 && { [label.containerNumber]: String(request.number) }),
    [label.dependsOn]: dependsOnLabel(request.service.depends_on),
  };
}

/** The loader writes `host=ip`, the engine takes `host:ip`. */
function hostEntry(entry: string): string {
  const at = entry.indexOf('=');
  return at < 0 ? entry : `${entry.slice(0, at)}:${entry.slice(at + 1)}`;
}

function nonEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

function refuseOrWarn(request: ContainerRequest, info: EngineInfo): readonly Message[] {
  const { project, serviceName, service } = request;
  const warnings: Message[] = [];
  if (service.annotations !== undefined && !apiAtLeast(info, '1.43')) {
    throw unsupported(`services.${serviceName}.annotations`, 'Docker Engine v24', info);
  }
  // An engine with an interval and no period fails to start the container, without saying why.
  if (service.healthcheck?.start_interval !== undefined && service.healthcheck.start_period === undefined) {
    throw new EngineError(
      'invalid',
      say`services.${serviceName}: healthcheck.start_interval requires healthcheck.start_period to be set`,
      { subject: serviceName },
    );
  }
  if (service.healthcheck?.start_interval !== undefined && !apiAtLeast(info, '1.44')) {
    warnings.push(
      say`services.${serviceName}.healthcheck.start_interval needs Docker Engine v25 or later and is not used: the interval applies during the start period too`,
    );
  }
  if (service.credential_spec !== undefined) {
    warnings.push(say`services.${serviceName}.credential_spec is not applied outside Swarm`);
  }
  for (const kind of ['secrets', 'configs'] as const)
    for (const { source, uid, gid, mode } of service[kind] ?? [])
      if (project[kind]?.[source]?.file !== undefined && (uid ?? gid ?? mode) !== undefined)
        warnings.push(
          say`services.${serviceName}.${kind} (${source}): uid, gid and mode are not used for a file, which is mounted as it is`,
        );
  return warnings;
}
