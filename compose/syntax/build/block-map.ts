import type { CST } from 'yaml';
import type { MapNode, Node, ScalarNode } from '../node.ts';
import type { Span } from '../../problem/span.ts';
import { anchorName, type BuildContext, NO_ORIGINS, type Properties, spanOf } from './context.ts';
import { Entries } from './entries.ts';
import { buildKey } from './key.ts';
import { NO_PROPERTIES, readProperties } from './properties.ts';
import { buildPlainText, firstLine } from './scalar.ts';
import { readStrayLines } from './stray.ts';
import { phrase } from '../../problem/phrase.ts';

type Item = CST.BlockMap['items'][number];

export function buildMap(
  context: BuildContext,
  token: CST.BlockMap,
  props: Properties,
  keySpan: Span | undefined,
): MapNode {
  const builder = new MapBuilder(context, token);
  for (const item of token.items) builder.read(item);
  return {
    kind: 'map',
    span: spanOf(context, builder.start, builder.end),
    keySpan,
    tag: props.tag?.source,
    anchor: anchorName(props),
    origins: NO_ORIGINS,
    entries: builder.entries.list,
    flow: false,
  };
}

class MapBuilder {
  readonly entries: Entries;
  start: number;
  /** After the last thing that belongs to the mapping. */
  end: number;
  readonly #context: BuildContext;
  readonly #indent: number;
  /** Where the lines stand that belong to a line without its colon: that line's mistake, not theirs. */
  #lostColumn: number | undefined;

  constructor(context: BuildContext, token: CST.BlockMap) {
    this.#context = context;
    this.#indent = token.indent;
    this.entries = new Entries(context);
    this.start = token.offset;
    this.end = token.offset;
  }

  read(item: Item): void {
    const context = this.#context;
    const { start, sep } = item;
    const key = item.key;
    const before = readProperties(context, start, {
      indicator: 'explicit-key-ind',
      flow: false,
      atLineStart: true,
    });
    if (sep === undefined) {
      this.#readLoneProperties(before);
      return;
    }
    const explicit = before.indicator !== undefined;
    const colon = sep.find((part) => part.type === 'map-value-ind');
    if (!explicit && key?.type === 'scalar' && key.source.includes('\n')) {
      this.#readLines(item, key, colon, before);
      return;
    }
    if (!explicit && colon === undefined) {
      this.#readWithoutColon(key, before);
      return;
    }
    const keyNode = buildKey(context, key, before, colon?.offset ?? this.end);
    this.#readValue(keyNode, item, this.#isMisplaced(key, before));
  }

