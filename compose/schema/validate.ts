import { formatPath, type Path } from '../values/path.ts';
import { allOf, anyOf, type Phrase, phrase, phraseIdentity, withAdvice } from '../problem/phrase.ts';
import type { Problem } from '../problem/problem.ts';
import { type Fact, factOf, isClosed, movedEach } from '../syntax/facts.ts';
import { isMergeKey } from '../syntax/merge-keys.ts';
import type { MapEntry, MapNode, Node, ScalarNode, SeqNode } from '../syntax/node.ts';
import { shiftProblem } from '../syntax/shift.ts';
import type { Span } from '../problem/span.ts';
import { composeSchema } from './compose-schema.ts';
import { nearest } from './suggest.ts';
import type { SchemaForm, SchemaNode } from './schema-node.ts';
import { sameValueKey } from './same-value.ts';
import { dropsDuplicates } from './unicity.ts';
import { childOf, formOfValue, schemaAt } from './walk.ts';
import { typeWords, valueWords } from './words.ts';

export interface ValidateOptions {
  /** The tree still has `${…}` in it: a text with a variable may become any scalar. */
  readonly interpolated?: boolean;
  /** Where the tree stands in a Compose file; the whole file if absent. */
  readonly path?: Path;
  /** Problems found by parsing: what they make incomplete is not reported as missing. */
  readonly syntax?: readonly Problem[];
}

/** What the Compose Specification's schema has to say against a value. Stable codes. */
export type SchemaCode =
  | 'schema-enum'
  | 'schema-pattern'
  | 'schema-range'
  | 'schema-required'
  | 'schema-type'
  | 'schema-unique'
  | 'schema-unknown-property';

/**
 * Checks a tree against the schema and reports every mistake once, at the deepest place that explains it. `path` is the place as Docker Compose
 * names it: of an unknown or missing key, that of the mapping.
 *
 * Values marked broken, reset or aliased are left alone, and what an alias shares is checked once.
 */
export function validateSchema(root: Node, options: ValidateOptions = {}): readonly Problem[] {
  const path = options.path ?? [];
  const schemas = path.length === 0 ? [composeSchema()] : schemasAt(path);
  const validator = new Validator(options);
  for (const schema of schemas) validator.check(root, schema);
  return oncePerPlace(validator.problems);
}

