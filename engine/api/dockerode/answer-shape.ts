/** What JSON of an answer has to be, as far as it is read. What is absent or null is handled by who reads it, unless it is `needed`. */
export type Shape =
  | { readonly kind: 'anything' }
  | { readonly kind: 'string' | 'number' | 'boolean' }
  | { readonly kind: 'array' | 'record'; readonly of: Shape }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Shape>> }
  | { readonly kind: 'needed'; readonly of: Shape };

export const anything: Shape = { kind: 'anything' };
export const string: Shape = { kind: 'string' };
export const number: Shape = { kind: 'number' };
export const boolean: Shape = { kind: 'boolean' };
export const array = (of: Shape): Shape => ({ kind: 'array', of });
/** By names of somebody's choice. */
export const record = (of: Shape): Shape => ({ kind: 'record', of });
export const object = (fields: Readonly<Record<string, Shape>>): Shape => ({ kind: 'object', fields });
export const needed = (of: Shape): Shape => ({ kind: 'needed', of });

/** A value that is not what it has to be; the kinds are JSON's own names. */
export interface Misfit {
  /** `[0].Labels.a`; empty for the whole. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** The first value of the answer that does not fit. */
export function misfitOf(value: unknown, shape: Shape, path = ''): Misfit | undefined {
  if (shape.kind === 'needed') {
    const of = shape.of.kind;
    return value === null || value === undefined
      ? { path, expected: nameOf(of), found: kindOf(value) }
      : misfitOf(value, shape.of, path);
  }
  if (shape.kind === 'anything' || value === null || value === undefined) return undefined;
  const expected = nameOf(shape.kind);
  const found = kindOf(value);
  if (found !== expected) return { path, expected, found };
  switch (shape.kind) {
    case 'array':
      return firstOf((value as readonly unknown[]).entries(), ([at, item]) =>
        misfitOf(item, needed(shape.of), `${path}[${at}]`),
      );
    case 'record':
      return firstOf(Object.entries(value), ([key, item]) => misfitOf(item, shape.of, below(path, key)));
    case 'object':
      return firstOf(Object.entries(shape.fields), ([key, of]) =>
        misfitOf(
          Object.hasOwn(value, key) ? value[key as keyof typeof value] : undefined,
          of,
          below(path, key),
        ),
      );
    default:
      return undefined;
  }
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function nameOf(kind: Shape['kind']): string {
  return kind === 'record' ? 'object' : kind;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function firstOf<T>(items: Iterable<T>, look: (item: T) => Misfit | undefined): Misfit | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
