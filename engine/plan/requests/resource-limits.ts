import type { DeviceRequest, Resource, Service } from '#compose/model/project.ts';

/** The resource fields of `HostConfig`; limits and reservations of `deploy.resources` win over the service's own. */
export function resourceSpec(service: Service): Record<string, unknown> {
  const limits = service.deploy?.resources?.limits;
  const reservations = service.deploy?.resources?.reservations;
  const cpus = limits?.cpus ?? service.cpus;
  const pids = limits?.pids ?? service.pids_limit;
  const spec: Record<string, unknown> = {
    CgroupParent: service.cgroup_parent,
    Memory: bytes(limits?.memory ?? service.mem_limit),
    MemorySwap: bytes(service.memswap_limit),
    MemorySwappiness: bytes(service.mem_swappiness),
    MemoryReservation: bytes(reservations?.memory ?? service.mem_reservation),
    OomKillDisable: service.oom_kill_disable ?? false,
    OomScoreAdj: service.oom_score_adj,
    CpuCount: service.cpu_count,
    CpuPercent: service.cpu_percent === undefined ? undefined : Math.trunc(service.cpu_percent * 100),
    CpuPeriod: service.cpu_period,
    CpuQuota: service.cpu_quota,
    CpuRealtimePeriod: service.cpu_rt_period,
    CpuRealtimeRuntime: service.cpu_rt_runtime,
    CpuShares: service.cpu_shares,
    CpusetCpus: service.cpuset,
    NanoCpus: cpus === undefined ? undefined : Math.trunc(cpus * 1e9),
    PidsLimit: pids === 0 ? undefined : pids,
    DeviceCgroupRules: service.device_cgroup_rules,
    Ulimits: ulimitSpec(service.ulimits),
    ...deviceSpec(service, reservations),
    ...blkioSpec(service),
  };
  return spec;
}

function deviceSpec(service: Service, reservations: Resource | undefined): Record<string, unknown> {
  const devices: object[] = [];
  const cdiNames: string[] = [];
  for (const device of service.devices ?? []) {
    const target = device.target ?? device.source;
    if (target === device.source && isCdiName(device.source)) cdiNames.push(device.source);
    else {
      devices.push({
        PathOnHost: device.source,
        PathInContainer: target,
        CgroupPermissions: device.permissions ?? 'rwm',
      });
    }
  }
  const requests = [
    ...(reservations?.devices ?? []).map((request) => deviceRequest(request, request.capabilities ?? [])),
    ...(cdiNames.length > 0 ? [{ Driver: 'cdi', DeviceIDs: cdiNames }] : []),
    ...(service.gpus ?? []).map((request) =>
      deviceRequest(request, [...(request.capabilities ?? []), 'gpu']),
    ),
  ];
  return {
    ...(devices.length > 0 && { Devices: devices }),
    ...(requests.length > 0 && { DeviceRequests: requests }),
  };
}

function deviceRequest(request: DeviceRequest, capabilities: readonly string[]): object {
  return {
    Driver: request.driver ?? '',
    Count: request.count ?? 0,
    DeviceIDs: request.device_ids,
    Capabilities: [capabilities],
    Options: request.options,
  };
}

/** `vendor.com/class=name`, the Container Device Interface's qualified names. */
function isCdiName(name: string): boolean {
  return /^[A-Za-z][\w.-]*\/[A-Za-z][\w-]*=[\w][\w.:-]*$/.test(name);
}

function ulimitSpec(ulimits: Service['ulimits']): object[] | undefined {
  if (ulimits === undefined) return undefined;
  return Object.entries(ulimits)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, limit]) => ({
      Name: name,
      Soft: typeof limit === 'number' ? limit : limit.soft,
      Hard: typeof limit === 'number' ? limit : limit.hard,
    }));
}

function blkioSpec(service: Service): Record<string, unknown> {
  const blkio = service.blkio_config;
  if (blkio === undefined) return {};
  const rates = (entries: readonly { readonly Path: string; readonly Rate: string }[] | undefined) =>
    entries?.map((entry) => ({ Path: entry.Path, Rate: Number(entry.Rate) }));
  return {
    BlkioWeight: blkio.weight,
    BlkioWeightDevice: blkio.weight_device,
    BlkioDeviceReadBps: rates(blkio.device_read_bps),
    BlkioDeviceReadIOps: rates(blkio.device_read_iops),
    BlkioDeviceWriteBps: rates(blkio.device_write_bps),
    BlkioDeviceWriteIOps: rates(blkio.device_write_iops),
  };
}

function bytes(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
