import { recordOf } from '../../values/record.ts';
import type { JsonObject } from './manifest.ts';

/**
 * The ports of a Service after `kubectl apply`: it merges the list by `port` alone (the patch merge key of ServicePort), so of two ports with one number and two
 * protocols it changes the first for either, and where one goes both go. Pure.
 */
export function mergedPorts(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
): readonly JsonObject[] {
  const numbers = [...new Set([...before, ...after].map(({ port }) => port))];
  return numbers.flatMap((number) => {
    const [old, now] = [before, after].map((ports) => ports.filter(({ port }) => port === number).map(full));
    return old === undefined || now === undefined ? [] : mergedOfOne(old, now);
  });
}

function mergedOfOne(old: readonly JsonObject[], now: readonly JsonObject[]): readonly JsonObject[] {
  const patches = now.map((port, at) => changed(old[at], port)).filter((patch) => patch !== undefined);
  // One that goes takes all of its number with it.
  const result = old.length > now.length ? [] : [...old];
  for (const patch of patches) result[0] = { ...result[0], ...patch };
  return result;
}

/** What of a port differs, `undefined` for nothing; all of one that is new. */
function changed(old: JsonObject | undefined, now: JsonObject): JsonObject | undefined {
  const keys = new Set([...Object.keys(old ?? {}), ...Object.keys(now)]);
  const different = [...keys].filter((key) => old?.[key] !== now[key]);
  return different.length === 0 ? undefined : recordOf(different.map((key) => [key, now[key]] as const));
}

function full(port: JsonObject): JsonObject {
  return { ...port, protocol: port.protocol ?? 'TCP' };
}
