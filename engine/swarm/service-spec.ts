import type {
  Deploy,
  FileReference,
  Project,
  Resource,
  Service,
  UpdateConfig,
} from '#compose/model/project.ts';
import { recordOf } from '#compose/values/record.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { ServiceMode, ServiceSpec, Spec, SwarmPort } from '../api/swarm-calls.ts';
import { healthcheckSpec } from '../plan/requests/health-check.ts';
import { nanoseconds } from '../plan/requests/nanoseconds.ts';
import { mountSpecs } from './mount-specs.ts';
import { taggedImage } from './pin-images.ts';
import { engineNetworks, imageLabel, stackLabel } from './stack-labels.ts';
import { networkName, networksOfService } from './stack-networks.ts';

/**
 * The body of `POST /services/create` as `docker stack deploy` makes it, but for the ids of secrets and configs: the engine's are known only once
 * those exist. Pure. Rejects with `EngineError` (kind `invalid`) what cannot be said in it.
 */
export function serviceSpec(project: Project, stack: string, key: string, service: Service): ServiceSpec {
  const { deploy = {} } = service;
  if (service.image === undefined || service.image === '')
    throw new EngineError(
      'invalid',
      say`services.${key} has no image: Swarm does not build. Build and push it, and name it with "image".`,
      { subject: key },
    );
  return {
    Name: `${stack}_${key}`,
    Labels: { ...deploy.labels, [imageLabel]: service.image, [stackLabel]: stack },
    TaskTemplate: without({
      ContainerSpec: containerSpec(project, stack, service, service.image),
      Resources: without({
        Limits: resourceSpec(deploy.resources?.limits),
        Reservations: resourceSpec(deploy.resources?.reservations),
      }),
      RestartPolicy: restartPolicy(service),
      Placement: placement(deploy.placement),
      Networks: networkSpecs(project, stack, key, service),
      LogDriver:
        service.logging && without({ Name: service.logging.driver, Options: service.logging.options }),
    }),
    Mode: serviceMode(key, service),
    ...without({
      UpdateConfig: updateConfig(deploy.update_config),
      RollbackConfig: updateConfig(deploy.rollback_config),
    }),
    EndpointSpec: without({ Mode: deploy.endpoint_mode?.toLowerCase(), Ports: portSpecs(key, service) }),
  };
}

function containerSpec(project: Project, stack: string, service: Service, image: string) {
  const { credential_spec: credentials, dns, dns_search: search, dns_opt: options } = service;
  return without({
    Image: taggedImage(image),
    Labels: { ...service.labels, [stackLabel]: stack },
    Command: service.entrypoint ?? undefined,
    Args: service.command ?? undefined,
    Hostname: service.hostname,
    Env: Object.entries(service.environment ?? {})
      .map(([name, value]) => (value === null ? name : `${name}=${value}`))
      .sort(),
    Dir: service.working_dir,
    User: service.user,
    Groups: service.group_add,
    StopSignal: service.stop_signal,
    StopGracePeriod: durationOf(service.stop_grace_period),
    TTY: service.tty,
    OpenStdin: service.stdin_open,
    ReadOnly: service.read_only,
    Init: service.init,
    Isolation: service.isolation,
    Mounts: mountSpecs(project, stack, service),
    Healthcheck: healthcheckSpec(service.healthcheck),
    Hosts: service.extra_hosts?.map(hostLine),
    DNSConfig:
      dns || search || options ? without({ Nameservers: dns, Search: search, Options: options }) : undefined,
    Secrets: fileReferences('Secret', service.secrets, project.secrets),
    Configs: configReferences(project, service),
    Sysctls: service.sysctls,
    ...capabilities(service),
    Ulimits: ulimits(service.ulimits),
    // Never absent: the swarm takes a service that has none for another one than the Docker CLI's.
    Privileges:
      credentials === undefined
        ? {}
        : {
            CredentialSpec: without({
              // By its name: the id is known once it is there.
              Config: credentials.config && nameOf(credentials.config, project.configs),
              File: credentials.file,
              Registry: credentials.registry,
            }),
          },
  });
}

/** `host=address` or `host:address` as `/etc/hosts` has it. */
function hostLine(entry: string): string {
  const [, host = '', address = ''] = /^([^=:]*)[=:](.*)$/.exec(entry) ?? [];
  return `${address.replace(/^\[(.*)\]$/, '$1')} ${host}`;
}

/** In order and once each; what is added is not dropped. */
function capabilities({ cap_add, cap_drop }: Service): Spec {
  const add = new Set(cap_add?.map(capability));
  const drop = new Set(cap_drop?.map(capability));
  const added = add.has('ALL') ? ['ALL'] : [...add];
  const dropped = drop.has('ALL') ? ['ALL'] : [...drop].filter((name) => !add.has(name));
  return without({
    CapabilityAdd: added.length === 0 ? undefined : added.sort(compare),
    CapabilityDrop: dropped.length === 0 ? undefined : dropped.sort(compare),
  });
}

function capability(name: string): string {
  const upper = name.toUpperCase();
  return upper === 'ALL' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
}

function ulimits(limits: Service['ulimits']): readonly Spec[] | undefined {
  return limits === undefined
    ? undefined
    : byKey(limits).map(([Name, limit]) =>
        typeof limit === 'number'
          ? { Name, Soft: limit, Hard: limit }
          : { Name, Soft: limit.soft, Hard: limit.hard },
      );
}

/** Those of the service, and the one that its credentials are in, which no container sees. */
function configReferences(
  { configs }: Project,
  { configs: own, credential_spec: credentials }: Service,
): readonly Spec[] | undefined {
  const files = fileReferences('Config', own, configs);
  if (credentials?.config === undefined) return files;
  const runtime: Spec = { Runtime: {}, ConfigName: nameOf(credentials.config, configs) };
  return [...(files ?? []), runtime].sort((a, b) => compare(String(a.ConfigName), String(b.ConfigName)));
}

