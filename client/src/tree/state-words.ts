import type { ContainerView, ServiceView } from '#engine/observe/service-view.ts';
import type { Loop } from '#engine/observe/crash-history.ts';
import type { State } from '#engine/observe/states.ts';
import type { Translate } from '../shared/translate.ts';

/** What is said of a state beside its name. */
interface Said {
  readonly state: State;
  readonly exitCode?: number | undefined;
  readonly loop?: Loop | undefined;
  readonly lastSeen?: number | undefined;
}

/** A state in words, everywhere the same. */
export function stateText({ state, exitCode, loop, lastSeen }: Said, t: Translate): string {
  switch (state) {
    case 'healthy':
      return t('healthy');
    case 'running':
      return t('running');
    case 'partial':
      return t('partly running');
    case 'starting':
      return t('starting');
    case 'stopping':
      return t('stopping');
    case 'restarting':
      return loop === undefined ? t('restarting') : join([t('restarting'), loopText(loop, t)]);
    case 'recreating':
      return t('recreating');
    case 'removing':
      return t('being removed');
    case 'pausing':
      return t('pausing');
    case 'pulling':
      return t('pulling the image');
    case 'building':
      return t('building the image');
    case 'crash-loop':
      return join([t('crash loop'), loop === undefined ? '' : loopText(loop, t)]);
    case 'unhealthy':
      return t('unhealthy');
    case 'paused':
      return t('paused');
    case 'created':
      return t('created');
    case 'dead':
      return t('dead');
    case 'exited':
    case 'failed':
      return exitCode === undefined ? t('exited') : t('exited ({0})', exitCode);
    case 'done':
      return t('done');
    case 'absent':
      return t('not created');
    case 'off':
      return t('off');
    case 'unknown':
      return lastSeen === undefined ? t('unknown') : t('unknown, last seen {0}', clockTime(lastSeen));
  }
}

/** A service in words: one container speaks for itself; of several it is said how many run, and what is worst if something is wrong. */
export function serviceStateText(view: ServiceView, t: Translate): string {
  const { state, running, wanted, oneOffs } = view;
  const runs = oneOffs === 0 ? '' : oneOffs === 1 ? t('1 one-off') : t('{0} one-offs', oneOffs);
  const isCounted = wanted > 1 && state !== 'absent' && state !== 'off' && state !== 'unknown';
  const counts = isCounted ? t('{0}/{1} running', running, wanted) : '';
  const isSaid = !isCounted || !['running', 'partial', 'exited'].includes(state);
  return join([counts, isSaid ? stateText(view, t) : '', runs]);
}

/** A container in words. */
export function containerStateText(view: ContainerView, t: Translate): string {
  return join([stateText(view, t), view.isOneOff ? t('one-off') : '']);
}

/** `7 restarts · exit code 3`. */
export function loopText({ restarts, exitCode }: Loop, t: Translate): string {
  return join([
    restarts === 1 ? t('1 restart') : t('{0} restarts', restarts),
    exitCode === undefined ? '' : t('exit code {0}', exitCode),
  ]);
}

/** `12:03`, by the clock of who reads it; with the day when that is another one. */
export function clockTime(at: number, now = Date.now()): string {
  const time = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}`;
  const isToday = time.toDateString() === new Date(now).toDateString();
  return isToday
    ? clock
    : `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${clock}`;
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
