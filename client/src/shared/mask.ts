import { maskData, maskNamed, maskWords as maskedWords } from '#compose/check/secrets/mask-data.ts';
import { maskText, withoutPieces } from '#compose/check/secrets/masker.ts';
import { knownSecrets } from './known-secrets.ts';

/** The text without the secrets of this window's projects, and without what is written like one: in assignments, options, URLs, headers, tokens. */
export function maskSecrets(text: string): string {
  return maskText(text, knownSecrets.values);
}

/** The same data, masked; in a command, an option's secret is the word after it. */
export function maskDeep(value: unknown, name = ''): unknown {
  return maskData(value, knownSecrets.values, name);
}

/** What stands under a name: masked as a whole where that says so. */
export function maskValue(name: string, value: string): string {
  return maskNamed(name, value, knownSecrets.values);
}

/** The words of a command: a secret may be the word after its option. */
export function maskWords(words: readonly string[]): readonly string[] {
  return maskedWords(words, knownSecrets.values);
}

/** Only the values that are known, for output that is not ours to read: of commands, with colours and all. */
export function maskKnown(text: string): string {
  return withoutPieces(text, knownSecrets.values.piecesIn(text));
}
