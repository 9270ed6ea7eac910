/** A deep copy as plain objects, to be compared: entries that edits have moved are made when they are looked at, and remember what is known of them. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('key' in value && 'value' in value) return { key: plain(value.key), value: plain(value.value) };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
