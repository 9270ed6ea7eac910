import { stringOf } from '../../syntax/edit.ts';
import { nearest } from '../../schema/suggest.ts';
import { isIpAddress } from '../../values/ip-address.ts';
import { capabilities, signals } from './engine-words.ts';
import { about, type Finding, type LintRule, type LintTarget } from './rule.ts';

/** Values that Docker Compose passes on and the engine refuses. */
export const valueRules: readonly LintRule[] = [
  rule('invalid-restart', ['services.*.restart'], (text) =>
    /^(?:no|always|unless-stopped|on-failure(?::\d+)?)$/.test(text)
      ? undefined
      : wrong('is no restart policy', text, ['no', 'always', 'unless-stopped', 'on-failure']),
  ),
  rule('invalid-image', ['services.*.image'], (text) => {
    if (imageReference.test(text)) return undefined;
    const lower = text.replace(/^[^:@]*/, (name) => name.toLowerCase());
    return imageReference.test(lower)
      ? {
          reason: `“${text}” is no image: names have no capital letters. Write “${lower}”.`,
          suggestion: lower,
        }
      : { reason: `“${text}” is no image. Write a name, with a tag behind a colon: “postgres:17”.` };
  }),
  rule('unknown-capability', ['services.*.cap_add[]', 'services.*.cap_drop[]'], (text) => {
    const name = text.toUpperCase().replace(/^CAP_/, '');
    return capabilities.has(name) ? undefined : wrong('is no capability', name, capabilities);
  }),
  rule('unknown-signal', ['services.*.stop_signal'], (text) => {
    const name = text.toUpperCase().replace(/^SIG/, '');
    if (/^\d+$/.test(name) || /^RTM(?:IN|AX)(?:[+-]\d+)?$/.test(name) || signals.has(name)) return undefined;
    return wrong(
      'is no signal',
      `SIG${name}`,
      [...signals].map((signal) => `SIG${signal}`),
    );
  }),
  rule('invalid-subnet', ['networks.*.ipam.config[].subnet', 'networks.*.ipam.config[].ip_range'], (text) => {
    const [address = '', bits = ''] = text.split('/');
    const limit = address.includes(':') ? 128 : 32;
    if (isIpAddress(address) && /^\d{1,3}$/.test(bits) && Number(bits) <= limit) return undefined;
    return {
      reason: `“${text}” is no subnet. Write an address with a number of bits, such as 172.28.0.0/16.`,
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
    (text) => (isIpAddress(text) ? undefined : { reason: `“${text}” is no IP address.` }),
  ),
];

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
/** A registry, a name, a tag and a digest, as the engine reads them; or the ID of an image. */
const imageReference = new RegExp(
  `^(?:(?:[\\w.-]+|\\[[0-9A-Fa-f:]+\\])(?::\\d+)?/)?${component}(?:/${component})*(?::\\w[\\w.-]{0,127})?(?:@[\\w+.-]+:[0-9a-fA-F]+)?$`,
);

interface Mistake {
  readonly reason: string;
  readonly suggestion?: string | undefined;
}

function wrong(what: string, text: string, known: Iterable<string>): Mistake {
  const suggestion = nearest(text, known);
  const advice = suggestion === undefined ? '' : ` Did you mean “${suggestion}”?`;
  return { reason: `“${text}” ${what}.${advice}`, suggestion };
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
