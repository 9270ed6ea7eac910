import { stringOf } from '../../syntax/edit.ts';
import { nearest } from '../../schema/suggest.ts';
import { isIpAddress } from '../../values/ip-address.ts';
import { capabilities, signals } from './engine-words.ts';
import { about, type Finding, type LintRule, type LintTarget } from './rule.ts';
import { phrase, type Phrase, withAdvice } from '../../problem/phrase.ts';
import { isImageId, parseImageReference, splitReference } from '../../values/image-reference.ts';

/** Values that Docker Compose passes on and the engine refuses. */
export const valueRules: readonly LintRule[] = [
  rule('invalid-restart', ['services.*.restart'], (text) =>
    /^(?:no|always|unless-stopped|on-failure(?::\d+)?)$/.test(text)
      ? undefined
      : wrong('invalid-restart', text, ['no', 'always', 'unless-stopped', 'on-failure']),
  ),
  rule('invalid-image', ['services.*.image'], (text) => {
    if (isImage(text)) return undefined;
    const { name } = splitReference(text);
    const lower = `${name.toLowerCase()}${text.slice(name.length)}`;
    return isImage(lower)
      ? {
          reason: phrase('invalid-image.capitals', { text, lower }),
          suggestion: lower,
        }
      : { reason: phrase('invalid-image', { text }) };
  }),
  rule('unknown-capability', ['services.*.cap_add[]', 'services.*.cap_drop[]'], (text) => {
    const name = text.toUpperCase().replace(/^CAP_/, '');
    return capabilities.has(name) ? undefined : wrong('unknown-capability', name, capabilities);
  }),
  rule('unknown-signal', ['services.*.stop_signal'], (text) => {
    const name = text.toUpperCase().replace(/^SIG/, '');
    if (/^\d+$/.test(name) || /^RTM(?:IN|AX)(?:[+-]\d+)?$/.test(name) || signals.has(name)) return undefined;
    return wrong(
      'unknown-signal',
      `SIG${name}`,
      [...signals].map((signal) => `SIG${signal}`),
    );
  }),
  rule('invalid-subnet', ['networks.*.ipam.config[].subnet', 'networks.*.ipam.config[].ip_range'], (text) => {
    const [address = '', bits = ''] = text.split('/');
    const limit = address.includes(':') ? 128 : 32;
    if (isIpAddress(address) && /^\d{1,3}$/.test(bits) && Number(bits) <= limit) return undefined;
    return {
      reason: phrase('invalid-subnet', { text }),
    };
  }),
  rule(
    'invalid-address',
    [
      'services.*.networks.*.ipv4_address',
      'services.*.networks.*.ipv6_address',
      'networks.*.ipam.config[].gateway',
      'services.*.dns',
      'services.*.dns[]',
    ],
    (text) => (isIpAddress(text) ? undefined : { reason: phrase('invalid-address', { text }) }),
  ),
];

/** As the engine reads it; or the ID of an image. */
function isImage(text: string): boolean {
  return isImageId(text) || parseImageReference(text).kind === 'image';
}

interface Mistake {
  readonly reason: Phrase;
  readonly suggestion?: string | undefined;
}

function wrong(
  code: 'invalid-restart' | 'unknown-capability' | 'unknown-signal',
  text: string,
  known: Iterable<string>,
): Mistake {
  const suggestion = nearest(text, known);
  const advice = suggestion === undefined ? undefined : phrase('did-you-mean', { suggestion });
  return { reason: withAdvice(phrase(code, { text }), advice), suggestion };
}

function rule(
  code: string,
  patterns: readonly string[],
  judge: (text: string) => Mistake | undefined,
): LintRule {
  return { code, severity: 'warning', group: 'trap', patterns, check: (target) => judged(target, judge) };
}

function judged({ node }: LintTarget, judge: (text: string) => Mistake | undefined): readonly Finding[] {
  const text = stringOf(node);
  if (text === undefined || text === '' || text.includes('$')) return [];
  const mistake = judge(text);
  if (mistake === undefined) return [];
  const { reason, suggestion } = mistake;
  return [about(node, reason, suggestion === undefined ? {} : { data: { suggestion } })];
}
