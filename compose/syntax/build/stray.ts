import type { CST } from 'yaml';
import type { BuildContext } from './context.ts';
import { NO_PROPERTIES } from './properties.ts';
import { buildPlainText } from './scalar.ts';
import type { Entries } from './entries.ts';
import { phrase } from '../../problem/phrase.ts';

const UNSPACED = /^([A-Za-z0-9_.-]+):(\S.*)$/;

/**
 * A line of a mapping without “: ”. `image:nginx` becomes the entry that it was meant to be; a word that is still being typed becomes nothing.
 * The text may span lines: each is a line of its own.
 */
export function readStrayLines(context: BuildContext, token: CST.FlowScalar, entries: Entries): void {
  let offset = token.offset;
  for (const raw of token.source.split('\n')) {
    const line = raw.trim();
    if (line !== '') readStrayLine(context, offset + raw.indexOf(line), line, entries);
    offset += raw.length + 1;
  }
}

function readStrayLine(context: BuildContext, offset: number, line: string, entries: Entries): void {
  const end = offset + line.length;
  const match = UNSPACED.exec(line);
  const name = match?.[1];
  if (name === undefined) {
    context.problems.add(
      'yaml-missing-colon',
      offset,
      end,
      phrase('yaml-missing-colon.line', { line: shorten(line) }),
      context.path,
    );
    return;
  }
  const keyEnd = offset + name.length;
  context.problems.add(
    'yaml-missing-space',
    keyEnd,
    keyEnd + 1,
    phrase('yaml-missing-space', { key: name }),
    [...context.path, name],
  );
  const key = buildPlainText(context, offset, keyEnd, undefined, NO_PROPERTIES);
  const value = buildPlainText(context, keyEnd + 1, end, key.span, NO_PROPERTIES);
  entries.add(key, value);
}

function shorten(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}
