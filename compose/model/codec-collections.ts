import { compareText } from '../syntax/compare-text.ts';
import { keyText, stringOf } from '../syntax/edit.ts';
import { goFormat } from '../syntax/go-format.ts';
import type { Node } from '../syntax/node.ts';
import { isHostName, parseExtraHost, withoutBrackets } from '../values/extra-host.ts';
import { type Codec, type DecodeContext, invalid, mismatch, type Shape, valueShape } from './codec.ts';
import { phrase } from '../problem/phrase.ts';
import { recordOf } from '../values/record.ts';

const listShape: Shape = { kind: 'list', of: valueShape };
const recordShape: Shape = { kind: 'record', of: valueShape };

/** A text, or a list of texts. */
export const stringOrList: Codec = {
  shape: listShape,
  decode(node, context) {
    if (stringOf(node) !== undefined) return [stringOf(node)];
    if (node.kind !== 'seq') return mismatch(node, context, phrase('expected.texts'));
    return node.items.flatMap((item, index) => {
      const text = stringOf(item);
      if (text !== undefined) return [text];
      mismatch(item, context.child(index), phrase('expected.quoted-text'));
      return [];
    });
  },
};

/** A text, or a list of texts and numbers. */
export const stringOrNumberList: Codec = {
  shape: listShape,
  decode(node, context) {
    if (stringOf(node) !== undefined) return [stringOf(node)];
    if (node.kind !== 'seq') return mismatch(node, context, phrase('type.list'));
    return node.items.map(textOf);
  },
};

/** `KEY=VALUE` items or a mapping; a key without a value is null. */
export const environment: Codec = {
  shape: recordShape,
  decode(node, context) {
    return assignments(node, context, null, (key, item, at) => {
      if (!/\s$/u.test(key)) return true;
      const message = phrase('trailing-space', { key });
      invalid(item, at, 'trailing-space', message);
      return false;
    });
  },
};

/** `KEY=VALUE` items or a mapping; a key without a value is empty. */
export const mapping: Codec = {
  shape: recordShape,
  decode: (node, context) => assignments(node, context, '', () => true),
};

function assignments(
  node: Node,
  context: DecodeContext,
  empty: string | null,
  accept: (key: string, item: Node, at: DecodeContext) => boolean,
): unknown {
  const result: Record<string, unknown> = recordOf();
  if (node.kind === 'map') {
    for (const entry of node.entries) {
      const { value } = entry;
      result[keyText(entry)] = value.kind === 'scalar' && value.value === null ? empty : textOf(value);
    }
    return result;
  }
  if (node.kind !== 'seq') return mismatch(node, context, phrase('expected.mapping-or-assignments'));
  node.items.forEach((item, index) => {
    const text = textOf(item);
    const equals = text.indexOf('=');
    const key = equals === -1 ? text : text.slice(0, equals);
    if (accept(key, item, context.child(index))) {
      result[key] = equals === -1 ? empty : text.slice(equals + 1);
    }
  });
  return result;
}

/** A mapping only; values of any scalar type become text. */
export const options: Codec = {
  shape: recordShape,
  decode(node, context) {
    return node.kind === 'map'
      ? mapping.decode(node, context)
      : mismatch(node, context, phrase('type.mapping'));
  },
};

/** Options that may be given several times. */
export const multiOptions: Codec = {
  shape: { kind: 'record', of: listShape },
  decode(node, context) {
    if (node.kind !== 'map') return mismatch(node, context, phrase('type.mapping'));
    const result: Record<string, unknown> = recordOf();
    for (const entry of node.entries) {
      const { value } = entry;
      result[keyText(entry)] = value.kind === 'seq' ? value.items.map(textOf) : [textOf(value)];
    }
    return result;
  },
};

/** `host=ip` items, sorted; `host:ip` and a mapping mean the same. */
export const extraHosts: Codec = {
  shape: listShape,
  decode(node, context) {
    const hosts = new Map<string, string[]>();
    const add = (host: string, addresses: readonly string[]) => {
      hosts.set(host, [...(hosts.get(host) ?? []), ...addresses]);
    };
    if (node.kind === 'map') {
      for (const entry of node.entries) {
        const { value } = entry;
        const host = keyText(entry);
        const addresses =
          value.kind === 'seq'
            ? value.items.map(textOf)
            : [value.kind === 'scalar' && value.value === null ? '' : textOf(value)];
        if (isHostName(host)) add(host, addresses.map(withoutBrackets));
        else invalid(value, context.child(host), 'invalid-host', phrase('invalid-host', { host }));
      }
    } else if (node.kind === 'seq') {
      node.items.forEach((item, index) => {
        const parsed = parseExtraHost(textOf(item));
        if (parsed.kind === 'host') add(parsed.host, parsed.addresses);
        else invalid(item, context.child(index), 'invalid-host', parsed.message);
      });
    } else return mismatch(node, context, phrase('expected.hosts'));
    return [...hosts].flatMap(([host, ips]) => ips.map((ip) => `${host}=${ip}`)).sort(compareText);
  },
};

/** `id` or `id=path` items. */
export const ssh: Codec = {
  shape: listShape,
  decode(node, context) {
    if (node.kind !== 'map') return mismatch(node, context, phrase('expected.mapping-or-ids'));
    return node.entries
      .map((entry) => {
        const path = entry.value.kind === 'scalar' && entry.value.value === null ? '' : textOf(entry.value);
        return path === '' ? keyText(entry) : `${keyText(entry)}=${path}`;
      })
      .sort(compareText);
  },
};

function textOf(node: Node): string {
  if (node.kind !== 'scalar') return '';
  return node.value === null ? '<nil>' : goFormat(node);
}
