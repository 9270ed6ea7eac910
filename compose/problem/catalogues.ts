import { english } from './messages/en.ts';
import { french } from './messages/fr.ts';
import type { Catalogue } from './phrase.ts';

/** By the language subtag of a locale: `fr` is for `fr`, `fr-CA`, … */
const catalogues: Readonly<Record<string, Catalogue>> = { en: english, fr: french };

/** The catalogue for a reader's locale, as VS Code and LSP name it; English where there is none. */
export function catalogueFor(locale: string | undefined): Catalogue {
  const [language = ''] = (locale ?? '').toLowerCase().split(/[-_]/);
  return catalogues[language] ?? english;
}
