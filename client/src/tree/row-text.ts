import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { likelyRuntime } from '#engine/debug/runtime.ts';
import type { Abilities, ContainerView } from '#engine/observe/service-view.ts';
import { isLive } from '#engine/api/is-live.ts';
import type { State } from '#engine/observe/states.ts';
import { isDebuggable } from '../debug/debuggable.ts';
import { formatAge } from '../shared/format-duration.ts';
import type { Translate } from '../shared/translate.ts';
import { countErrors, missingProfiles } from '../workspace/declared.ts';
import { isDrifted } from '../workspace/drift.ts';
import { isOff, isOrphan, type Stack, type StackService, startableJobs } from '../workspace/stacks.ts';
import { publishedPorts } from './published.ts';
import type { RowText, RowView } from './row-view.ts';
import { containerStateText, serviceStateText, stateText } from './state-words.ts';

/** Names that fit on a row. */
const mostNamed = 3;

export function projectText(stack: Stack, view: RowView): RowText {
  const { t } = view;
  const { declared, services, runtime, isOther } = stack;
  const { state, isFresh, notStarted, can } = stack.view;
  const failures = countErrors(declared?.problems ?? []);
  const profiles = missingProfiles(declared?.problems ?? []);
  return {
    label: stack.name,
    description: join([
      projectStateText(stack, t),
      failures > 0 ? (failures === 1 ? t('1 error') : t('{0} errors', failures)) : '',
      profiles.length > 0 ? t('needs the profile {0}', fewOf(profiles)) : '',
      isOther === true ? '' : declared === undefined ? t('elsewhere') : variantOf(stack),
    ]),
    context: words(isOther === true ? 'other-stack' : 'project', {
      declared: declared !== undefined,
      reachable: isFresh,
      watched: isFresh && services.some((service) => isWatched(stack, service)),
      buildable: isFresh && services.some((service) => isBuilt(stack, service)),
      incomplete: can.up && isIncomplete(stack),
      jobs: isFresh && startableJobs(stack).length > 0,
      interrupted: notStarted.length > 0,
      present: isFresh && runtime !== undefined,
      orphans: isFresh && services.some((service) => isOrphan(stack, service)),
      ...abilityWords(
        can,
        services.flatMap(({ containers }) => containers),
      ),
    }),
    state,
  };
}

/** What a project is doing, in words; empty while nobody knows. */
export function projectStateText({ view, declared, services }: Stack, t: Translate): string {
  const { doing, state, isFresh, running, meant, done, lastSeen, notStarted } = view;
  if (state === 'unknown') return stateText({ state, lastSeen }, t);
  if (!isFresh) return '';
  const isThere = services.some(({ containers }) => containers.length > 0);
  const absent = services.filter(({ view: each }) => each.state === 'absent').length;
  const runs = services.some(({ view: each }) => each.running > 0);
  const rest = isThere
    ? state === 'done'
      ? t('done')
      : t('stopped')
    : declared === undefined
      ? t('no containers')
      : t('not created');
  return join([
    doing === undefined ? '' : stateText({ state: doing }, t),
    runs ? t('{0}/{1} running', running, meant) : doing === undefined ? rest : '',
    runs && done > 0 ? t('{0} done', done) : '',
    view.looping > 0 ? t('{0} in a crash loop', view.looping) : '',
    runs && view.crashed > 0 ? t('{0} crashed', view.crashed) : '',
    view.unhealthy > 0 ? t('{0} unhealthy', view.unhealthy) : '',
    isThere && absent > 0 ? t('{0} not created', absent) : '',
    notStarted.length > 0 ? t('Up interrupted, not started: {0}', fewOf(notStarted)) : '',
  ]);
}

/** The first names of a list. */
export function fewOf(names: readonly string[]): string {
  return names.length > mostNamed ? `${names.slice(0, mostNamed).join(', ')}, …` : names.join(', ');
}

/** Whether an Up would do something: start what does not run, or replace what was made from other settings. */
function isIncomplete(stack: Stack): boolean {
  return stack.services.some((service) => {
    if (isOff(service) || service.declared === undefined) return false;
    const { running, wanted, observed } = service.view;
    const isShort = observed === 'off' ? false : running < wanted && !isDone(service);
    return isShort || service.containers.some((container) => isDrifted(stack, service, container));
  });
}

export function serviceText(stack: Stack, service: StackService, view: RowView): RowText {
  const { t } = view;
  if (isProvided(service)) return providedText(service, t);
  const { containers, declared } = service;
  const { state, can, isFresh, doing } = service.view;
  const drifted = isFresh && containers.some((container) => isDrifted(stack, service, container));
  return {
    label: service.name,
    description: join([
      // Before an engine was seen, nobody knows what runs.
      state === 'absent' && !isFresh ? '' : serviceStateText(service.view, t),
      drifted && doing === undefined ? t('outdated') : '',
      hasOlderImage(stack, service, view) ? t('outdated image') : '',
      ...portsText(service.view.containers),
      ageText(service.view.containers, view),
      isOrphan(stack, service) ? t('not in the files') : '',
    ]),
    context: words('service', {
      declared: declared !== undefined,
      reachable: isFresh,
      watched: isFresh && isWatched(stack, service),
      buildable: isFresh && isBuilt(stack, service),
      incomplete: can.up && (containers.length === 0 || drifted),
      drifted,
      debuggable: isDebuggable(service),
      explainable: isFresh && containers.length > 0 && !isWell(state),
      orphan: isFresh && isOrphan(stack, service),
      ...abilityWords(can, containers),
    }),
    state,
  };
}

