import type { Translate } from '../shared/translate.ts';
import type { Incident } from './incident.ts';

/** What is known of an incident beside its kind. */
export interface IncidentDetails {
  readonly exitCode: number | undefined;
  /** The last line of its log, or what the probe wrote; without secrets. */
  readonly said: string | undefined;
  readonly restarts: number;
}

/** `web ended with exit code 1: Error: no such file`. */
export function incidentText({ kind, service }: Incident, details: IncidentDetails, t: Translate): string {
  const { exitCode, said, restarts } = details;
  const what =
    kind === 'unhealthy'
      ? t('{0} is unhealthy', service)
      : exitCode === undefined || exitCode === 0
        ? t('{0} has crashed', service)
        : t('{0} has crashed with exit code {1}', service, exitCode);
  const again = restarts > 0 ? ` ${t('(restarted {0} times)', restarts)}` : '';
  return said === undefined || said === '' ? `${what}${again}.` : `${what}${again}: ${said}`;
}