function nameOf(key: string, objects: Project['configs']): string {
  return objects?.[key]?.name ?? key;
}

/** In the order of the objects' names. The swarm puts relative targets of secrets below `/run/secrets`, those of configs below `/`. */
function fileReferences(
  kind: 'Secret' | 'Config',
  references: readonly FileReference[] | undefined,
  objects: Project['secrets'],
): readonly Spec[] | undefined {
  return references
    ?.map((reference) => ({ reference, name: nameOf(reference.source, objects) }))
    .sort((a, b) => compare(a.name, b.name))
    .map(({ reference, name }) => ({
      File: {
        Name: (reference.target ?? reference.source).replace(
          kind === 'Secret' ? /^\/run\/secrets\// : /^(?!)/,
          '',
        ),
        UID: reference.uid ?? '0',
        GID: reference.gid ?? '0',
        Mode: reference.mode === undefined ? 0o444 : Number.parseInt(reference.mode, 8),
      },
      [`${kind}Name`]: name,
    }));
}

function resourceSpec(resource: Resource | undefined): Spec | undefined {
  if (resource === undefined) return undefined;
  return without({
    NanoCPUs: resource.cpus === undefined ? undefined : Math.round(resource.cpus * 1e9),
    MemoryBytes: resource.memory === undefined ? undefined : Number(resource.memory),
    Pids: resource.pids,
    GenericResources: resource.generic_resources?.flatMap(({ discrete_resource_spec: discrete }) =>
      discrete === undefined
        ? []
        : [{ DiscreteResourceSpec: { Kind: discrete.kind, Value: discrete.value } }],
    ),
  });
}

/** `deploy.restart_policy`, else what `restart` says in Swarm's words. */
function restartPolicy({ deploy, restart = '' }: Service): Spec | undefined {
  const policy = deploy?.restart_policy;
  if (policy !== undefined)
    return without({
      Condition: policy.condition,
      Delay: durationOf(policy.delay),
      MaxAttempts: policy.max_attempts,
      Window: durationOf(policy.window),
    });
  const [condition, attempts] = restart.split(':');
  if (condition === 'always' || condition === 'unless-stopped') return { Condition: 'any' };
  if (condition === 'on-failure')
    return without({
      Condition: 'on-failure',
      MaxAttempts: Number(attempts ?? 0) > 0 ? Number(attempts) : undefined,
    });
  return undefined;
}

function placement(wanted: Deploy['placement']): Spec | undefined {
  return (
    wanted &&
    without({
      Constraints: wanted.constraints,
      Preferences: wanted.preferences?.map(({ spread }) => ({ Spread: { SpreadDescriptor: spread } })),
      MaxReplicas: wanted.max_replicas_per_node,
    })
  );
}

function networkSpecs(project: Project, stack: string, key: string, service: Service): readonly Spec[] {
  return byKey(networksOfService(service))
    .map(([name, use]) => {
      const target = networkName(project, stack, name);
      return without({
        Target: target,
        // The engine's own networks have no names in them.
        Aliases: engineNetworks.includes(target) ? use?.aliases : [...(use?.aliases ?? []), key],
        DriverOpts: use?.driver_opts,
      });
    })
    .sort((a, b) => compare(String(a.Target), String(b.Target)));
}

function portSpecs(key: string, service: Service): readonly SwarmPort[] | undefined {
  return service.ports
    ?.map((port) => {
      if (port.published !== undefined && !/^\d*$/.test(port.published))
        throw new EngineError(
          'invalid',
          say`services.${key}.ports: Swarm publishes ${port.target} on one port, not on a range (${port.published}).`,
          { subject: key },
        );
      return {
        Protocol: port.protocol ?? 'tcp',
        TargetPort: port.target,
        ...(port.published ? { PublishedPort: Number(port.published) } : {}),
        PublishMode: port.mode ?? 'ingress',
      };
    })
    .sort((a, b) => (a.PublishedPort ?? 0) - (b.PublishedPort ?? 0));
}

function serviceMode(key: string, { deploy = {}, scale }: Service): ServiceMode {
  const replicas = deploy.replicas ?? scale;
  const { mode = 'replicated' } = deploy;
  if ((mode === 'global' || mode === 'global-job') && replicas !== undefined)
    throw new EngineError(
      'invalid',
      say`services.${key}: mode ${mode} runs one task on each node; remove "replicas", or use mode replicated.`,
      { subject: key },
    );
  switch (mode) {
    case 'replicated':
      return { Replicated: replicas === undefined ? {} : { Replicas: replicas } };
    case 'global':
      return { Global: {} };
    case 'replicated-job':
      return {
        ReplicatedJob: replicas === undefined ? {} : { MaxConcurrent: replicas, TotalCompletions: replicas },
      };
    case 'global-job':
      return { GlobalJob: {} };
    default:
      throw new EngineError('invalid', say`services.${key}.deploy.mode: Swarm has no mode "${mode}".`, {
        subject: key,
      });
  }
}

function updateConfig(config: UpdateConfig | undefined): Spec | undefined {
  if (config === undefined) return undefined;
  return without({
    Parallelism: config.parallelism ?? 1,
    Delay: durationOf(config.delay),
    FailureAction: config.failure_action,
    Monitor: durationOf(config.monitor),
    MaxFailureRatio: config.max_failure_ratio,
    Order: config.order,
  });
}

function durationOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : nanoseconds(text);
}

function byKey<T>(map: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(map).sort(([a], [b]) => compare(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The fields that are set. */
function without<T extends object>(fields: T): Given<T> {
  // What is left of the type is what is left of the value.
  return recordOf(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };
