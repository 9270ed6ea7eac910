import type { Remark } from '#compose/convert/kubernetes/remark.ts';
import type { Succession } from '#compose/convert/kubernetes/succession.ts';
import { explain, type Place } from '#compose/load/explain.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { maskSecrets } from '../shared/mask.ts';
import type { Translate } from '../shared/translate.ts';
import { wrapLines } from '../shared/wrap-lines.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import type { Catalogue } from '#compose/problem/phrase.ts';

/** A report to read, with the places in the compose files that its lines lead to. */
export interface Report {
  readonly text: string;
  readonly links: readonly ReportLink[];
}

/** `start` and `end` are offsets in the text. */
export interface ReportLink {
  readonly start: number;
  readonly end: number;
  readonly place: Place;
}

/**
 * What of the compose files did not go over, or not as it stands there: a block for each service or other part, in it each attribute with its reason and
 * its line. `loaded`: the projects that may say where, the first that knows counts. `nameOf`: a file as it is called in the text.
 */
export function reportText(
  title: string,
  remarks: readonly Remark[],
  loaded: readonly LoadedProject[],
  {
    t,
    phrases,
    nameOf,
  }: { readonly t: Translate; readonly phrases: Catalogue; readonly nameOf: (uri: string) => string },
): Report {
  const links: ReportLink[] = [];
  let text = `${title}\n`;
  let group = '';
  for (const { path, reason } of remarks) {
    const [, own = path, rest = ''] = /^([^.]+\.[^.]+)\.?(.*)$/s.exec(path) ?? [];
    if (own !== group) text += `\n${own}\n`;
    group = own;
    const place = placeOf(path, loaded);
    text += `  ${rest === '' ? t('entire setting') : rest}`;
    if (place !== undefined) {
      text += '  ';
      const link = `${nameOf(place.span.uri)}:${place.line}`;
      links.push({ start: text.length, end: text.length + link.length, place });
      text += link;
    }
    text += `\n${wrapped(maskSecrets(formatPhrase(reason, phrases)))}`;
  }
  return { text, links };
}

/** What of a conversion does not become true in a cluster that has the last one; empty for nothing. */
export function againText(found: readonly Succession[], phrases: Catalogue, t: Translate): string {
  if (found.length === 0) return '';
  const words = { refused: t('refused'), kept: t('keeps the old value'), left: t('stays') } as const;
  const lines = found.map(({ kind, name, field, outcome, reason }) => {
    const what = `${kind.toLowerCase()}/${name}${field === '' ? '' : `  ${field}`}`;
    return `  ${what}: ${words[outcome]}\n${wrapped(maskSecrets(formatPhrase(reason, phrases)))}`;
  });
  return `${t('In a cluster that has the last conversion')}\n\n${lines.join('')}\n`;
}

/** Lines of the reason, as wide as an editor shows them. */
function wrapped(reason: string): string {
  return `${wrapLines(`    ${reason}`)}\n`;
}

/** Where it was written; else where what it belongs to was. */
function placeOf(path: string, loaded: readonly LoadedProject[]): Place | undefined {
  for (const project of loaded) {
    for (let at = path; at.includes('.'); at = at.replace(/(?:\.[^.[]*|\[\d+\])$/, '')) {
      const place = explain(project, at)?.setAt;
      if (place?.span.uri.startsWith('file:') === true) return place;
    }
  }
  return undefined;
}
