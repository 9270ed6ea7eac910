import type { Path } from '#compose/values/path.ts';
import { sinceOf } from '#compose/check/version/since.ts';
import { docsPage } from '#compose/schema/docs-page.ts';
import { schemaAt } from '#compose/schema/walk.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { type Wording, wording, type Words } from '../words/words.ts';

/** What the schema says about the value at a path, as Markdown, with a link to Docker's reference; `undefined` if it says nothing. */
export function documentationOf(path: Path, words: Words): string | undefined {
  const point = schemaAt(path);
  if (point === undefined) return undefined;
  const parts: string[] = [];
  const add = (what: Wording) => parts.push(formatPhrase(what, words));
  if (point.deprecated) add(wording('documentation.deprecated'));
  if (point.description !== undefined)
    parts.push(escapeMarkdown(words.descriptions?.get(point.description) ?? point.description));
  if (point.values.length > 0) {
    add(
      wording('documentation.values', {
        values: point.values.map((value) => `\`${String(value)}\``).join(', '),
      }),
    );
  }
  if (point.defaultValue !== undefined)
    add(wording('documentation.default', { value: JSON.stringify(point.defaultValue) }));
  const since = sinceOf(path);
  if (since !== undefined) add(wording('documentation.since', { version: since.replace(/\.0$/, '') }));
  if (parts.length === 0) return undefined;
  const page = docsPage(path);
  if (page !== undefined) add(wording('documentation.reference', { page }));
  return parts.join('\n\n');
}

function escapeMarkdown(text: string): string {
  return text.replace(/[*_<>[\]]/g, '\\$&');
}
