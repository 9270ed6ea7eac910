/** Whether two values of plain data say the same; the order of keys does not count. */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((each, i) => sameData(each, b[i]));
  }
  const entries = Object.entries(a);
  const others: Readonly<Record<string, unknown>> = { ...b };
  if (entries.length !== Object.keys(others).length) return false;
  return entries.every(([key, value]) => Object.hasOwn(others, key) && sameData(value, others[key]));
}
