import type { Node } from '../syntax/node.ts';
import type { SchemaForm, SchemaType } from './schema-node.ts';

const TYPE_WORDS: Readonly<Record<SchemaType, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'empty',
};

/** In the order in which people think of them. */
const ORDER: readonly SchemaType[] = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'null'];

/** The types of a value in words: `text, a list or a mapping`. */
export function typeWords(forms: readonly SchemaForm[]): string {
  const types = new Set(forms.flatMap((form) => form.types));
  if (types.has('number')) types.delete('integer');
  const words = ORDER.filter((type) => types.has(type)).map((type) => TYPE_WORDS[type]);
  return joinWords(words, 'or');
}

/** What a value is, in words: `a list`. */
export function valueWords(node: Node): string {
  switch (node.kind) {
    case 'map':
      return 'a mapping';
    case 'seq':
      return 'a list';
    case 'alias':
      return 'an alias';
    case 'scalar':
      switch (node.type) {
        case 'string':
        case 'timestamp':
          return 'text';
        case 'int':
        case 'float':
          return `the number ${node.source}`;
        case 'bool':
          return node.source;
        case 'null':
          return 'empty';
      }
  }
}

/** `a, b or c`. */
export function joinWords(words: readonly string[], conjunction: 'and' | 'or'): string {
  const last = words.at(-1);
  if (last === undefined) return '';
  return words.length === 1 ? last : `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}
