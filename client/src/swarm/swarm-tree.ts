import type { ObservedService, ObservedSwarm, ObservedTask } from '#engine/swarm/observe-swarm.ts';
import type { State } from '#engine/observe/states.ts';
import type { Translate } from '../shared/translate.ts';
import { formatAge } from '../shared/format-duration.ts';
import type { RowLook, RowView } from '../tree/row-view.ts';
import type { TreeRows, TreeRow } from '../tree/tree-row.ts';
import type { SwarmRow } from './swarm-row.ts';

/** What is below a row: stacks > services > tasks, then the services that are in no stack. */
export function swarmChildren(row: SwarmRow, swarm: ObservedSwarm | undefined, rows: TreeRows): TreeRow[] {
  const services = (list: readonly ObservedService[]) =>
    list.map(({ id }) => rows.get({ kind: 'swarm-service', swarmService: id }));
  switch (row.kind) {
    case 'swarm':
      return [
        ...(swarm?.stacks ?? []).map(({ name }) => rows.get({ kind: 'swarm-stack', swarmStack: name })),
        ...services(swarm?.services ?? []),
      ];
    case 'swarm-stack':
      return services(swarm?.stacks.find(({ name }) => name === row.swarmStack)?.services ?? []);
    case 'swarm-service':
      return (findService(swarm, row.swarmService)?.tasks ?? []).map(({ id }) =>
        rows.get({ kind: 'swarm-task', swarmService: row.swarmService, task: id }),
      );
    case 'swarm-task':
      return [];
  }
}

export function swarmParent(
  row: SwarmRow,
  swarm: ObservedSwarm | undefined,
  rows: TreeRows,
): TreeRow | undefined {
  switch (row.kind) {
    case 'swarm':
      return undefined;
    case 'swarm-stack':
      return rows.get({ kind: 'swarm' });
    case 'swarm-service': {
      const stack = swarm?.stacks.find(({ services }) => services.some(({ id }) => id === row.swarmService));
      return stack === undefined
        ? rows.get({ kind: 'swarm' })
        : rows.get({ kind: 'swarm-stack', swarmStack: stack.name });
    }
    case 'swarm-task':
      return rows.get({ kind: 'swarm-service', swarmService: row.swarmService });
  }
}

/** How a row looks now; `undefined` if its thing has gone. */
export function swarmLook(
  row: SwarmRow,
  swarm: ObservedSwarm | undefined,
  view: RowView,
): RowLook | undefined {
  if (swarm === undefined) return undefined;
  switch (row.kind) {
    case 'swarm':
      return rootLook(swarm, view);
    case 'swarm-stack':
      return stackLook(swarm, row.swarmStack, view);
    case 'swarm-service': {
      const service = findService(swarm, row.swarmService);
      return service && serviceLook(service, view);
    }
    case 'swarm-task': {
      const task = findService(swarm, row.swarmService)?.tasks.find(({ id }) => id === row.task);
      return task && taskLook(task, view);
    }
  }
}

export function findService(swarm: ObservedSwarm | undefined, id: string): ObservedService | undefined {
  return servicesOf(swarm).find((service) => service.id === id);
}

/** All of the swarm. */
export function servicesOf(swarm: ObservedSwarm | undefined): readonly ObservedService[] {
  return [...(swarm?.stacks ?? []).flatMap(({ services }) => services), ...(swarm?.services ?? [])];
}

function rootLook({ nodes }: ObservedSwarm, { t }: RowView): RowLook {
  const ready = nodes.filter((node) => node.ready).length;
  const all = nodes.length === 1 ? t('1 node') : t('{0} nodes', nodes.length);
  return {
    label: t('Swarm'),
    description: ready === nodes.length ? all : t('{0}/{1} nodes ready', ready, nodes.length),
    context: 'swarm',
    icon: { kind: 'thing', of: 'swarm' },
    open: 'expanded',
    role: '',
    tooltip: nodes.map((node) => (node.ready ? node.name : `${node.name} (${t('down')})`)).join('\n'),
  };
}

