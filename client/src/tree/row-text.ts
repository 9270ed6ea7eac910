import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { Translate } from '../shared/translate.ts';
import { hasErrors } from '../workspace/declared.ts';
import { isDrifted } from '../workspace/drift.ts';
import { isOff, isOrphan, type Stack, type StackService } from '../workspace/stacks.ts';
import { formatDuration } from '../shared/format-duration.ts';
import { publishedPorts } from './published.ts';
import type { RowText, RowView } from './row-view.ts';
import { isLive, type State, stateOf, worstOf } from './container-state.ts';

export function projectText(stack: Stack, view: RowView): RowText {
  const { t } = view;
  const containers = stack.services.flatMap((service) => service.containers);
  const meant = stack.services.filter((service) => !isOff(service));
  const running = meant.filter((service) => service.containers.some(isLive));
  const unhealthy = containers.filter((container) => stateOf(container) === 'unhealthy').length;
  const failures = stack.declared?.problems.filter(({ severity }) => severity === 'error').length ?? 0;
  const incomplete = meant.some(
    (service) =>
      service.declared !== undefined &&
      ((!service.containers.some(isLive) && !isDone(service)) ||
        service.containers.some((container) => isDrifted(stack, service, container))),
  );
  return {
    label: stack.name,
    description: join([
      ...(view.connected
        ? [
            containers.length === 0
              ? stack.declared === undefined
                ? t('no containers')
                : t('not created')
              : running.length === 0
                ? t('stopped')
                : t('{0}/{1} running', running.length, meant.length),
          ]
        : []),
      unhealthy > 0 ? t('{0} unhealthy', unhealthy) : '',
      failures > 0 ? (failures === 1 ? t('1 error') : t('{0} errors', failures)) : '',
      stack.declared === undefined ? t('elsewhere') : variantOf(stack),
    ]),
    context: words('project', {
      declared: stack.declared !== undefined,
      watched: stack.services.some((service) => isWatched(stack, service)),
      incomplete,
      present: stack.runtime !== undefined,
      orphans: stack.services.some((service) => isOrphan(stack, service)),
      ...containerWords(containers),
    }),
    state:
      unhealthy > 0 || hasErrors(stack.declared?.problems ?? [])
        ? 'unhealthy'
        : running.length > 0
          ? 'running'
          : containers.length > 0
            ? 'exited'
            : 'absent',
  };
}

export function serviceText(stack: Stack, service: StackService, view: RowView): RowText {
  const { t } = view;
  const { containers, declared } = service;
  const drifted = containers.some((container) => isDrifted(stack, service, container));
  const state = isOff(service) ? 'off' : worstOf(containers);
  return {
    label: service.name,
    description: join([
      view.connected || containers.length > 0 ? serviceState(service, state, view) : '',
      drifted ? t('outdated') : '',
      ...portsText(containers),
      ageText(containers, view),
      isOrphan(stack, service) ? t('not in the files') : '',
    ]),
    context: words('service', {
      declared: declared !== undefined,
      watched: isWatched(stack, service),
      incomplete: declared !== undefined && (containers.length === 0 || drifted),
      drifted,
      orphan: isOrphan(stack, service),
      ...containerWords(containers),
    }),
    state: !view.connected && containers.length === 0 && state !== 'off' ? 'absent' : state,
  };
}

/** Its files say what to do when others change (`develop.watch`). */
function isWatched({ declared }: Stack, { name }: StackService): boolean {
  const watch = declared?.loaded?.project.services[name]?.develop?.watch ?? [];
  return watch.length > 0;
}

export function containerText(
  stack: Stack,
  container: ContainerSummary,
  view: RowView,
  service?: StackService,
): RowText {
  const drifted = service !== undefined && isDrifted(stack, service, container);
  return {
    label: shortName(stack.name, container.name),
    description: join([
      stateText(stateOf(container), container, view.t),
      drifted ? view.t('outdated') : '',
      ...portsText([container]),
      ageText([container], view),
    ]),
    context: words('container', containerWords([container])),
    state: stateOf(container),
  };
}

/** A container's name without its project's: `web-1` of `shop-web-1`. */
export function shortName(project: string, container: string): string {
  return container.startsWith(`${project}-`) ? container.slice(project.length + 1) : container;
}

export function stateText(state: State, container: ContainerSummary | undefined, t: Translate): string {
  switch (state) {
    case 'healthy':
      return t('healthy');
    case 'running':
      return t('running');
    case 'starting':
      return t('starting');
    case 'unhealthy':
      return t('unhealthy');
    case 'restarting':
      return t('restarting');
    case 'paused':
      return t('paused');
    case 'created':
      return t('created');
    case 'removing':
      return t('being removed');
    case 'dead':
      return t('dead');
    case 'exited':
    case 'failed':
      return container?.exitCode === undefined ? t('exited') : t('exited ({0})', container.exitCode);
    case 'absent':
      return t('not created');
    case 'off':
      return t('off');
  }
}

/** One container speaks for itself; of several it is said how many run, and what is worst if something is wrong. */
function serviceState({ containers }: StackService, state: State, { t }: RowView): string {
  if (state === 'off') return t('off');
  if (containers.length <= 1) return stateText(state, containers[0], t);
  const running = containers.filter(isLive).length;
  const worst = containers.find((container) => stateOf(container) === state);
  const counts = t('{0}/{1} running', running, containers.length);
  return state === 'running' || state === 'exited' ? counts : `${counts} · ${stateText(state, worst, t)}`;
}

function portsText(containers: readonly ContainerSummary[]): readonly string[] {
  const ports = publishedPorts(containers.filter(isLive));
  const shown = ports.slice(0, 3).map((port) => `:${port}`);
  if (ports.length > shown.length) shown.push('…');
  return shown.length === 0 ? [] : [shown.join(' ')];
}

/** Since when: of running ones the oldest, of stopped ones the last to stop. */
function ageText(containers: readonly ContainerSummary[], { now, since, t }: RowView): string {
  const live = containers.filter(isLive);
  const times = (live.length > 0 ? live : containers)
    .filter(({ state }) => state !== 'created')
    .map((container) => since.of(container, now))
    .filter((time) => time !== undefined);
  if (times.length === 0) return '';
  if (live.length > 0) return formatDuration(now - Math.min(...times), t);
  return t('{0} ago', formatDuration(now - Math.max(...times), t));
}

/** A job that has done its work needs no second Up. */
function isDone({ containers }: StackService): boolean {
  return (
    containers.length > 0 && containers.every(({ state, exitCode }) => state === 'exited' && exitCode === 0)
  );
}

/** The files, where they are not simply what the directory holds. */
function variantOf(stack: Stack): string {
  const { environment, files = [] } = stack.declared?.reference ?? {};
  if (environment !== undefined) return environment;
  return files.map((file) => file.replace(/^.*[\\/]/, '')).join(' + ');
}

function containerWords(containers: readonly ContainerSummary[]): Readonly<Record<string, boolean>> {
  return {
    created: containers.length > 0,
    running: containers.some(isLive),
    stopped: containers.some((container) => !isLive(container)),
    published: publishedPorts(containers.filter(isLive)).length > 0,
  };
}

function words(kind: string, flags: Readonly<Record<string, boolean>>): string {
  return [kind, ...Object.keys(flags).filter((flag) => flags[flag] === true)].join(' ');
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
