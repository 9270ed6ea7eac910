import { imagePage } from '#compose/model/image-page.ts';
import { type Path, PatternTable } from '#compose/values/path.ts';
import { schemaAt } from '#compose/schema/walk.ts';
import type { ScalarNode } from '#compose/syntax/node.ts';
import { parseDuration } from '#compose/values/duration.ts';
import { parsePorts } from '#compose/values/port.ts';
import { parseSize } from '#compose/values/size.ts';
import { parseVolume } from '#compose/values/volume.ts';
import { knownValues } from '../completion/known-values.ts';
import { documentationOf } from '../to-lsp/documentation.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { countOf } from '#compose/problem/phrase.ts';
import { type Wording, wording, type WordingValue, type Words } from '../words/words.ts';

/** How Docker Compose understands a scalar, in words; what is allowed in its place if that is a list. */
export function explainValue(path: Path, node: ScalarNode, words: Words): string | undefined {
  const text = typeof node.value === 'string' ? node.value : node.source;
  const explained = text.includes('$') ? undefined : explainers.match(path)?.(text);
  const known = knownValues(path).find(({ value }) => value === text)?.detail;
  const listed = (schemaAt(path)?.values ?? []).length > 0;
  const parts = [
    explained === undefined ? undefined : formatPhrase(explained, words),
    known === undefined
      ? undefined
      : formatPhrase(wording('hover.known-value', { value: text, meaning: known }), words),
    listed ? documentationOf(path, words) : undefined,
  ];
  const found = parts.filter((part) => part !== undefined);
  return found.length === 0 ? undefined : found.join('\n\n');
}

type Explainer = (text: string) => WordingValue | undefined;

const explainers = new PatternTable<Explainer>([
  ['services.*.ports[]', explainPort],
  ['services.*.volumes[]', explainMount],
  ['services.*.image', explainImage],
  ['models.*.model', explainImage],
  ...[
    'healthcheck.interval',
    'healthcheck.timeout',
    'healthcheck.start_period',
    'healthcheck.start_interval',
    'stop_grace_period',
    'deploy.update_config.delay',
    'deploy.update_config.monitor',
    'deploy.rollback_config.delay',
    'deploy.rollback_config.monitor',
    'deploy.restart_policy.delay',
    'deploy.restart_policy.window',
  ].map((path): [string, Explainer] => [`services.*.${path}`, explainDuration]),
  ...[
    'mem_limit',
    'mem_reservation',
    'memswap_limit',
    'shm_size',
    'build.shm_size',
    'deploy.resources.limits.memory',
    'deploy.resources.reservations.memory',
    'volumes[].tmpfs.size',
  ].map((path): [string, Explainer] => [`services.*.${path}`, explainSize]),
]);

function explainPort(text: string): Wording | undefined {
  const parsed = parsePorts(text);
  if (parsed.kind !== 'ports') return undefined;
  const first = parsed.ports[0];
  const last = parsed.ports.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const range = (from: string, to: string) => (from === to ? from : `${from}–${to}`);
  const target = `${range(String(first.target), String(last.target))}/${first.protocol}`;
  const container = wording('hover.container-port', { port: target });
  if (first.published === undefined) {
    return wording('hover.free-port', { container });
  }
  const published = range(first.published, last.published ?? first.published);
  return first.host_ip === undefined
    ? wording('hover.port-on-all', { published, container })
    : wording('hover.port-on-address', { published, address: first.host_ip, container });
}

function explainMount(text: string): Wording | undefined {
  const parsed = parseVolume(text);
  if (parsed.kind !== 'volume') return undefined;
  const { type, source, target, read_only: readOnly } = parsed.volume;
  const what =
    source === undefined
      ? wording('hover.anonymous-volume')
      : type === 'bind'
        ? wording('hover.host-path', { source })
        : wording('hover.named-volume', { source });
  return wording(readOnly === true ? 'hover.mount-read-only' : 'hover.mount', { what, target });
}

function explainImage(text: string): string | undefined {
  const page = imagePage(text);
  return page === undefined ? undefined : `[${text}](${page})`;
}

const unitNames: Readonly<Record<string, string>> = { h: 'h', m: 'min', s: 's' };

function explainDuration(text: string): string | undefined {
  const duration = parseDuration(text);
  if (duration === undefined) return undefined;
  const parts = [...duration.matchAll(/([\d.]+)([a-zµ]+)/g)].filter(([, amount]) => Number(amount) !== 0);
  return parts.map(([, amount, unit = '']) => `${amount} ${unitNames[unit] ?? unit}`).join(' ') || '0 s';
}

function explainSize(text: string): Wording | undefined {
  const bytes = parseSize(text);
  if (bytes === undefined) return undefined;
  let amount = Number(bytes);
  let unit = 0;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  while (amount >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  const exact = countOf(Number(bytes));
  return unit === 0
    ? wording('hover.bytes', { bytes: exact })
    : wording('hover.size', {
        amount: Number(amount.toFixed(2)),
        unit: units[unit] ?? '',
        bytes: exact,
      });
}