  /** A tag or an anchor that nothing follows. */
  #readLoneProperties(props: Properties): void {
    const property = props.tag ?? props.anchor;
    if (property === undefined) return;
    this.#context.problems.add(
      'yaml-missing-colon',
      property.offset,
      property.offset + property.source.length,
      phrase('yaml-missing-colon.after-property', { property: property.source }),
      this.#context.path,
    );
    this.end = Math.max(this.end, props.end ?? this.end);
  }

  /** A key of several lines: all but the last are lines that lack their colon. */
  #readLines(item: Item, key: CST.FlowScalar, colon: CST.SourceToken | undefined, props: Properties): void {
    if (colon === undefined) {
      this.#readWithoutColon(key, props);
      return;
    }
    const cut = key.source.lastIndexOf('\n') + 1;
    readStrayLines(this.#context, { ...key, source: key.source.slice(0, cut) }, this.entries);
    const name = key.source.slice(cut).trimStart();
    const offset = key.offset + key.source.length - name.length;
    const keyNode = buildKey(this.#context, { ...key, offset, source: name }, NO_PROPERTIES, offset);
    const column = key.source.length - cut - name.length;
    const misplaced = column !== this.#indent;
    if (misplaced && key.source.slice(0, cut).trim() !== '') this.#lostColumn = column;
    this.#readValue(keyNode, item, misplaced);
  }

  #readWithoutColon(key: CST.Token | null | undefined, props: Properties): void {
    const context = this.#context;
    if (key?.type === 'scalar') {
      readStrayLines(context, key, this.entries);
      this.end = Math.max(this.end, key.offset + key.source.trimEnd().length);
      return;
    }
    const node = buildKey(context, key, props, props.end ?? this.end);
    if (node === undefined || node.broken) return;
    context.problems.add(
      'yaml-missing-colon',
      node.span.start,
      Math.max(node.span.end, node.span.start + 1),
      phrase('yaml-missing-colon.after-key'),
      context.path,
    );
    this.end = Math.max(this.end, node.span.end);
  }

  #isMisplaced(key: CST.Token | null | undefined, props: Properties): boolean {
    if (props.indicator !== undefined) return props.indicator.indent !== this.#indent;
    return key !== null && key !== undefined && 'indent' in key && key.indent !== this.#indent;
  }

  #readValue(key: ScalarNode | undefined, item: Item, misplaced: boolean): void {
    const context = this.#context;
    const { value } = item;
    const props = readProperties(context, item.sep ?? [], {
      indicator: 'map-value-ind',
      flow: false,
      atLineStart: item.key === null || item.key?.type === 'block-scalar',
    });
    if (props.indicator === undefined && value !== undefined) {
      context.problems.add(
        'yaml-missing-colon',
        value.offset,
        value.offset + 1,
        phrase('yaml-missing-colon.explicit-key'),
        context.path,
      );
    }
    const emptyAt = props.end ?? key?.span.end ?? this.end;
    if (key !== undefined) {
      if (!misplaced) this.entries.checkKey(key);
      else if (columnOf(context.text, key) !== this.#lostColumn) this.#reportIndent(key);
      else {
        const message = phrase('yaml-bad-indent.key', { key: key.source });
        context.problems.addEcho('yaml-bad-indent', key.span.start, key.span.end, message);
      }
    }
    context.path.push(key?.source ?? '');
    const compact = value?.type === 'block-map' && !props.newline && item.explicitKey !== true;
    const node = compact
      ? this.#readCompact(value, props, key?.span)
      : context.nested.value(context, value, props, emptyAt, key?.span);
    context.path.pop();
    this.end = Math.max(this.end, node.span.end, props.end ?? 0);
    if (key !== undefined) {
      // An empty key stands before the colon at which its mapping begins.
      this.start = Math.min(this.start, key.span.start);
      this.entries.add(key, misplaced ? { ...node, broken: true } : node);
    }
    if (compact) this.#readSwallowed(value);
  }

  #reportIndent(key: ScalarNode): void {
    this.#context.problems.add(
      'yaml-bad-indent',
      key.span.start,
      Math.max(key.span.end, key.span.start + 1),
      phrase('yaml-bad-indent.key', { key: key.source }),
      this.#context.path,
    );
  }

  /** `a: b: c`, or a value with further indented lines below: the text of the line is the value. */
  #readCompact(value: CST.BlockMap, props: Properties, keySpan: Span | undefined): Node {
    const context = this.#context;
    const first = value.items[0];
    const key = first?.key;
    const start = key?.offset ?? value.offset;
    if (key?.type === 'scalar' && key.source.includes('\n')) {
      const line = firstLine(key.source).trimEnd();
      return buildPlainText(context, start, start + line.length, keySpan, props);
    }
    const end = Math.min(valueEnd(context.text, start), tokenEnd(value));
    context.problems.add('yaml-nested-mapping', start, end, phrase('yaml-nested-mapping'), context.path);
    return buildPlainText(context, start, end, keySpan, props);
  }

  /** The lines that the reader took into such a value are entries of this mapping. */
  #readSwallowed(value: CST.BlockMap): void {
    const [first, ...rest] = value.items;
    const key = first?.key;
    if (first !== undefined && key?.type === 'scalar' && key.source.includes('\n')) {
      const cut = key.source.indexOf('\n') + 1;
      const source = key.source.slice(cut);
      this.read({ ...first, key: { ...key, offset: key.offset + cut - 1, source: `\n${source}` } } as Item);
    }
    const inner = first?.value;
    if (inner?.type === 'block-map' && !endsLine(first?.sep)) this.#readSwallowed(inner);
    // Not part of the tree, but it may have mistakes and anchors of its own.
    else if (inner !== undefined)
      this.#context.nested.value(this.#context, inner, NO_PROPERTIES, inner.offset);
    for (const item of rest) this.read(item);
  }
}

function columnOf(text: string, { span }: ScalarNode): number {
  return span.start - (text.lastIndexOf('\n', span.start - 1) + 1);
}

/** Where a value that begins at an offset ends on its line, without a comment. */
function valueEnd(text: string, start: number): number {
  const newline = text.indexOf('\n', start);
  const line = text.slice(start, newline === -1 ? text.length : newline);
  return start + line.replace(/\s+#.*$/, '').trimEnd().length;
}

/** After the last character of a token that says something. */
function tokenEnd(token: CST.Token): number {
  switch (token.type) {
    case 'block-map': {
      const last = token.items.findLast((item) => item.sep !== undefined);
      if (last === undefined) return token.offset;
      if (last.value !== undefined) return tokenEnd(last.value);
      const sep = last.sep?.findLast((part) => part.type === 'map-value-ind');
      return sep === undefined ? (last.key ? tokenEnd(last.key) : token.offset) : sep.offset + 1;
    }
    case 'block-seq': {
      const last = token.items.findLast((item) => item.value !== undefined);
      return last?.value === undefined ? token.offset + 1 : tokenEnd(last.value);
    }
    case 'flow-collection': {
      const bracket = token.end[0];
      if (bracket !== undefined) return bracket.offset + bracket.source.length;
      const last = token.items.at(-1);
      const part = last?.value ?? last?.key;
      return part ? tokenEnd(part) : token.offset + 1;
    }
    default:
      return token.offset + ('source' in token ? token.source.length : 0);
  }
}

function endsLine(tokens: readonly CST.SourceToken[] | undefined): boolean {
  return tokens?.some((token) => token.type === 'newline') ?? false;
}
