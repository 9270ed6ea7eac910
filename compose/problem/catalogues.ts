import { english } from './messages/en.ts';
import type { Catalogue } from './phrase.ts';

/** The languages beside English, loaded when somebody reads them: by the language subtag of a locale, `fr` of `fr-CA`. */
const others: Readonly<Record<string, () => Promise<Catalogue>>> = {
  fr: async () => (await import('./messages/fr.ts')).french,
};

const loaded = new Map<string, Catalogue>([['en', english]]);

/** Loads the catalogue for a reader's locale, as VS Code and LSP name it; English where there is none. */
export async function loadCatalogue(locale: string | undefined): Promise<Catalogue> {
  const language = languageOf(locale);
  const load = Object.hasOwn(others, language) ? others[language] : undefined;
  if (load !== undefined && !loaded.has(language)) loaded.set(language, await load());
  return catalogueFor(locale);
}

/** The catalogue for a locale that {@link loadCatalogue} has loaded; English until then. */
export function catalogueFor(locale: string | undefined): Catalogue {
  return loaded.get(languageOf(locale)) ?? english;
}

function languageOf(locale = ''): string {
  return locale.toLowerCase().split(/[-_]/)[0] ?? '';
}
