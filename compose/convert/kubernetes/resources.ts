import type { Resource, Service } from '../../model/project.ts';
import { allLabels, labelSize } from './labels.ts';
import { type JsonObject, unlessEmpty } from './manifest.ts';
import { cpuQuantity, memoryQuantity } from './quantities.ts';
import type { Scope } from './scope.ts';
import { phrase } from '../../problem/phrase.ts';

/** Limits and requests: of `deploy.resources`, else of `cpus`, `mem_limit` and `mem_reservation`. */
export function resources(scope: Scope, name: string, service: Service): JsonObject | undefined {
  const { deploy, cpus, mem_limit, mem_reservation, gpus } = service;
  const path = `services.${name}.deploy.resources`;
  const labels = allLabels(service);
  const { limits: limit, reservations: reservation } = deploy?.resources ?? {};
  const limits = quantities(limit, cpus, mem_limit, labelSize(labels, 'ephemeral-storage.limit'));
  const requests = quantities(
    reservation,
    undefined,
    mem_reservation,
    labelSize(labels, 'ephemeral-storage.request'),
  );
  if (limit?.pids !== undefined) {
    scope.remark(`${path}.limits.pids`, phrase('kubernetes.pids'));
  }
  if (reservation?.generic_resources !== undefined) {
    scope.remark(`${path}.reservations.generic_resources`, phrase('kubernetes.generic-resources'));
  }
  for (const device of [...(reservation?.devices ?? []), ...(gpus ?? [])]) {
    const isGpu = device.capabilities?.includes('gpu') === true || (gpus ?? []).includes(device);
    const at = (gpus ?? []).includes(device) ? `services.${name}.gpus` : `${path}.reservations.devices`;
    if (!isGpu) {
      scope.remark(at, phrase('kubernetes.gpus-only'));
      continue;
    }
    const isNumber = device.device_ids === undefined && (device.count ?? -1) > 0;
    const count = isNumber ? (device.count ?? 1) : (device.device_ids?.length ?? 1);
    const key = `${device.driver === 'amd' ? 'amd' : 'nvidia'}.com/gpu`;
    limits[key] = String(Number(limits[key] ?? 0) + count);
    if (!isNumber) {
      scope.remark(at, phrase('kubernetes.gpu-count', { count }));
    }
  }
  return unlessEmpty({
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(Object.keys(requests).length > 0 && { requests }),
  });
}

function quantities(
  resource: Resource | undefined,
  ownCpus: number | undefined,
  ownMemory: string | undefined,
  storage: string | undefined,
): Record<string, string> {
  const cpus = Number(resource?.cpus ?? ownCpus ?? 0);
  const memory = resource?.memory ?? ownMemory ?? '0';
  return {
    ...(cpus > 0 && { cpu: cpuQuantity(cpus) }),
    ...(memory !== '0' && { memory: memoryQuantity(memory) }),
    ...(storage !== undefined && { 'ephemeral-storage': storage }),
  };
}
