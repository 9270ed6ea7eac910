import type { Healthcheck } from '#compose/model/project.ts';
import { nanoseconds } from './nanoseconds.ts';

/** `Config.Healthcheck`; `undefined` leaves the image's own. Durations are nanoseconds. */
export function healthcheckSpec(healthcheck: Healthcheck | undefined): Record<string, unknown> | undefined {
  if (healthcheck === undefined) return undefined;
  if (healthcheck.disable === true) return { Test: ['NONE'] };
  return {
    ...(healthcheck.test !== undefined && { Test: healthcheck.test }),
    ...(healthcheck.interval !== undefined && { Interval: nanoseconds(healthcheck.interval) }),
    ...(healthcheck.timeout !== undefined && { Timeout: nanoseconds(healthcheck.timeout) }),
    ...(healthcheck.start_period !== undefined && { StartPeriod: nanoseconds(healthcheck.start_period) }),
    ...(healthcheck.start_interval !== undefined && {
      StartInterval: nanoseconds(healthcheck.start_interval),
    }),
    ...(healthcheck.retries !== undefined && { Retries: healthcheck.retries }),
  };
}
