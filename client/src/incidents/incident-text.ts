import type { Translate } from '../shared/translate.ts';
import { loopText } from '../tree/state-words.ts';
import type { Incident } from './incident.ts';

/** What is known of an incident beside its kind. */
export interface IncidentDetails {
  readonly exitCode: number | undefined;
  /** The last line of its log, or what the probe wrote; without secrets. */
  readonly said: string | undefined;
  readonly restarts: number;
}

/** `web ended with exit code 1: Error: no such file`. */
export function incidentText(incident: Incident, details: IncidentDetails, t: Translate): string {
  const { said, restarts } = details;
  const again =
    incident.kind === 'crash-loop'
      ? ` (${loopText({ ...details, lastLine: undefined }, t)})`
      : restarts > 0
        ? ` ${restarts === 1 ? t('(restarted once)') : t('(restarted {0} times)', restarts)}`
        : '';
  const what = `${whatHappened(incident, details, t)}${again}`;
  return said === undefined || said === '' ? `${what}.` : `${what}: ${said}`;
}

function whatHappened({ kind, service }: Incident, { exitCode }: IncidentDetails, t: Translate): string {
  switch (kind) {
    case 'unhealthy':
      return t('{0} is unhealthy', service);
    case 'crash-loop':
      return t('{0} is in a crash loop', service);
    case 'crashed':
      return exitCode === undefined || exitCode === 0
        ? t('{0} has crashed', service)
        : t('{0} has crashed with exit code {1}', service, exitCode);
  }
}
