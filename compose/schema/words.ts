import { anyOf, type Phrase, phrase, type PhraseKey, type PhraseList } from '../problem/phrase.ts';
import type { Node } from '../syntax/node.ts';
import type { SchemaForm, SchemaType } from './schema-node.ts';

const typePhrases = {
  object: 'type.mapping',
  array: 'type.list',
  string: 'type.string',
  number: 'type.number',
  integer: 'type.integer',
  boolean: 'type.boolean',
  null: 'type.empty',
} as const satisfies Record<SchemaType, PhraseKey>;

/** In the order in which people think of them. */
const ORDER: readonly SchemaType[] = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'null'];

/** The types of a value in words: `text, a list or a mapping`. */
export function typeWords(forms: readonly SchemaForm[]): PhraseList {
  const types = new Set(forms.flatMap((form) => form.types));
  if (types.has('number')) types.delete('integer');
  return anyOf(ORDER.filter((type) => types.has(type)).map((type) => phrase(typePhrases[type])));
}

/** What a value is, in words: `a list`. */
export function valueWords(node: Node): Phrase {
  switch (node.kind) {
    case 'map':
      return phrase('type.mapping');
    case 'seq':
      return phrase('type.list');
    case 'alias':
      return phrase('type.alias');
    case 'scalar':
      switch (node.type) {
        case 'string':
        case 'timestamp':
          return phrase('type.string');
        case 'int':
        case 'float':
          return phrase('value.number', { value: node.source });
        case 'bool':
          return phrase('value.literal', { value: node.source });
        case 'null':
          return phrase('type.empty');
      }
  }
}
