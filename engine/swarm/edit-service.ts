import type { ServiceSpec, Spec, SwarmPort } from '../api/swarm-calls.ts';
import { recordOf } from '#compose/values/record.ts';

/** What `docker service update` changes of a service; what is absent stays as it is. Durations are nanoseconds. */
export interface ServiceEdit {
  readonly args?: readonly string[];
  /** `NAME=VALUE`, by name. */
  readonly environment?: ListEdit;
  readonly labels?: LabelEdit;
  readonly containerLabels?: LabelEdit;
  readonly constraints?: ListEdit;
  /** Removed by target, protocol and mode. */
  readonly ports?: { readonly add: readonly SwarmPort[]; readonly remove: readonly SwarmPort[] };
  /** 0: none. */
  readonly limits?: Resources;
  readonly reservations?: Resources;
  readonly update?: UpdateEdit;
  readonly rollback?: UpdateEdit;
}

export interface ListEdit {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export interface LabelEdit {
  readonly add: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

export interface Resources {
  readonly NanoCPUs?: number;
  readonly MemoryBytes?: number;
  readonly Pids?: number;
}

export interface UpdateEdit {
  readonly Parallelism?: number;
  readonly Delay?: number;
  readonly Monitor?: number;
  readonly FailureAction?: string;
  readonly MaxFailureRatio?: number;
  readonly Order?: string;
}

/** What the swarm does where a service says nothing of it; the engine wants all of it or nothing. */
const usualUpdate = { Parallelism: 1, Monitor: 5e9, FailureAction: 'pause', Order: 'stop-first' };

/** Pure. What is removed goes first: what is added then is there. */
export function edited(spec: ServiceSpec, edit: ServiceEdit): ServiceSpec {
  const { TaskTemplate: task } = spec;
  const container = task.ContainerSpec ?? {};
  const resources = record(task.Resources);
  const placement = record(task.Placement);
  const endpoint = record(spec.EndpointSpec);
  return {
    ...spec,
    ...(edit.labels && { Labels: labelled(spec.Labels, edit.labels) }),
    ...(edit.update && { UpdateConfig: { ...(spec.UpdateConfig ?? usualUpdate), ...edit.update } }),
    ...(edit.rollback && {
      RollbackConfig: { ...(spec.RollbackConfig ?? usualUpdate), ...edit.rollback },
    }),
    ...(edit.ports && {
      EndpointSpec: { ...endpoint, Ports: withPorts((endpoint.Ports ?? []) as SwarmPort[], edit.ports) },
    }),
    TaskTemplate: {
      ...task,
      ...((edit.limits ?? edit.reservations) && {
        Resources: {
          ...resources,
          ...(edit.limits && { Limits: { ...record(resources.Limits), ...edit.limits } }),
          ...(edit.reservations && {
            Reservations: { ...record(resources.Reservations), ...edit.reservations },
          }),
        },
      }),
      ...(edit.constraints && {
        Placement: {
          ...placement,
          Constraints: withItems((placement.Constraints ?? []) as string[], edit.constraints, same).sort(),
        },
      }),
      ContainerSpec: {
        ...container,
        ...(edit.args && { Args: edit.args }),
        ...(edit.environment && {
          Env: withItems((container.Env ?? []) as string[], edit.environment, nameOf),
        }),
        ...(edit.containerLabels && { Labels: labelled(container.Labels, edit.containerLabels) }),
      },
    },
  };
}

function withItems(
  items: readonly string[],
  { add, remove }: ListEdit,
  keyOf: (item: string) => string,
): string[] {
  const gone = new Set([...remove, ...add.map(keyOf)]);
  return [...items.filter((item) => !gone.has(keyOf(item))), ...add];
}

function withPorts(
  ports: readonly SwarmPort[],
  { add, remove }: NonNullable<ServiceEdit['ports']>,
): readonly SwarmPort[] {
  const keyOf = ({ TargetPort, Protocol = 'tcp', PublishMode = 'ingress' }: SwarmPort) =>
    `${TargetPort}/${Protocol}/${PublishMode}`;
  // One target may be published several times: the same port is not twice there.
  const exact = (port: SwarmPort) => `${port.PublishedPort ?? ''}:${keyOf(port)}`;
  const gone = new Set(remove.map(keyOf));
  const added = new Set(add.map(exact));
  return [...ports.filter((port) => !gone.has(keyOf(port)) && !added.has(exact(port))), ...add];
}

function labelled(
  labels: Readonly<Record<string, string>> | undefined,
  { add, remove }: LabelEdit,
): Readonly<Record<string, string>> {
  return {
    ...recordOf(Object.entries(labels ?? {}).filter(([key]) => !remove.includes(key))),
    ...add,
  };
}

function nameOf(entry: string): string {
  return entry.split('=', 1)[0] ?? '';
}

function same(item: string): string {
  return item;
}

function record(value: unknown): Spec {
  return typeof value === 'object' && value !== null ? (value as Spec) : {};
}
