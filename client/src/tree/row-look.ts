import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { shortResourceName } from '#engine/project/names.ts';
import type { Translate } from '../shared/translate.ts';
import { ScaffoldCommands } from '../scaffold/scaffold-command-ids.ts';
import { rolloutRowText } from '../kubernetes/rollout-text.ts';
import { isSwarmRow } from '../swarm/swarm-row.ts';
import { swarmLook } from '../swarm/swarm-tree.ts';
import { countErrors } from '../workspace/declared.ts';
import type { Stack } from '../workspace/stacks.ts';
import { isOff } from '../workspace/stacks.ts';
import { resourceDescription, resourcesOf, unusedOf } from './resource-text.ts';
import { containerText, isProvided, projectText, serviceText } from './row-text.ts';
import type { RowLook, RowText, RowView } from './row-view.ts';
import type { TreeRow } from './tree-row.ts';
import type { TreeSource } from './tree-shape.ts';

/** With more projects than this in the workspace, all begin collapsed. */
const mostExpanded = 8;

/** How a row looks now; `undefined` if its thing has gone. */
export function lookOf(row: TreeRow, source: TreeSource, view: RowView): RowLook | undefined {
  const { t } = view;
  if (row.kind === 'engine') {
    return {
      label: t('No Docker Engine'),
      description: t('retrying'),
      context: 'engine',
      icon: { kind: 'thing', of: 'engine' },
      open: 'collapsed',
      role: '',
      tooltip: (source.failure ?? []).join('\n'),
    };
  }
  if (row.kind === 'host') return hostLook(row.engine, source, view);
  if (row.kind === 'begin') return beginLook(t);
  if (row.kind === 'others') return othersLook(row.engine, source, t);
  if (row.kind === 'note') return noteLook(row);
  if (row.kind === 'tried')
    return { label: row.text, description: '', context: '', icon: undefined, open: 'leaf', role: '' };
  if (isSwarmRow(row)) return swarmLook(row, source.swarm, view);
  const stack = source.stack(row.stack);
  if (stack === undefined) return undefined;
  switch (row.kind) {
    case 'project':
      return projectLook(stack, source, view);
    case 'service':
      return serviceLook(stack, row.service, source, view);
    case 'container': {
      const service = stack.services.find(({ name }) => name === row.service);
      const container = service?.view.containers.find((each) => each.container.id === row.container);
      if (service === undefined || container === undefined) return undefined;
      const text = containerText(stack, container, view, service);
      return {
        ...plainText(text),
        ...usageOf([container.container], view),
        icon: stateOf(text),
        open: 'collapsed',
        role: t('container'),
      };
    }
    case 'files':
      return containerOf(stack, row) === undefined
        ? undefined
        : {
            label: t('Files'),
            description: '',
            ...(stack.view.isFresh ? { context: 'files' } : { context: '', isDimmed: true }),
            icon: { kind: 'thing', of: 'files' },
            open: 'collapsed',
            role: '',
          };
    case 'snapshot':
      return view.file?.(row, false);
    case 'file':
      return view.file?.(row, containerOf(stack, row)?.state === 'running');
    case 'volume-file':
      return view.file?.(row, isUsedNow(stack, row.name));
    case 'profile':
      return profileLook(stack, row.profile, t);
    case 'networks':
    case 'volumes':
      return groupLook(stack, row.kind, t);
    case 'network':
    case 'volume':
      return resourceLook(stack, row.kind, row.name, t);
  }
}

function hostLook(name: string, { engines, stacks }: TreeSource, { t }: RowView): RowLook | undefined {
  const engine = engines.find((each) => each.name === name);
  if (engine === undefined) return undefined;
  const { label, about, state, failure } = engine;
  const count = stacks.filter((stack) => (stack.engine ?? '') === name).length;
  const said = {
    idle: t('not connected'),
    connecting: t('connecting…'),
    connected: count === 0 ? t('no projects') : '',
    disconnected: t('not responding, retrying'),
  }[state];
  return {
    label,
    description: [name === '' ? t('chosen') : '', said, about].filter((part) => part !== '').join(' · '),
    context: `host ${name === '' ? 'chosen' : 'extra'} ${state}`,
    icon: { kind: 'thing', of: state === 'disconnected' ? 'engine' : 'host' },
    open: 'expanded',
    role: t('engine'),
    tooltip: failure.length > 0 ? failure.join('\n') : about,
  };
}