function stackLook(swarm: ObservedSwarm, name: string, { t }: RowView): RowLook | undefined {
  const stack = swarm.stacks.find((each) => each.name === name);
  if (stack === undefined) return undefined;
  const states = stack.services.map(stateOfService);
  const complete = stack.services.filter(isComplete).length;
  return {
    label: name,
    description: t('{0}/{1} running', complete, stack.services.length),
    context: 'swarm-stack',
    icon: {
      kind: 'project',
      state: states.includes('unhealthy') ? 'unhealthy' : 'running',
      isBroken: false,
    },
    open: 'expanded',
    role: t('stack'),
  };
}

function serviceLook(service: ObservedService, { t }: RowView): RowLook {
  const { running, wanted, completed, mode, update, updateMessage, image, ports } = service;
  const isJob = mode === 'replicated-job' || mode === 'global-job';
  const published = [...new Set(ports.flatMap(({ PublishedPort = 0 }) => PublishedPort || []))];
  return {
    label: service.shortName,
    description: [
      isJob ? t('{0}/{1} completed', completed, wanted) : t('{0}/{1} running', running, wanted),
      updateText(update, t),
      image,
      published.map((port) => `:${port}`).join(' '),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    context: [
      'swarm-service',
      mode === 'replicated' || mode === 'replicated-job' ? 'scalable' : '',
      service.canRollBack ? 'changed' : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
    icon: { kind: 'state', state: stateOfService(service) },
    open: 'collapsed',
    role: t('service'),
    tooltip: [service.name, updateText(update, t) === '' ? '' : updateMessage]
      .filter((part) => part !== '')
      .join('\n'),
  };
}

function taskLook({ name, node, state, error, since }: ObservedTask, { t, now }: RowView): RowLook {
  return {
    label: name,
    description: [taskText(state, t), error, node, since === undefined ? '' : formatAge(now - since, t)]
      .filter((part) => part !== '')
      .join(' · '),
    context: 'swarm-task',
    icon: { kind: 'state', state: stateOfTask(state) },
    open: 'leaf',
    role: t('task'),
    ...(error !== '' && { tooltip: error }),
  };
}

/** Worth saying: what is under way, or has not gone well. */
function updateText(update: string, t: Translate): string {
  switch (update) {
    case 'updating':
      return t('updating');
    case 'paused':
      return t('update paused');
    case 'rollback_started':
      return t('rolling back');
    case 'rollback_paused':
      return t('rollback paused');
    case 'rollback_completed':
      return t('rolled back');
    default:
      return '';
  }
}

function taskText(state: string, t: Translate): string {
  switch (state) {
    case 'running':
      return t('running');
    case 'complete':
      return t('complete');
    case 'failed':
      return t('failed');
    case 'rejected':
      return t('rejected');
    case 'pending':
      return t('pending');
    case 'preparing':
      return t('preparing');
    case 'starting':
      return t('starting');
    case 'new':
    case 'allocated':
    case 'assigned':
    case 'accepted':
    case 'ready':
      return t('waiting');
    default:
      return state;
  }
}

function isComplete({ mode, running, completed, wanted }: ObservedService): boolean {
  return (mode === 'replicated-job' || mode === 'global-job' ? completed : running) >= wanted;
}

function stateOfService(service: ObservedService): State {
  const { wanted, update, tasks, mode } = service;
  if (update === 'paused' || update === 'rollback_paused') return 'unhealthy';
  if (isComplete(service)) {
    if (mode === 'replicated-job' || mode === 'global-job' || wanted === 0) return 'done';
    return update === 'updating' || update === 'rollback_started' ? 'starting' : 'running';
  }
  return tasks.some(({ error }) => error !== '') ? 'unhealthy' : 'starting';
}

function stateOfTask(state: string): State {
  if (state === 'running') return 'running';
  if (state === 'failed' || state === 'rejected' || state === 'orphaned') return 'failed';
  if (state === 'complete') return 'done';
  return state === 'shutdown' || state === 'remove' ? 'exited' : 'starting';
}
