import type { YamlValue } from '#compose/model/print-yaml.ts';

/** A part of what the engine answers, of which nothing is known. */
export type Raw = Readonly<Record<string, unknown>>;

/** Empty for what is no text. */
export function textOf(raw: Raw, key: string): string {
  const value = raw[key];
  return typeof value === 'string' ? value : '';
}

/** 0 for what is no number: to the engine it mostly means that nothing was said. */
export function numberOf(raw: Raw, key: string): number {
  const value = raw[key];
  return typeof value === 'number' ? value : 0;
}

/** The texts of a list. */
export function textsOf(raw: Raw, key: string): readonly string[] {
  const value = raw[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The objects of a list. */
export function objectsOf(raw: Raw, key: string): readonly Raw[] {
  const value = raw[key];
  return Array.isArray(value) ? value.filter(isRaw) : [];
}

export function objectOf(raw: Raw, key: string): Raw {
  const value = raw[key];
  return isRaw(value) ? value : {};
}

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text as a value of a Compose file: what looks like a variable is none. */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** A mapping of texts, in its order. */
export function literals(record: Raw): ReadonlyMap<string, YamlValue> {
  return new Map(Object.entries(record).map(([key, value]) => [key, literal(String(value))]));
}

/** A copy without what says nothing: empty texts, lists and mappings, 0, and `false`. */
export function said(
  entries: Iterable<readonly [string, YamlValue | undefined]>,
): ReadonlyMap<string, YamlValue> {
  const kept = new Map<string, YamlValue>();
  for (const [key, value] of entries) if (value !== undefined && saysSomething(value)) kept.set(key, value);
  return kept;
}

function saysSomething(value: YamlValue): boolean {
  if (value instanceof Map) return value.size > 0;
  if (Array.isArray(value)) return value.length > 0;
  return value !== '' && value !== 0 && value !== false && value !== null;
}
