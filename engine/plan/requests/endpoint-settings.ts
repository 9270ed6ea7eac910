import type { Project, Service, ServiceNetwork } from '#compose/model/project.ts';
import { apiAtLeast } from '../../api/api-version.ts';
import { EngineError } from '../../api/engine-error.ts';
import { say } from '../../api/message.ts';
import { networkAliases } from '../../project/names.ts';
import type { EngineInfo } from '../../api/engine-objects.ts';
import { recordOf } from '#compose/values/record.ts';

const interfaceNameOption = 'com.docker.network.endpoint.ifname';

export interface NetworkingSpec {
  /** `HostConfig.NetworkMode`. */
  readonly mode: string;
  /** `Config.MacAddress`, where the engine takes no address per endpoint. */
  readonly macAddress: string | undefined;
  /** `NetworkingConfig.EndpointsConfig`: what is connected at creation. */
  readonly atCreate: Readonly<Record<string, EndpointSpec>>;
  /** What must be connected between creation and start: engines before API 1.44 take one network at creation. */
  readonly afterCreate: Readonly<Record<string, EndpointSpec>>;
}

export type EndpointSpec = Readonly<Record<string, unknown>>;

/** Network keys of a service, the main one first: highest `priority`, then name. */
export function networksByPriority(service: Service): readonly string[] {
  const networks = service.networks ?? recordOf<ServiceNetwork | null>();
  const priority = (key: string) => networks[key]?.priority ?? 0;
  return Object.keys(networks).sort((a, b) => priority(b) - priority(a) || (a < b ? -1 : 1));
}

export interface NetworkingRequest {
  readonly project: Project;
  readonly serviceName: string;
  readonly service: Service;
  /** The name the container will have in the end. */
  readonly finalName: string;
  readonly links: readonly string[];
  readonly oneOff?: { readonly useAliases: boolean };
  /** Nobody is to find it by a name yet. */
  readonly aside?: boolean;
}

/** Rejects what the engine's API version cannot do, by name. */
export function networkingSpec(request: NetworkingRequest, info: EngineInfo): NetworkingSpec {
  const { project, serviceName, service, finalName, links } = request;
  const macPerEndpoint = apiAtLeast(info, '1.44');
  if (service.network_mode !== undefined && service.network_mode !== '') {
    return { mode: service.network_mode, macAddress: service.mac_address, atCreate: {}, afterCreate: {} };
  }
  const [main, ...others] = networksByPriority(service);
  if (main === undefined) return { mode: 'none', macAddress: undefined, atCreate: {}, afterCreate: {} };
  refuseUnsupported(serviceName, service, info);

  const mainMac = service.networks?.[main]?.mac_address ?? service.mac_address;
  if (service.mac_address !== undefined && mainMac !== service.mac_address) {
    throw new EngineError(
      'invalid',
      say`services.${serviceName}: the service-level mac_address should have the same value as network ${main}`,
    );
  }
  const isAnonymous = request.oneOff?.useAliases === false;
  const aliasesOf = (key: string): readonly string[] =>
    request.aside === true
      ? []
      : isAnonymous
        ? [finalName]
        : networkAliases(finalName, serviceName, service.networks?.[key]?.aliases);
  const endpoint = (key: string, mac: string | undefined): readonly [string, EndpointSpec] => [
    project.networks?.[key]?.name ?? key,
    endpointSpec(service.networks?.[key], aliasesOf(key), {
      links,
      mac: macPerEndpoint ? mac : undefined,
    }),
  ];
  const first = endpoint(main, mainMac);
  const rest = others.map((key) => endpoint(key, service.networks?.[key]?.mac_address));
  const severalAtCreate = apiAtLeast(info, '1.44');
  return {
    mode: first[0],
    macAddress: macPerEndpoint ? undefined : mainMac,
    atCreate: recordOf(severalAtCreate ? [first, ...rest] : [first]),
    afterCreate: recordOf(severalAtCreate ? [] : rest),
  };
}

function endpointSpec(
  network: ServiceNetwork | null | undefined,
  aliases: readonly string[],
  options: { readonly links: readonly string[]; readonly mac: string | undefined },
): EndpointSpec {
  const ipam = {
    ...(network?.ipv4_address !== undefined && { IPv4Address: network.ipv4_address }),
    ...(network?.ipv6_address !== undefined && { IPv6Address: network.ipv6_address }),
    ...(network?.link_local_ips !== undefined && { LinkLocalIPs: network.link_local_ips }),
  };
  const driverOptions = {
    ...(network?.interface_name !== undefined && { [interfaceNameOption]: network.interface_name }),
    ...network?.driver_opts,
  };
  return {
    Aliases: aliases,
    ...(options.links.length > 0 && { Links: options.links }),
    ...(Object.keys(ipam).length > 0 && { IPAMConfig: ipam }),
    ...(options.mac !== undefined && { MacAddress: options.mac }),
    ...(Object.keys(driverOptions).length > 0 && { DriverOpts: driverOptions }),
    ...(network?.gw_priority !== undefined && { GwPriority: network.gw_priority }),
  };
}

function refuseUnsupported(serviceName: string, service: Service, info: EngineInfo): void {
  const [main] = networksByPriority(service);
  for (const [key, network] of Object.entries(service.networks ?? {})) {
    const where = `services.${serviceName}.networks.${key}`;
    if (network?.interface_name !== undefined && !apiAtLeast(info, '1.49')) {
      throw unsupported(`${where}.interface_name`, 'Docker Engine v28.1', info);
    }
    if (network?.gw_priority !== undefined && network.gw_priority !== 0 && !apiAtLeast(info, '1.48')) {
      throw unsupported(`${where}.gw_priority`, 'Docker Engine v28', info);
    }
    if (network?.mac_address !== undefined && key !== main && !apiAtLeast(info, '1.44')) {
      throw unsupported(
        `${where}.mac_address on a network that is not the main one`,
        'Docker Engine v25',
        info,
      );
    }
  }
}

/** A refusal by name: what is asked for, what it needs, what there is. */
export function unsupported(what: string, needs: string, info: EngineInfo): EngineError {
  return new EngineError(
    'unsupported',
    say`${what} requires ${needs} or later; this engine is ${info.serverVersion} (API ${info.apiVersion})`,
    { subject: what },
  );
}
