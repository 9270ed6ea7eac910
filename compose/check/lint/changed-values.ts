import { keyText } from '../../syntax/edit.ts';
import { goFormat } from '../../syntax/go-format.ts';
import type { Node, ScalarNode } from '../../syntax/node.ts';
import { phrase } from '../../problem/phrase.ts';
import { about, type Finding, type LintRule } from './rule.ts';

/** Mappings whose values are texts to whom they are for, whatever YAML takes them for. */
const texts = [
  'services.*.environment',
  'services.*.labels',
  'services.*.annotations',
  'services.*.build.args',
  'services.*.build.labels',
  'services.*.deploy.labels',
  'networks.*.labels',
  'volumes.*.labels',
];

/** Values that arrive as another text than the one that is written, and attributes that only some versions know. */
export const changedValueRules: readonly LintRule[] = [
  {
    code: 'changed-value',
    severity: 'hint',
    group: 'trap',
    patterns: texts,
    check({ node }) {
      return plainValues(node, ({ type }) => type !== 'timestamp').flatMap(({ key, value }) => {
        const arrives = goFormat(value);
        if (arrives === value.source) return [];
        return [quoteIt(value, phrase('changed-value', { key, value: value.source, arrives }))];
      });
    },
  },
  {
    code: 'unquoted-date',
    severity: 'warning',
    group: 'trap',
    patterns: texts,
    check({ node }) {
      return plainValues(node, ({ type }) => type === 'timestamp').map(({ key, value }) =>
        quoteIt(value, phrase('unquoted-date', { key, value: value.source, arrives: goFormat(value) })),
      );
    },
  },
  {
    code: 'newer-attribute',
    severity: 'warning',
    group: 'trap',
    patterns: ['services.*.pre_start'],
    check: ({ node }) => [
      { ...about(node, phrase('newer-attribute', { name: 'pre_start', version: '2.40' })), ...keySpan(node) },
    ],
  },
];

function keySpan({ keySpan: key }: Node): Pick<Finding, 'start' | 'end'> | undefined {
  return key === undefined ? undefined : { start: key.start, end: key.end };
}

/** Unquoted scalars that YAML does not take for a text. */
function plainValues(
  node: Node,
  wanted: (value: ScalarNode) => boolean,
): readonly { readonly key: string; readonly value: ScalarNode }[] {
  if (node.kind !== 'map') return [];
  return node.entries.flatMap((entry) => {
    const { value } = entry;
    if (value.kind !== 'scalar' || value.style !== 'plain' || value.tag !== undefined) return [];
    if (value.type === 'string' || value.type === 'null' || !wanted(value)) return [];
    return [{ key: keyText(entry), value }];
  });
}

function quoteIt(node: ScalarNode, message: Finding['message']): Finding {
  return about(node, message, { data: { replacement: JSON.stringify(node.source) } });
}
