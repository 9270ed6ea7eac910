import type { RuntimeSnapshot } from '#engine/observe/runtime-store.ts';
import type { Translate } from '../shared/translate.ts';
import { stateText } from '../tree/state-words.ts';

/** What the status bar says of the chosen engine. */
export interface EngineStatus {
  readonly text: string;
  readonly isGone: boolean;
  /** What is known of what it runs, while it is gone. */
  readonly known: string;
}

/** `named`: what the user calls it, where that has to be said; `undefined`: nothing is to be said. */
export function engineStatus(
  { connection, lastSeen }: Pick<RuntimeSnapshot, 'connection' | 'lastSeen'>,
  named: string,
  t: Translate,
): EngineStatus | undefined {
  if (connection === 'disconnected')
    return {
      text: `$(debug-disconnect) ${t('No Docker Engine')}`,
      isGone: true,
      known: lastSeen === undefined ? '' : stateText({ state: 'unknown', lastSeen }, t),
    };
  return named === '' ? undefined : { text: `$(plug) ${named}`, isGone: false, known: '' };
}
