import { portShortages } from '#compose/check/port-shortage.ts';
import { replicasOf } from '#compose/model/replicas.ts';
import type { Service } from '#compose/model/project.ts';
import { EngineError } from '../../api/engine-error.ts';
import { type Message, say } from '../../api/message.ts';
import { sharedParents } from '../../project/service-graph.ts';
import { updateRules } from './update-rules.ts';

/**
 * Rejects (kind `unsupported`) a service of whose containers an old and a new one cannot run at once, though `order: start-first` asks for that. Says what
 * both would need.
 */
export function refuseStartFirst(
  name: string,
  service: Service,
  services: Readonly<Record<string, Service>>,
): void {
  const reason = hindrance(name, service, services);
  if (reason === undefined) return;
  throw new EngineError(
    'unsupported',
    say`services.${name}.deploy.update_config.order: start-first cannot be honored: ${reason}`,
    { subject: name },
  );
}

function hindrance(
  name: string,
  service: Service,
  services: Readonly<Record<string, Service>>,
): Message | undefined {
  const wanted = replicasOf(service);
  const { parallelism } = updateRules(service);
  const atOnce = wanted + (parallelism === 0 ? wanted : Math.min(parallelism, wanted));
  const [short] = portShortages(service, atOnce);
  if (short !== undefined)
    return say`the old and the new container cannot both publish the host port ${short.published} (${atOnce} containers run at once). Publish the port of a proxy in front of it instead, publish a range, or set the order to stop-first.`;
  if (service.network_mode === 'host')
    return say`it uses the host's network, where the old and the new container cannot both listen on one port. Set the order to stop-first.`;
  if (service.mac_address !== undefined || Object.values(service.networks ?? {}).some(isFixed))
    return say`the old and the new container cannot both have its fixed address. Remove the address, or set the order to stop-first.`;
  const sharing = Object.keys(services).find((other) => sharedParents(services[other] ?? {}).includes(name));
  if (sharing !== undefined)
    return say`service ${sharing} shares its network, processes, or volumes, and can do so with one container only. Set the order to stop-first.`;
  return undefined;
}

function isFixed(network: NonNullable<Service['networks']>[string]): boolean {
  return (network?.ipv4_address ?? network?.ipv6_address ?? network?.mac_address) !== undefined;
}
