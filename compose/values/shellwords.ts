import { type ValueError, valueError } from './parsed.ts';
import { phrase } from '../problem/phrase.ts';

export type ParsedWords = { readonly kind: 'words'; readonly words: readonly string[] } | ValueError;

/** Everything that can be open, by what opens it; `(` is that of `$(`. */
type Opener = "'" | '"' | '`' | '(';

/**
 * A command line split into words as Docker Compose does (specification: "command"): quotes as in a shell, a backslash takes the next character as it is,
 * nothing is expanded, and the line ends at `;`, `&`, `|`, `<` or `>`.
 */
export function parseShellWords(line: string): ParsedWords {
  const words: string[] = [];
  let word = '';
  let begun = false;
  /** What is open, and since where. */
  const open = new Map<Opener, number>();
  const toggle = (opener: Opener, at: number) => {
    if (!open.delete(opener)) open.set(opener, at);
  };
  const isOpen = (...openers: Opener[]) => openers.some((opener) => open.has(opener));

  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (char === '\\' && !isOpen("'")) {
      if (at + 1 === line.length) return valueError(phrase('invalid-command.backslash'), at, at + 1);
      at += 1;
      word += line[at];
      begun = true;
      continue;
    }
    if (/[ \t\r\n]/.test(char) && open.size === 0) {
      if (begun) words.push(word);
      word = '';
      begun = false;
      continue;
    }
    if ((char === '"' && !isOpen("'", '(')) || (char === "'" && !isOpen('"', '('))) {
      toggle(char, at);
      if (!isOpen(char)) begun = true;
      continue;
    }
    if (char === '`' && !isOpen("'", '"', '(')) toggle(char, at);
    else if (char === '(' && !isOpen("'", '"', '`')) {
      if (isOpen('(') || !word.endsWith('$')) return valueError(phrase('invalid-command.open'), at, at + 1);
      open.set('(', at);
    } else if (char === ')' && !isOpen("'", '"', '`')) {
      if (!open.delete('(')) return valueError(phrase('invalid-command.close'), at, at + 1);
    } else if (open.size === 0 && /[;&|<>]/.test(char)) {
      // The number of a file descriptor is no word of the command.
      if (char === '>' && /^\d/.test(word)) begun = false;
      break;
    }
    word += char;
    begun ||= !/[ \t\r\n]/.test(char);
  }
  const [unclosed] = open;
  if (unclosed !== undefined) {
    return valueError(
      phrase('invalid-command.not-closed', { opener: unclosed[0] }),
      unclosed[1],
      line.length,
    );
  }
  if (begun) words.push(word);
  return { kind: 'words', words };
}
