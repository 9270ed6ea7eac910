import { isNoSecretValue } from './plain-value.ts';
import { isSecretVariable } from './secret-variable.ts';
import { isCommandName, secretWordPieces } from './secret-words.ts';
import { type KnownValues, mask, maskText, withoutPieces } from './masker.ts';
import { recordOf } from '../../values/record.ts';

/** Random by nature, and nobody's secret: ids and digests of the engine. */
const idName =
  /(?:id|ids|digest|digests|image|sha256|hash|key|path|driver|file|layers|lowerdir|upperdir|mergeddir|workdir)$/i;

/** The same data with secrets masked: by the names and options they stand under, by what they are, and by the values that are known. */
export function maskData(value: unknown, known?: KnownValues, name = ''): unknown {
  if (typeof value === 'string') return maskNamed(name, value, known);
  if (Array.isArray(value)) {
    const words = value.filter((item) => typeof item === 'string');
    if (isCommandName(name) && words.length === value.length) return maskWords(words, known);
    // `NAME=value`, one each.
    return value.map((item) =>
      typeof item === 'string' ? maskAssignment(item, known) : maskData(item, known),
    );
  }
  if (typeof value !== 'object' || value === null) return value;
  return recordOf(Object.entries(value).map(([key, child]) => [key, maskData(child, known, key)]));
}

/** A value that stands under a name. */
export function maskNamed(name: string, value: string, known: KnownValues | undefined): string {
  const isId = idName.test(name) && /^(?:sha\d+:)?[\da-f]+$|^\//.test(value);
  return !isId && isSecretVariable(name, value) ? mask : maskText(value, known);
}

/** The words of a command. */
export function maskWords(words: readonly string[], known: KnownValues | undefined): readonly string[] {
  return secretWordPieces(words).map((pieces, index) => {
    const word = words[index] ?? '';
    return withoutPieces(word, [...pieces, ...(known?.piecesIn(word) ?? [])]);
  });
}

/** `NAME=value` is masked to its end: values may have spaces. */
function maskAssignment(text: string, known: KnownValues | undefined): string {
  const [, name = '', value = ''] = /^([\w.-]+)=(.*)$/s.exec(text) ?? [];
  if (name === '' || isNoSecretValue(value)) return maskText(text, known);
  return isSecretVariable(name, value) ? `${name}=${mask}` : maskText(text, known);
}