function beginLook(t: Translate): RowLook {
  return {
    label: t('New Project…'),
    description: '',
    context: 'begin',
    icon: { kind: 'thing', of: 'begin' },
    open: 'leaf',
    role: '',
    tooltip: t('There is no Compose file here yet. It describes your services, and Up starts them.'),
    runs: ScaffoldCommands.newProject,
  };
}

function othersLook(engine: string, { others = [] }: TreeSource, t: Translate): RowLook | undefined {
  const stacks = others.filter((stack) => (stack.engine ?? '') === engine);
  const services = stacks.flatMap((stack) => stack.services);
  if (services.length === 0) return undefined;
  const isFresh = stacks.every(({ view }) => view.isFresh);
  return {
    label: t('Other Containers'),
    description: isFresh
      ? t('{0}/{1} running', services.filter(({ view }) => view.running > 0).length, services.length)
      : '',
    context: 'others',
    icon: { kind: 'thing', of: 'others' },
    open: 'collapsed',
    role: '',
    tooltip: t('Containers that Docker Compose did not create.'),
    ...(!isFresh && { isDimmed: true }),
  };
}

function noteLook({ text, severity }: TreeRow & { kind: 'note' }): RowLook {
  const icon = { kind: 'note', severity } as const;
  return { label: text, description: '', context: 'note', icon, open: 'leaf', role: '', tooltip: text };
}

function containerOf(
  { services }: Stack,
  row: { readonly service: string; readonly container: string },
): ContainerSummary | undefined {
  return services.find(({ name }) => name === row.service)?.containers.find(({ id }) => id === row.container);
}

/** Some container that runs has the volume. */
function isUsedNow({ services }: Stack, volume: string): boolean {
  return services.some(({ containers }) =>
    containers.some(({ state, mounts }) => state === 'running' && mounts.some(({ name }) => name === volume)),
  );
}

function projectLook(stack: Stack, source: TreeSource, view: RowView): RowLook {
  const { stacks, choices } = source;
  const text = inCluster(projectText(stack, view), stack, source, view.t);
  const many = stacks.filter((each) => each.declared !== undefined).length > mostExpanded;
  return {
    ...plainText(text),
    ...starred(text, choices?.isFavourite(stack.name)),
    icon: { kind: 'project', state: text.state, isBroken: countErrors(stack.declared?.problems ?? []) > 0 },
    open: (stack.declared === undefined || many) && choices?.filter === undefined ? 'collapsed' : 'expanded',
    role: view.t('project'),
  };
}

/** With what its last apply to a cluster has come to, and whether that can be undone. */
function inCluster(text: RowText, { declared }: Stack, { rollouts }: TreeSource, t: Translate): RowText {
  const applied = declared && rollouts?.of(declared.reference.id);
  if (applied === undefined) return text;
  const said = rolloutRowText(applied.followed, t);
  // What does not start comes first: a narrow row ends early.
  const isFailing = applied.followed.some(({ state }) => state === 'failing');
  const parts = isFailing ? [said, text.description] : [text.description, said];
  return {
    ...text,
    description: parts.filter((part) => part !== '').join(' · '),
    context: applied.undo === undefined ? text.context : `${text.context} applied`,
  };
}

/** A favourite says so before everything else. */
function starred(
  { description, context }: RowText,
  isFavourite = false,
): Pick<RowLook, 'description' | 'context'> {
  if (!isFavourite) return { description, context };
  return { description: `★${description === '' ? '' : ` ${description}`}`, context: `${context} favourite` };
}