/** What aliases bring to several services is written, and wrong, once. */
function oncePerPlace(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, span }) => {
    const place = `${code} ${span.start} ${span.end} ${span.uri}`;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

function schemasAt(path: Path): readonly SchemaNode[] {
  const parent = schemaAt(path.slice(0, -1));
  const part = path.at(-1);
  if (parent === undefined || part === undefined) return [];
  return parent.forms.flatMap((form) => childOf(form, part) ?? []);
}

class Validator {
  readonly problems: Problem[] = [];
  readonly #interpolated: boolean;
  readonly #syntax: readonly Problem[];
  readonly #path: (string | number)[];
  /** Collections checked already, by what they share with other uses of the same anchor. */
  readonly #checked = new WeakMap<object, Set<SchemaNode>>();

  readonly #reported = new Set<string>();

  constructor(options: ValidateOptions) {
    this.#interpolated = options.interpolated ?? false;
    this.#syntax = options.syntax ?? [];
    this.#path = [...(options.path ?? [])];
  }

  check(node: Node, schema: SchemaNode): void {
    if (node.broken || node.tag === '!reset' || node.kind === 'alias') return;
    const form = formOfValue(schema, node);
    if (form === undefined) {
      if (!this.#mayBecome(node, schema)) this.#reportType(node, schema);
      return;
    }
    switch (node.kind) {
      case 'scalar':
        this.#checkScalar(node, form);
        return;
      case 'seq':
        if (this.#isNew(node, node.items, schema)) this.#checkSeq(node, form);
        return;
      case 'map':
        if (this.#isNew(node, node.entries, schema)) this.#checkMap(node, form);
        return;
    }
  }

  /** A text with a variable, where some other scalar is wanted. */
  #mayBecome(node: Node, schema: SchemaNode): boolean {
    return this.#hasVariable(node) && schema.forms.some((form) => form.types.some(isScalarType));
  }

  #hasVariable(node: Node): boolean {
    if (!this.#interpolated || node.kind !== 'scalar' || node.type !== 'string') return false;
    return node.source.replaceAll('$$', '').includes('$');
  }

  /** Whether a collection that an alias brought here was not checked elsewhere already. */
  #isNew(node: Node, shared: object, schema: SchemaNode): boolean {
    if (node.origins.length === 0) return true;
    const schemas = this.#checked.get(shared);
    if (schemas === undefined) this.#checked.set(shared, new Set([schema]));
    else if (schemas.has(schema)) return false;
    else schemas.add(schema);
    return true;
  }

  #checkScalar(node: ScalarNode, form: SchemaForm): void {
    if (this.#hasVariable(node)) return;
    const { value } = node;
    if (form.values.length > 0 && !form.values.some((allowed) => allowed === value)) {
      this.#reportValue(node, form);
    } else if (form.pattern !== undefined && typeof value === 'string' && !form.pattern.test(value)) {
      this.#reportPattern(node, form.pattern);
    } else if (typeof value === 'number' || typeof value === 'bigint') {
      this.#checkRange(node, form, value);
    }
  }

  #checkRange(node: ScalarNode, { minimum, maximum }: SchemaForm, value: number | bigint): void {
    const what = { what: this.#name(node), value: node.source };
    const message =
      minimum !== undefined && value < minimum
        ? phrase('schema-range.low', { ...what, minimum })
        : maximum !== undefined && value > maximum
          ? phrase('schema-range.high', { ...what, maximum })
          : undefined;
    if (message === undefined) return;
    this.#report('schema-range', node.span, message, {
      ...(minimum === undefined ? {} : { minimum }),
      ...(maximum === undefined ? {} : { maximum }),
    });
  }

  #checkSeq(node: SeqNode, form: SchemaForm): void {
    if (form.uniqueItems && !dropsDuplicates(this.#path)) this.#checkUnique(node);
    if (form.items === undefined) return;
    for (const [index, item] of node.items.entries()) {
      this.#path.push(index);
      this.check(item, form.items);
      this.#path.pop();
    }
  }

  #checkUnique(node: SeqNode): void {
    const seen = new Map<string, Node>();
    for (const item of node.items) {
      if (item.broken || item.kind === 'alias' || item.tag === '!reset') continue;
      const key = sameValueKey(item);
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, item);
        continue;
      }
      const message =
        item.kind === 'scalar'
          ? phrase('schema-unique', { value: item.source })
          : phrase('schema-unique.item');
      const related = [{ span: first.span, message: phrase('schema-unique.first') }];
      this.#report('schema-unique', item.span, message, {}, related);
    }
  }

  #checkMap(node: MapNode, form: SchemaForm): void {
    this.#checkRequired(node, form);
    for (const entry of node.entries) {
      const { key } = entry;
      if (isMergeKey(key) && entry.value.origins.length === 0) continue;
      const child = childOf(form, key.source);
      if (child === undefined) {
        const { value } = entry;
        if (!value.broken && value.tag !== '!reset') this.#reportUnknown(entry, node, form);
        continue;
      }
      this.#path.push(key.source);
      if (this.#isKept && isClosed(entry)) this.#checkKept(entry, child);
      else this.check(entry.value, child);
      this.#path.pop();
    }
  }

  /** Whether what is found in the entry at hand, a service say, is worth keeping for the next version of the text. */
  get #isKept(): boolean {
    return this.#interpolated && this.#path.length === 2 && this.#syntax.length === 0;
  }

  #checkKept(entry: MapEntry, schema: SchemaNode): void {
    for (const problem of factOf(entry, problemsOf, { schema, path: this.#path }))
      this.problems.push(problem);
  }

  #checkRequired(node: MapNode, form: SchemaForm): void {
    if (form.required.length === 0) return;
    const present = new Set(node.entries.map((entry) => entry.key.source));
    if (node.entries.some((entry) => isMergeKey(entry.key))) return;
    const missing = form.required.filter((name) => !present.has(name));
    if (missing.length === 0 || this.#isIncomplete(node)) return;
    const names = allOf(missing.map((name) => phrase('quoted', { name })));
    const key = missing.length === 1 ? 'schema-required' : 'schema-required.several';
    const span = node.keySpan ?? node.entries[0]?.key.span ?? node.span;
    this.#report('schema-required', span, phrase(key, { names, place: this.#place() }), { missing });
  }

  #isIncomplete(node: MapNode): boolean {
    return this.#syntax.some(
      ({ span, code }) =>
        code !== 'duplicate-key' && span.start >= node.span.start && span.start <= node.span.end + 1,
    );
  }

  #reportUnknown({ key }: MapEntry, node: MapNode, form: SchemaForm): void {
    const name = key.source;
    const present = new Set(node.entries.map((entry) => entry.key.source));
    const possible = [...form.properties.keys()].filter((candidate) => !present.has(candidate));
    const suggestion = nearest(name, possible);
    const advice =
      suggestion !== undefined
        ? phrase('did-you-mean', { suggestion })
        : this.#path.length === 0 && isServiceKey(name)
          ? phrase('schema-unknown-property.of-service')
          : form.patterns.some(({ pattern }) => pattern.source !== '^x-')
            ? phrase('schema-unknown-property.characters')
            : form.properties.size > 0 && form.properties.size <= 8
              ? phrase('schema-unknown-property.possible', { names: allOf([...form.properties.keys()]) })
              : phrase('schema-unknown-property.remove');
    const message = withAdvice(phrase('schema-unknown-property', { name, place: this.#place() }), advice);
    this.#report('schema-unknown-property', key.span, message, {
      property: name,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }

  #reportType(node: Node, schema: SchemaNode): void {
    const wanted = typeWords(schema.forms);
    const types = [...new Set(schema.forms.flatMap((form) => form.types))];
    const what = this.#name(node);
    const first =
      node.kind === 'scalar' && node.type === 'null'
        ? phrase('schema-type.empty', { what, wanted })
        : phrase('schema-type', { what, wanted, value: valueWords(node) });
    const message = withAdvice(first, this.#typeAdvice(node, types.includes('object')));
    const empty = node.span.start === node.span.end;
    this.#report('schema-type', empty ? (node.keySpan ?? node.span) : node.span, message, { types });
  }

  #typeAdvice(node: Node, mapping: boolean): Phrase | undefined {
    if (node.kind !== 'scalar') return undefined;
    if (mapping && node.style === 'plain' && /^[\w.-]+:\S/.test(node.source)) {
      return phrase('schema-type.space');
    }
    const isQuotable = node.type === 'int' || node.type === 'float' || node.type === 'bool';
    return isQuotable ? phrase('schema-type.quote') : undefined;
  }

  #reportValue(node: ScalarNode, form: SchemaForm): void {
    const values = form.values.map(String);
    const suggestion = nearest(node.source, values);
    const advice = suggestion === undefined ? undefined : phrase('did-you-mean', { suggestion });
    const message = phrase('schema-enum', {
      value: node.source,
      what: this.#name(node),
      values: anyOf(values),
    });
    this.#report('schema-enum', node.span, withAdvice(message, advice), {
      values,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }

  #reportPattern(node: ScalarNode, pattern: RegExp): void {
    const values = pattern.source.split('|');
    const what = { value: node.source, what: this.#name(node) };
    const message =
      values.length > 1
        ? phrase('schema-pattern.values', { ...what, values: anyOf(values) })
        : phrase('schema-pattern', { ...what, pattern: pattern.source });
    this.#report('schema-pattern', node.span, message, { pattern: pattern.source });
  }

  /** The value's name in a sentence. */
  #name(node: Node): Phrase {
    const part = this.#path.at(-1);
    if (part === undefined) return phrase('value.file');
    if (typeof part === 'string') return phrase('quoted', { name: part });
    const list = this.#path.findLast((each) => typeof each === 'string');
    return list === undefined || node.keySpan !== undefined
      ? phrase('value.this')
      : phrase('value.item', { list });
  }

  /** The mapping at hand in a sentence. */
  #place(): Phrase {
    const part = this.#path.at(-1);
    if (part === undefined) return phrase('place.file');
    if (typeof part === 'number') {
      const list = this.#path.findLast((each) => typeof each === 'string');
      return list === undefined ? phrase('place.this-item') : phrase('place.item', { list });
    }
    return this.#path.length === 2 && this.#path[0] === 'services'
      ? phrase('place.service', { name: part })
      : phrase('quoted', { name: part });
  }

  #report(
    code: SchemaCode,
    span: Span,
    message: Phrase,
    data: Readonly<Record<string, unknown>>,
    related: NonNullable<Problem['related']> = [],
  ): void {
    // A scalar that aliases share is met at each use.
    const place = `${code} ${span.uri} ${span.start} ${phraseIdentity(message)}`;
    if (this.#reported.has(place)) return;
    this.#reported.add(place);
    this.problems.push({
      code,
      message,
      severity: 'error',
      span,
      ...(this.#path.length === 0 ? {} : { path: formatPath(this.#path) }),
      ...(related.length === 0 ? {} : { related }),
      data,
    });
  }
}

interface Place {
  readonly schema: SchemaNode;
  readonly path: Path;
}

/** An entry keeps its section, and with it its schema. */
const problemsOf: Fact<readonly Problem[], Place> = {
  find({ value }, { schema, path }) {
    // With its whole path this validator keeps nothing by itself.
    const validator = new Validator({ interpolated: true, path });
    validator.check(value, schema);
    return validator.problems;
  },
  move: movedEach(shiftProblem),
};

function isScalarType(type: string): boolean {
  return type !== 'object' && type !== 'array';
}

function isServiceKey(name: string): boolean {
  return schemaAt(['services', 'any'])?.properties.has(name) ?? false;
}
