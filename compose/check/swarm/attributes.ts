import type { Project, Service } from '../../model/project.ts';

/** An attribute of the files that Swarm has not. */
export interface Unsupported {
  /** `services.web.mem_limit`. */
  readonly path: string;
  /** `docker stack deploy` refuses the file for it; otherwise the stack is deployed without it. */
  readonly refused: boolean;
  /** What Swarm has in its place. */
  readonly instead?: string;
}

export const inDeploy = (name: string) => `deploy.resources.${name}`;

/** Of a service, with what to write instead. Resources that someone counts on: without them the service would take what it likes. */
export const refused: Readonly<Record<string, string | undefined>> = {
  volumes_from: undefined,
  volume_driver: 'volumes.*.driver',
  cpu_quota: inDeploy('limits.cpus'),
  cpu_shares: inDeploy('reservations.cpus'),
  cpuset: 'deploy.placement',
  cpus: inDeploy('limits.cpus'),
  mem_limit: inDeploy('limits.memory'),
  mem_reservation: inDeploy('reservations.memory'),
  memswap_limit: undefined,
  mem_swappiness: undefined,
  pids_limit: inDeploy('limits.pids'),
};

/** Of a service: a stack is deployed without them. */
export const ignored: Readonly<Record<string, string | undefined>> = {
  annotations: undefined,
  attach: undefined,
  blkio_config: undefined,
  build: 'image',
  cgroup: undefined,
  cgroup_parent: undefined,
  container_name: undefined,
  cpu_count: undefined,
  cpu_percent: undefined,
  cpu_period: undefined,
  cpu_rt_period: undefined,
  cpu_rt_runtime: undefined,
  depends_on: undefined,
  develop: undefined,
  device_cgroup_rules: undefined,
  devices: undefined,
  domainname: 'hostname',
  expose: undefined,
  external_links: 'networks.*.aliases',
  gpus: inDeploy('reservations.generic_resources'),
  ipc: undefined,
  links: 'networks.*.aliases',
  mac_address: undefined,
  models: undefined,
  network_mode: 'networks',
  oom_kill_disable: undefined,
  oom_score_adj: undefined,
  pid: undefined,
  platform: 'deploy.placement.constraints',
  post_start: undefined,
  pre_start: undefined,
  pre_stop: undefined,
  privileged: 'cap_add',
  provider: undefined,
  pull_policy: undefined,
  runtime: undefined,
  security_opt: undefined,
  shm_size: undefined,
  storage_opt: undefined,
  tmpfs: 'volumes (type: tmpfs)',
  use_api_socket: undefined,
  userns_mode: undefined,
  uts: undefined,
};

/** Of what a service says of its networks. */
export const ignoredOfNetworks = [
  'gw_priority',
  'interface_name',
  'ipv4_address',
  'ipv6_address',
  'link_local_ips',
  'mac_address',
  'priority',
] as const;

/** Everything in the project that a stack cannot have, in the order of the services. */
export function findUnsupported(project: Project): readonly Unsupported[] {
  return Object.entries(project.services).flatMap(([name, service]) =>
    ofService(service).map((found) => ({ ...found, path: `services.${name}.${found.path}` })),
  );
}

function ofService(service: Service): readonly Unsupported[] {
  const found: Unsupported[] = [];
  for (const name of Object.keys(service)) {
    const value = service[name as keyof Service];
    if (value === undefined || value === null || value === false) continue;
    const isRefused = Object.hasOwn(refused, name);
    if (!isRefused && !Object.hasOwn(ignored, name)) continue;
    const instead = isRefused ? refused[name] : ignored[name];
    found.push({ path: name, refused: isRefused, ...(instead !== undefined && { instead }) });
  }
  // A service published for this machine alone would be open to everyone.
  for (const port of service.ports ?? [])
    if (port.host_ip !== undefined && port.host_ip !== '' && port.host_ip !== '0.0.0.0')
      found.push({ path: 'ports.host_ip', refused: false });
  for (const [network, use] of Object.entries(service.networks ?? {}))
    for (const name of ignoredOfNetworks)
      if (use?.[name] !== undefined) found.push({ path: `networks.${network}.${name}`, refused: false });
  for (const kind of ['limits', 'reservations'] as const)
    if ((service.deploy?.resources?.[kind]?.devices ?? []).length > 0)
      found.push({
        path: `deploy.resources.${kind}.devices`,
        refused: false,
        instead: inDeploy('reservations.generic_resources'),
      });
  return found;
}