function serviceLook(
  stack: Stack,
  name: string,
  { choices }: TreeSource,
  view: RowView,
): RowLook | undefined {
  const service = stack.services.find((each) => each.name === name);
  if (service === undefined) return undefined;
  const said = serviceText(stack, service, view);
  // The project's row says how many there are not; each of them is dimmed.
  const isOfProgram = isProvided(service);
  const isAbsent = said.state === 'absent' && service.view.isFresh && !isOfProgram;
  const text = isAbsent ? { ...said, description: '' } : said;
  const count = service.containers.length;
  return {
    ...plainText(text),
    ...starred(text, choices?.isFavourite(stack.name, name)),
    ...(isAbsent && { isDimmed: true }),
    ...usageOf(service.containers, view),
    icon: isOfProgram ? { kind: 'thing', of: 'provider' } : stateOf(text),
    open: count > 1 ? 'expanded' : count === 1 ? 'collapsed' : 'leaf',
    role: isOff(service)
      ? view.t('service, not enabled')
      : isOfProgram
        ? view.t('service of a provider')
        : isAbsent
          ? view.t('service, not created')
          : view.t('service'),
    opensFile: service.declared !== undefined,
  };
}

function profileLook(stack: Stack, name: string, t: Translate): RowLook | undefined {
  const profile = stack.declared?.profiles.find((each) => each.name === name);
  if (profile === undefined) return undefined;
  const waiting = stack.services.some(
    (service) => isOff(service) && service.declared?.missingProfiles.includes(name) === true,
  );
  return {
    label: name,
    description: profile.active ? t('profile, on') : t('profile, off'),
    context: `profile ${profile.active ? 'active' : 'inactive'}`,
    icon: undefined,
    open: waiting ? 'expanded' : 'leaf',
    role: t('profile'),
    checked: profile.active,
    tooltip: t('When selected, Up includes the services of profile {0}.', name),
  };
}

function groupLook(stack: Stack, kind: 'networks' | 'volumes', t: Translate): RowLook {
  const one = kind === 'networks' ? 'network' : 'volume';
  const count = resourcesOf(stack, one).filter(({ exists }) => exists).length;
  return {
    label: kind === 'networks' ? t('Networks') : t('Volumes'),
    description: String(count),
    ...offered(stack, `${kind}${unusedOf(stack, one).length > 0 ? ' unused' : ''}`),
    icon: { kind: 'thing', of: kind },
    open: 'collapsed',
    role: '',
  };
}

function resourceLook(
  stack: Stack,
  kind: 'network' | 'volume',
  name: string,
  t: Translate,
): RowLook | undefined {
  const resource = resourcesOf(stack, kind).find((each) => each.name === name);
  if (resource === undefined) return undefined;
  return {
    label: shortResourceName(stack.name, name),
    description: resourceDescription(resource, t),
    ...offered(
      stack,
      `${kind}${resource.exists ? ' present' : ''}${resource.users.length === 0 ? ' unused' : ''}`,
    ),
    icon: { kind: 'thing', of: kind },
    open: kind === 'volume' && resource.exists ? 'collapsed' : 'leaf',
    role: kind === 'network' ? t('network') : t('volume'),
    tooltip: name,
  };
}

/** What can be done with it; nothing, and dimmed, while there is no engine to do it. */
function offered({ view }: Stack, context: string): Pick<RowLook, 'context' | 'isDimmed'> {
  return view.isFresh ? { context } : { context: context.split(' ')[0] ?? '', isDimmed: true };
}

function usageOf(containers: readonly ContainerSummary[], { usage }: RowView): Pick<RowLook, 'usage'> {
  const text = usage?.(containers) ?? '';
  return text === '' ? {} : { usage: text };
}

function stateOf({ state }: RowText): RowLook['icon'] {
  return { kind: 'state', state };
}

function plainText({ label, description, context, state }: RowText) {
  return { label, description, context, ...(state === 'unknown' && { isDimmed: true }) };
}
