import { keyText, stringOf, valueIn } from '../../syntax/edit.ts';
import type { Node, ScalarNode } from '../../syntax/node.ts';
import { parseVolume } from '../../values/volume.ts';
import { about, type Finding, type LintRule } from './rule.ts';
import { phrase, type Phrase } from '../../problem/phrase.ts';

/** Texts that YAML tools read in different ways. */
export const trapRules: readonly LintRule[] = [
  {
    code: 'unquoted-port',
    severity: 'hint',
    group: 'trap',
    patterns: ['services.*.ports[]', 'services.*.expose[]'],
    check({ node }) {
      if (node.kind !== 'scalar' || node.style !== 'plain' || !/^\d{1,2}:\d{1,2}$/.test(node.source))
        return [];
      return [quoteIt(node, phrase('unquoted-port', { value: node.source }))];
    },
  },
  {
    code: 'unquoted-boolean',
    severity: 'hint',
    group: 'trap',
    patterns: ['services.*.environment', 'services.*.labels', 'services.*.build.args'],
    check({ node }) {
      if (node.kind !== 'map') return [];
      const findings: Finding[] = [];
      for (const entry of node.entries) {
        const { value } = entry;
        if (value.kind !== 'scalar' || value.style !== 'plain') continue;
        if (!/^(?:y|n|yes|no|on|off)$/i.test(value.source)) continue;
        findings.push(
          quoteIt(value, phrase('unquoted-boolean', { value: value.source, key: keyText(entry) })),
        );
      }
      return findings;
    },
  },
  {
    code: 'decimal-mode',
    severity: 'warning',
    group: 'trap',
    patterns: ['services.*.secrets[].mode', 'services.*.configs[].mode', 'services.*.build.secrets[].mode'],
    check({ node }) {
      if (node.kind !== 'scalar' || node.style !== 'plain' || !/^[1-7][0-7]{2}$/.test(node.source)) return [];
      const octal = `0${node.source}`;
      const meant = Number(node.source).toString(8);
      return [
        about(node, phrase('decimal-mode', { mode: node.source, meant, octal }), {
          data: { replacement: octal },
        }),
      ];
    },
  },
  {
    code: 'repeated-mount',
    severity: 'warning',
    group: 'trap',
    patterns: ['services.*.volumes'],
    check({ node }) {
      if (node.kind !== 'seq') return [];
      const seen = new Map<string, Node>();
      return node.items.flatMap((item) => {
        const target = mountTarget(item);
        if (target === undefined) return [];
        const first = seen.get(target);
        if (first === undefined) {
          seen.set(target, item);
          return [];
        }
        const message = phrase('repeated-mount', { target });
        return [
          {
            ...about(item, message),
            related: [{ span: first.span, message: phrase('repeated-mount.first') }],
          },
        ];
      });
    },
  },
];

/** Where in the container a volume is mounted. */
function mountTarget(item: Node): string | undefined {
  const short = stringOf(item);
  const parsed = short === undefined ? undefined : parseVolume(short);
  const target =
    parsed === undefined
      ? stringOf(valueIn(item, 'target'))
      : parsed.kind === 'volume'
        ? parsed.volume.target
        : undefined;
  return target === undefined || target.includes('$') ? undefined : target.replace(/(?<=.)\/+$/, '');
}

function quoteIt(node: ScalarNode, message: Phrase): Finding {
  return about(node, message, { data: { replacement: JSON.stringify(node.source) } });
}
