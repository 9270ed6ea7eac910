import type { Followed } from '#engine/kubernetes/follow-rollout.ts';
import type { Trouble } from '#engine/kubernetes/pod-troubles.ts';
import { maskSecrets } from '../shared/mask.ts';
import type { Translate } from '../shared/translate.ts';

/** Names that fit in a message. */
const mostNamed = 3;

/** How far what was applied has come, short as a row is: `Kubernetes 2/3: web (ImagePullBackOff)`. Empty where nothing is followed. */
export function rolloutRowText(followed: readonly Followed[], t: Translate): string {
  if (followed.length === 0) return '';
  const running = runningIn(followed);
  const failing = failingIn(followed);
  return failing === ''
    ? t('Kubernetes {0}/{1}', running, followed.length)
    : t('Kubernetes {0}/{1}: {2}', running, followed.length, failing);
}

/** `2/3 running, not starting: web (ImagePullBackOff)`. */
export function rolloutStateText(followed: readonly Followed[], t: Translate): string {
  const failing = failingIn(followed);
  return [
    t('{0}/{1} running', runningIn(followed), followed.length),
    ...(failing === '' ? [] : [t('not starting: {0}', failing)]),
  ].join(', ');
}

function runningIn(followed: readonly Followed[]): number {
  return followed.filter(({ state }) => state === 'running').length;
}

/** The first that do not start, with the reason; empty for none. */
function failingIn(followed: readonly Followed[]): string {
  const failing = followed.filter(({ state }) => state === 'failing');
  const named = failing.slice(0, mostNamed).map(({ name, troubles }) => {
    const reason = troubles[0]?.reason ?? '';
    return reason === '' ? name : `${name} (${reason})`;
  });
  return [...named, ...(failing.length > mostNamed ? ['…'] : [])].join(', ');
}

/** What each workload does, and why it does not start: in the cluster's own words. */
export function rolloutReport(title: string, followed: readonly Followed[], t: Translate): string {
  const states = {
    running: t('running'),
    failing: t('not starting'),
    waiting: t('not running yet'),
  } as const;
  const blocks = followed.map(({ kind, name, state, troubles, lines, givenUp }) =>
    [
      `${kind.toLowerCase()}/${name}: ${states[state]}`,
      ...(givenUp === '' ? [] : [`  ${givenUp}`]),
      ...troubles.flatMap((trouble) => troubleLines(trouble, t)),
      ...(lines.length === 0 ? [] : [`  ${t('Last lines of its log:')}`]),
      ...lines.map((line) => `    ${line}`),
    ].join('\n'),
  );
  return maskSecrets(`${title}\n\n${blocks.join('\n\n')}\n`);
}

function troubleLines({ pod, container, reason, message, last }: Trouble, t: Translate): readonly string[] {
  return [
    `  ${container === undefined ? pod : `${pod}, ${container}`}: ${reason}`,
    ...(message === '' ? [] : [`    ${message}`]),
    ...(last === undefined
      ? []
      : [
          `    ${
            last.reason === ''
              ? t('Last exit code: {0}', last.exitCode)
              : t('Last exit code: {0} ({1})', last.exitCode, last.reason)
          }`,
        ]),
  ];
}
