import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { Node } from '#compose/syntax/node.ts';
import type { Path } from '#compose/values/path.ts';
import type { SourceFile } from '../workspace/files.ts';
import { serviceEntries } from '../workspace/service-entries.ts';
import type { Suggestion } from './suggestion.ts';

/** Labels that the file's other services have, as far as they are not about themselves, and those that Traefik asks for where the file has it. */
export function labelSuggestions(file: SourceFile, path: Path, present: readonly string[]): Suggestion[] {
  const [section, own, attribute, part] = path;
  if (section !== 'services' || attribute !== 'labels' || typeof own !== 'string') return [];
  const isItem = typeof part === 'number' && path.length === 4;
  if (!isItem && path.length !== 3) return [];
  const written = new Set(present.map((each) => each.split('=')[0]));
  const names = new Set<string>();
  let routed = false;
  for (const entry of serviceEntries(file)) {
    const labels = namesOf(valueIn(entry.value, 'labels'));
    routed ||= /(?:^|\/)traefik(?::|$)/.test(stringOf(valueIn(entry.value, 'image')) ?? '');
    routed ||= labels.some((label) => label.startsWith('traefik.'));
    // `traefik.http.routers.web.rule` of a service `web` is `traefik.http.routers.api.rule` of this one.
    for (const label of labels) names.add(label.replaceAll(`.${keyText(entry)}.`, `.${own}.`));
  }
  const usual = routed
    ? [
        'traefik.enable',
        `traefik.http.routers.${own}.rule`,
        `traefik.http.services.${own}.loadbalancer.server.port`,
      ]
    : [];
  return [...new Set([...usual, ...names])].flatMap((label, order): Suggestion[] =>
    written.has(label)
      ? []
      : [
          {
            label,
            as: isItem ? { raw: `${label}=` } : { key: label, shape: 'scalar' },
            kind: 'attribute',
            rank: 2,
            order,
          },
        ],
  );
}

function namesOf(labels: Node | undefined): readonly string[] {
  if (labels?.kind === 'map') return labels.entries.filter(({ value }) => value.broken !== true).map(keyText);
  if (labels?.kind !== 'seq') return [];
  return labels.items.flatMap((item) => /^([^=]+)=/.exec(stringOf(item) ?? '')?.[1] ?? []);
}
