/**
 * Records keyed by what people write: names of services, networks, variables, labels. They have no prototype, so that `constructor` and `toString` are
 * in them only when somebody put them there, and `__proto__` is a name like any other. `Object.fromEntries`, `{}` and `{ ...record }` make records that do
 * not keep this; a test finds those (`test/house/records.test.ts`).
 */
export function recordOf<T>(entries: Iterable<readonly [string, T]> = []): Record<string, T> {
  const record = Object.create(null) as Record<string, T>;
  for (const [key, value] of entries) record[key] = value;
  return record;
}

/** Several as one: of a key in more than one, the last value counts. */
export function mergedRecord<T>(
  ...records: readonly (Readonly<Record<string, T>> | undefined)[]
): Record<string, T> {
  return recordOf(records.flatMap((record) => Object.entries(record ?? {})));
}
