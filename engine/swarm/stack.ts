import type { FileObject, Network, Project } from '#compose/model/project.ts';
import type { FileKind, ServiceObject, ServiceSpec, Spec } from '../api/swarm-calls.ts';
import { recordOf } from '#compose/values/record.ts';
import { type ServiceChanges, serviceChanges } from './service-changes.ts';
import { serviceSpec } from './service-spec.ts';
import { stackLabel } from './stack-labels.ts';
import { usedNetworks } from './stack-networks.ts';

/** The contents of secrets and configs, base64, by `secrets.KEY` and `configs.KEY`. */
export type Contents = Readonly<Record<string, string>>;

/** What the swarm has of a stack already. */
export interface ObservedStack {
  /** Names of its networks, with their ids. */
  readonly networks: Readonly<Record<string, string>>;
  readonly files: readonly {
    readonly kind: FileKind;
    readonly name: string;
    readonly id: string;
    readonly version: number;
  }[];
  readonly services: readonly ServiceObject[];
}

/** One thing to ask of the engine. `name`: of the object, as the swarm has it. */
export type StackRequest =
  | { readonly kind: 'remove-service'; readonly name: string; readonly id: string }
  | { readonly kind: 'check-network'; readonly name: string }
  | { readonly kind: 'create-network'; readonly name: string; readonly spec: Spec }
  | { readonly kind: 'create-file'; readonly file: FileKind; readonly name: string; readonly spec: Spec }
  | {
      readonly kind: 'update-file';
      readonly file: FileKind;
      readonly name: string;
      readonly id: string;
      readonly version: number;
      readonly spec: Spec;
    }
  | { readonly kind: 'create-service'; readonly name: string; readonly spec: ServiceSpec }
  | {
      readonly kind: 'update-service';
      readonly name: string;
      readonly id: string;
      readonly spec: ServiceSpec;
      readonly changes: ServiceChanges;
    };

/**
 * What `docker stack deploy` asks of the engine, in an order in which each finds what it needs: what can still be refused because it cannot be
 * changed (secrets, configs) before what changes how services run. Pure. Rejects with `EngineError` what Swarm cannot run.
 */
export function stackRequests(
  project: Project,
  stack: string,
  contents: Contents,
  observed: ObservedStack,
  { prune }: { readonly prune: boolean },
): readonly StackRequest[] {
  const services = Object.entries(project.services)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, service]) => serviceSpec(project, stack, key, service));
  const names = recordOf(Object.entries(observed.networks).map(([name, id]) => [id, name]));
  const wanted = new Set(services.map(({ Name }) => Name));
  return [
    ...networkRequests(project, stack, observed),
    ...fileRequests('secret', project.secrets, stack, contents, observed),
    ...fileRequests('config', project.configs, stack, contents, observed),
    ...observed.services.flatMap(({ ID, Spec }): StackRequest[] =>
      prune && !wanted.has(Spec.Name) ? [{ kind: 'remove-service', name: Spec.Name, id: ID }] : [],
    ),
    ...services.map((spec): StackRequest => {
      const existing = observed.services.find(({ Spec }) => Spec.Name === spec.Name);
      return existing === undefined
        ? { kind: 'create-service', name: spec.Name, spec }
        : {
            kind: 'update-service',
            name: spec.Name,
            id: existing.ID,
            spec,
            changes: serviceChanges(existing.Spec, spec, names),
          };
    }),
  ];
}

/** Only those that a service uses. */
function networkRequests(project: Project, stack: string, observed: ObservedStack): readonly StackRequest[] {
  return usedNetworks(project, stack).flatMap((network): StackRequest[] => {
    if (network.external === true) return [{ kind: 'check-network', name: network.name }];
    if (Object.hasOwn(observed.networks, network.name)) return [];
    return [{ kind: 'create-network', name: network.name, spec: networkSpec(network, stack) }];
  });
}

function networkSpec(network: Network, stack: string): Spec {
  const { ipam } = network;
  return {
    Name: network.name,
    CheckDuplicate: true,
    Driver: network.driver ?? 'overlay',
    ...(network.driver_opts !== undefined && { Options: network.driver_opts }),
    Internal: network.internal ?? false,
    Attachable: network.attachable ?? false,
    ...(network.enable_ipv6 !== undefined && { EnableIPv6: network.enable_ipv6 }),
    ...((ipam?.driver !== undefined || (ipam?.config ?? []).length > 0) && {
      IPAM: {
        Driver: ipam?.driver ?? '',
        Config: (ipam?.config ?? []).map((pool) => ({
          ...(pool.subnet !== undefined && { Subnet: pool.subnet }),
          ...(pool.ip_range !== undefined && { IPRange: pool.ip_range }),
          ...(pool.gateway !== undefined && { Gateway: pool.gateway }),
        })),
      },
    }),
    Labels: { ...network.labels, [stackLabel]: stack },
  };
}

function fileRequests(
  file: FileKind,
  objects: Readonly<Record<string, FileObject>> | undefined,
  stack: string,
  contents: Contents,
  observed: ObservedStack,
): readonly StackRequest[] {
  return Object.entries(objects ?? {}).flatMap(([key, object]): StackRequest[] => {
    if (object.external === true) return [];
    const { name } = object;
    const content = contents[`${file}s.${key}`];
    const spec = {
      Name: name,
      Labels: { ...object.labels, [stackLabel]: stack },
      ...(content !== undefined && { Data: content }),
      ...(object.driver !== undefined && {
        Driver: { Name: object.driver, Options: object.driver_opts ?? {} },
      }),
      ...(object.template_driver !== undefined && { Templating: { Name: object.template_driver } }),
    };
    const existing = observed.files.find((each) => each.kind === file && each.name === name);
    if (existing === undefined) return [{ kind: 'create-file', file, name, spec }];
    const { id, version } = existing;
    return [{ kind: 'update-file', file, name, id, version, spec }];
  });
}