/** A program provides it: there are no containers, and the engine does not know how it is. */
export function isProvided({ declared, containers }: StackService): boolean {
  return declared?.provider !== undefined && containers.length === 0;
}

function providedText(service: StackService, t: Translate): RowText {
  const { state, isFresh, doing } = service.view;
  const isUsed = isFresh && !isOff(service);
  return {
    label: service.name,
    description: join([
      doing === undefined ? '' : stateText({ state: doing }, t),
      t('provider {0}', service.declared?.provider ?? ''),
    ]),
    context: words('service', { declared: true, reachable: isFresh, provided: isUsed }),
    state,
  };
}

/** Nothing has failed, as far as anybody can know: what runs without a health check may have. */
function isWell(state: State): boolean {
  return state === 'healthy' || state === 'done';
}

/** The registry has newer content under the image's name. Known of the chosen engine only. */
export function hasOlderImage(
  stack: Stack,
  service: StackService,
  { isOlderImage }: Pick<RowView, 'isOlderImage'>,
): boolean {
  const image = service.declared?.image;
  return (
    image !== undefined &&
    stack.engine === undefined &&
    service.view.isFresh &&
    !isBuilt(stack, service) &&
    isOlderImage?.(image) === true
  );
}

/** Its image is made from a Dockerfile. */
function isBuilt({ declared }: Stack, { name }: StackService): boolean {
  return declared?.loaded?.project.services[name]?.build !== undefined;
}

/** Its files say what to do when others change (`develop.watch`). */
function isWatched({ declared }: Stack, { name }: StackService): boolean {
  const watch = declared?.loaded?.project.services[name]?.develop?.watch ?? [];
  return watch.length > 0;
}

export function containerText(
  stack: Stack,
  container: ContainerView,
  view: RowView,
  service?: StackService,
): RowText {
  const { state, loop } = container;
  const isFresh = state !== 'unknown';
  const drifted = service !== undefined && isFresh && isDrifted(stack, service, container.container);
  const live = isFresh && isLive(container.container);
  return {
    label: shortName(stack.name, container.container.name),
    description: join([
      containerStateText(container, view.t),
      drifted ? view.t('outdated') : '',
      ...portsText([container]),
      ageText([container], view),
    ]),
    context: words('container', {
      other: stack.isOther === true,
      created: isFresh,
      running: live,
      shell: live && loop === undefined,
      debuggable:
        stack.isOther !== true &&
        live &&
        loop === undefined &&
        likelyRuntime(container.container) !== undefined,
      stopped: isFresh && !live,
      pausable: isFresh && container.container.state === 'running',
      paused: isFresh && container.container.state === 'paused',
      explainable: stack.isOther !== true && isFresh && !isWell(state),
      published: publishedPorts(steady([container])).length > 0,
    }),
    state,
  };
}

/** A container's name without its project's: `web-1` of `shop-web-1`. */
export function shortName(project: string, container: string): string {
  return container.startsWith(`${project}-`) ? container.slice(project.length + 1) : container;
}

/** Those that run, and will for a while: not in a crash loop, and not while nobody knows. */
export function steady(containers: readonly ContainerView[]): readonly ContainerSummary[] {
  return containers
    .filter(({ state, loop, container }) => state !== 'unknown' && loop === undefined && isLive(container))
    .map(({ container }) => container);
}

function portsText(containers: readonly ContainerView[]): readonly string[] {
  const ports = publishedPorts(steady(containers));
  const shown = ports.slice(0, 3).map((port) => `:${port}`);
  if (ports.length > shown.length) shown.push('…');
  return shown.length === 0 ? [] : [shown.join(' ')];
}

/** Since when: of running ones the oldest, of stopped ones the last to stop. Clocks stand still while nobody knows, and while something is being done. */
function ageText(all: readonly ContainerView[], { now, since, t }: RowView): string {
  if (
    all.some(({ state, observed, loop }) => loop !== undefined || state !== observed || state === 'unknown')
  )
    return '';
  const containers = all
    .filter(({ isOneOff }) => !isOneOff || all.length === 1)
    .map(({ container }) => container);
  const live = containers.filter(isLive);
  const times = (live.length > 0 ? live : containers)
    .filter(({ state }) => state !== 'created')
    .map((container) => since.of(container, now))
    .filter((time) => time !== undefined);
  if (times.length === 0) return '';
  if (live.length > 0) return formatAge(now - Math.min(...times), t);
  const age = formatAge(now - Math.max(...times), t);
  return age === '' ? '' : t('{0} ago', age);
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

function abilityWords(
  can: Abilities,
  containers: readonly ContainerSummary[],
): Readonly<Record<string, boolean>> {
  // One of the two is offered at a time: where some are paused, to go on.
  const paused = containers.some(({ state }) => state === 'paused');
  return {
    created: can.logs,
    running: can.stop,
    shell: can.shell,
    stopped: can.start,
    pausable: can.stop && !paused && containers.some(({ state }) => state === 'running'),
    paused: can.stop && paused,
    published: can.stop && publishedPorts(containers.filter(isLive)).length > 0,
  };
}

function words(kind: string, flags: Readonly<Record<string, boolean>>): string {
  return [kind, ...Object.keys(flags).filter((flag) => flags[flag] === true)].join(' ');
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
