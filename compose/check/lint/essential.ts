import { keyText, stringOf, valueIn } from '../../syntax/edit.ts';
import type { Node } from '../../syntax/node.ts';
import { isWrittenSecret } from '../secrets/secret-variable.ts';
import { about, type Finding, type LintRule } from './rule.ts';
import { phrase } from '../../problem/phrase.ts';
import { splitReference } from '../../values/image-reference.ts';

/** What bites sooner or later in any stack. */
export const essentialRules: readonly LintRule[] = [
  {
    code: 'untagged-image',
    severity: 'hint',
    group: 'essential',
    patterns: ['services.*.image'],
    check({ node, parent }) {
      const image = stringOf(node);
      if (image === undefined || image.includes('$') || valueIn(parent, 'build') !== undefined) return [];
      const { tag, digest } = splitReference(image);
      if (digest !== undefined) return [];
      if (tag === undefined) return [about(node, phrase('untagged-image', { image }))];
      return tag === 'latest' ? [about(node, phrase('untagged-image.latest'))] : [];
    },
  },
  {
    code: 'plain-text-secret',
    severity: 'hint',
    group: 'essential',
    patterns: ['services.*.environment'],
    check({ node }) {
      return variablesOf(node).flatMap(({ name, value, start, end }) => {
        if (!isWrittenSecret(name, value)) return [];
        const message = phrase('plain-text-secret', { name });
        return [{ start, end, message, data: { variable: name } }];
      });
    },
  },
  {
    code: 'obsolete-links',
    severity: 'hint',
    group: 'essential',
    patterns: ['services.*.links'],
    check({ node }) {
      const message = phrase('obsolete-links');
      return [about(node, message, { tags: ['deprecated'] })];
    },
  },
];

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Variables with values, in either form. */
function variablesOf(node: Node): Variable[] {
  const variables: Variable[] = [];
  if (node.kind === 'map') {
    for (const entry of node.entries) {
      if (entry.value.kind !== 'scalar' || entry.value.value === null) continue;
      const { start, end } = entry.value.span;
      variables.push({ name: keyText(entry), value: entry.value.source, start, end });
    }
  } else if (node.kind === 'seq') {
    for (const item of node.items) {
      const pair = /^([^=]+)=(.*)$/s.exec(stringOf(item) ?? '');
      if (pair === null) continue;
      variables.push({ name: pair[1] ?? '', value: pair[2] ?? '', ...place(item) });
    }
  }
  return variables;
}

function place(node: Node): Pick<Finding, 'start' | 'end'> {
  return { start: node.span.start, end: node.span.end };
}
