import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Recorded behaviour of the reference implementations, beside the checkout. Optional: without it the tests that need it are skipped. */
const ROOT = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));

export type Group<Case> =
  | { readonly found: true; readonly cases: readonly Case[] }
  | { readonly found: false; readonly reason: string };

/** The cases of one file of the corpus: `loader/rec_schema`. */
export function readGroup<Case>(name: string): Group<Case> {
  const file = `${ROOT}${name}.json`;
  if (!existsSync(file)) return { found: false, reason: `no corpus at ../shared/corpus/${name}.json` };
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Case[] };
  return { found: true, cases };
}
