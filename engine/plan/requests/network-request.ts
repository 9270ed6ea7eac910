import type { Network } from '#compose/model/project.ts';
import { apiAtLeast } from '../../api/api-version.ts';
import { composeVersion, label } from '../../project/labels.ts';
import type { EngineInfo } from '../../api/engine-objects.ts';
import { unsupported } from './endpoint-settings.ts';

/** The body of `POST /networks/create` for a project's network. Labels of Compose win over the user's. */
export function networkSpec(
  project: string,
  key: string,
  network: Network,
  hash: string,
  info: EngineInfo,
): Readonly<Record<string, unknown>> {
  if (network.enable_ipv4 === false && !apiAtLeast(info, '1.47')) {
    throw unsupported(`networks.${key}.enable_ipv4: false`, 'Docker Engine v28', info);
  }
  const ipam = network.ipam;
  const hasIpam =
    ipam !== undefined &&
    (ipam.driver !== undefined ||
      (ipam.config ?? []).length > 0 ||
      Object.keys(ipam.options ?? {}).length > 0);
  return {
    Name: network.name,
    // Before API 1.44 two networks of one name can exist, and then neither can be used.
    ...(!apiAtLeast(info, '1.44') && { CheckDuplicate: true }),
    Driver: network.driver ?? '',
    ...(network.driver_opts !== undefined && { Options: network.driver_opts }),
    Internal: network.internal ?? false,
    Attachable: network.attachable ?? false,
    ...(network.enable_ipv4 !== undefined && apiAtLeast(info, '1.47') && { EnableIPv4: network.enable_ipv4 }),
    ...(network.enable_ipv6 !== undefined && { EnableIPv6: network.enable_ipv6 }),
    ...(hasIpam && {
      IPAM: {
        Driver: ipam.driver ?? '',
        Config: (ipam.config ?? []).map((pool) => ({
          ...(pool.subnet !== undefined && { Subnet: pool.subnet }),
          ...(pool.ip_range !== undefined && { IPRange: pool.ip_range }),
          ...(pool.gateway !== undefined && { Gateway: pool.gateway }),
          ...(pool.aux_addresses !== undefined && { AuxiliaryAddresses: pool.aux_addresses }),
        })),
        ...(ipam.options !== undefined && { Options: ipam.options }),
      },
    }),
    Labels: {
      ...network.labels,
      [label.network]: key,
      [label.project]: project,
      [label.version]: composeVersion,
      [label.configHash]: hash,
    },
  };
}
