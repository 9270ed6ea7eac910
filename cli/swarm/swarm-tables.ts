import type { EnginePort } from '#engine/api/engine-port.ts';
import type {
  NodeObject,
  ServiceObject,
  SwarmFilter,
  SwarmPort,
  TaskObject,
} from '#engine/api/swarm-calls.ts';
import { shortImage, taskName } from '#engine/swarm/task-name.ts';
import { ellipsis, formatTable } from '../frame/table.ts';
import { timeAgo } from '../frame/time-ago.ts';

/** As `docker service ls` and `docker stack services` write them. */
export function serviceTable(services: readonly ServiceObject[]): string {
  return formatTable(
    ['ID', 'NAME', 'MODE', 'REPLICAS', 'IMAGE', 'PORTS'],
    services
      .toSorted((a, b) => natural(a.Spec.Name, b.Spec.Name))
      .map((service) => [
        service.ID.slice(0, 12),
        service.Spec.Name,
        modeOf(service),
        replicasOf(service),
        shortImage(service.Spec.TaskTemplate.ContainerSpec?.Image),
        (service.Endpoint?.Ports ?? [])
          .filter(({ PublishMode }) => PublishMode === 'ingress')
          .map(portText)
          .join(', '),
      ]),
  );
}

export function modeOf({ Spec: { Mode = {} } }: ServiceObject): string {
  if (Mode.Replicated !== undefined) return 'replicated';
  if (Mode.ReplicatedJob !== undefined) return 'replicated job';
  return Mode.GlobalJob === undefined ? 'global' : 'global job';
}

function replicasOf({ Spec, ServiceStatus: status = {} }: ServiceObject): string {
  const { RunningTasks = 0, DesiredTasks = 0, CompletedTasks = 0 } = status;
  const job = Spec.Mode?.ReplicatedJob;
  const text = `${RunningTasks}/${DesiredTasks}`;
  if (job !== undefined) return `${text} (${CompletedTasks}/${job.TotalCompletions ?? 1} completed)`;
  if (Spec.Mode?.GlobalJob !== undefined)
    return `${text} (${CompletedTasks}/${DesiredTasks + CompletedTasks} completed)`;
  const most = placementOf(Spec.TaskTemplate.Placement).MaxReplicas ?? 0;
  return most > 0 && Spec.Mode?.Replicated !== undefined ? `${text} (max ${most} per node)` : text;
}

function placementOf(placement: unknown): { readonly MaxReplicas?: number } {
  return typeof placement === 'object' && placement !== null ? placement : {};
}

function portText({ PublishedPort, TargetPort, Protocol }: SwarmPort): string {
  return `*:${PublishedPort}->${TargetPort}/${Protocol}`;
}

/** As `docker stack ps` and `docker service ps` write them: the newest task of each slot first, those before it below. */
export async function taskTable(
  engine: EnginePort,
  filter: SwarmFilter,
  { noTrunc, quiet }: { readonly noTrunc: boolean; readonly quiet: boolean },
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly count: number }> {
  const [tasks, services, nodes] = await Promise.all([
    engine.listTasks(filter, signal),
    engine.listServices({}, signal),
    engine.listSwarmNodes(signal),
  ]);
  const serviceName = new Map(services.map(({ ID, Spec }) => [ID, Spec.Name]));
  const nodeName = new Map(nodes.map(({ ID, Description }) => [ID, Description?.Hostname ?? ID]));
  const rows = tasks
    .map((task) => ({
      task,
      name: taskName(serviceName.get(task.ServiceID) ?? task.ServiceID, task),
    }))
    .sort((a, b) => natural(a.name, b.name) || createdAt(b.task) - createdAt(a.task));
  const idOf = ({ ID }: TaskObject) => (noTrunc ? ID : ID.slice(0, 12));
  if (quiet) return { text: rows.map(({ task }) => `${idOf(task)}\n`).join(''), count: tasks.length };
  const cells = rows.map(({ task, name }, at) => {
    const { Status } = task;
    const error = Status.Err ?? '';
    const quoted = error === '' ? '' : JSON.stringify(error);
    return [
      idOf(task),
      rows[at - 1]?.name === name ? ` \\_ ${name}` : name,
      noTrunc ? imageOf(task) : shortImage(imageOf(task)),
      nodeName.get(task.NodeID ?? '') ?? '',
      capital(task.DesiredState),
      `${capital(Status.State)} ${age(Status.Timestamp)} ago`,
      noTrunc ? quoted : error === '' ? '' : JSON.stringify(ellipsis(error, 30)),
      (Status.PortStatus?.Ports ?? []).map(portText).join(','),
    ];
  });
  return {
    text: formatTable(
      ['ID', 'NAME', 'IMAGE', 'NODE', 'DESIRED STATE', 'CURRENT STATE', 'ERROR', 'PORTS'],
      cells,
    ),
    count: tasks.length,
  };
}

/** As `docker node ls`; `*` marks the node that was asked. */
export function nodeTable(nodes: readonly NodeObject[], self: string): string {
  return formatTable(
    ['ID', 'HOSTNAME', 'STATUS', 'AVAILABILITY', 'MANAGER STATUS', 'ENGINE VERSION'],
    nodes
      .toSorted((a, b) => natural(a.Description?.Hostname ?? '', b.Description?.Hostname ?? ''))
      .map(({ ID, Description, Status, Spec, ManagerStatus: manager }) => [
        ID === self ? `${ID} *` : ID,
        Description?.Hostname ?? '',
        capital(Status?.State ?? ''),
        capital(Spec?.Availability ?? ''),
        manager === undefined ? '' : manager.Leader === true ? 'Leader' : capital(manager.Reachability ?? ''),
        Description?.Engine?.EngineVersion ?? '',
      ]),
  );
}

function imageOf({ Spec }: TaskObject): string {
  return Spec?.ContainerSpec?.Image ?? '';
}

function createdAt({ CreatedAt = '' }: TaskObject): number {
  return Date.parse(CreatedAt);
}

function age(timestamp = ''): string {
  return timeAgo(Date.now() - Date.parse(timestamp)).replace(/^[AL]/, (letter) => letter.toLowerCase());
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** `web.10` after `web.9`. */
export function natural(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
