import type { MapEntry, Node, ScalarNode } from '../node.ts';
import { currentPath, type BuildContext, type OpenAnchor } from './context.ts';
import { phrase, type PhraseKey } from '../../problem/phrase.ts';

/** The entries of one mapping as they are read: checks that keys are strings and that none comes twice. */
export class Entries {
  readonly list: MapEntry[] = [];
  readonly #context: BuildContext;
  readonly #keys = new Map<string, ScalarNode>();

  constructor(context: BuildContext) {
    this.#context = context;
  }

  /** To be called before the value is built, so that problems come in order and within the limits. */
  checkKey(key: ScalarNode): void {
    if (key.broken) return;
    if (key.type !== 'string') {
      this.#context.problems.add(
        'yaml-non-string-key',
        key.span.start,
        Math.max(key.span.end, key.span.start + 1),
        key.source === ''
          ? phrase('yaml-non-string-key.empty')
          : phrase('yaml-non-string-key', { key: key.source, type: phrase(TYPE_NAMES[key.type]) }),
        this.#context.path,
      );
    }
    const first = this.#keys.get(key.source);
    if (first === undefined) this.#keys.set(key.source, key);
    else {
      const path = [...currentPath(this.#context), key.source];
      this.#context.problems.addDuplicate(key.source, key.span, first.span, path);
    }
  }

  add(key: ScalarNode, value: Node): void {
    this.list.push({ key, value });
  }
}

const TYPE_NAMES = {
  string: 'type.string',
  int: 'type.number',
  float: 'type.number',
  bool: 'type.yaml-boolean',
  null: 'type.yaml-null',
  timestamp: 'type.date',
} as const satisfies Record<ScalarNode['type'], PhraseKey>;

/** What a key that is an alias stands for; `undefined` when that is no scalar. */
export function aliasKey(key: Node, anchors: ReadonlyMap<string, OpenAnchor>): ScalarNode | undefined {
  if (key.kind !== 'alias') return undefined;
  const target = anchors.get(key.name)?.node;
  if (target?.kind !== 'scalar') return undefined;
  return { ...target, span: key.span, anchor: undefined, origins: [target.span], alias: key.name };
}
