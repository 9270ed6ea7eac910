import { fileURLToPath } from 'node:url';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { readFileText } from '#disk/read-file.ts';
import type { Problem } from '#compose/problem/problem.ts';
import type { Span } from '#compose/problem/span.ts';

type Texts = ReadonlyMap<string, string>;

/** A project's files have errors: what is wrong, and where. */
export class ProblemsError extends Error {
  readonly problems: readonly Problem[];
  /** What was read, by URI. */
  readonly texts: Texts;

  constructor(problems: readonly Problem[], texts: Texts = new Map()) {
    super(problems.map(({ message }) => formatPhrase(message)).join('\n'));
    this.name = 'ProblemsError';
    this.problems = problems;
    this.texts = texts;
  }
}

/**
 * `file:line:column: message` for each, lines and columns from 1; without the place where there is none. Texts that are not among the known ones are read.
 */
export async function formatProblems(
  problems: readonly Problem[],
  known: Texts = new Map(),
): Promise<string> {
  const texts = new Map([...known].map(([uri, text]) => [uri, Promise.resolve(text)] as const));
  const lines = await Promise.all(
    problems.map(async ({ span, message, severity }) => {
      const place = await locate(span, texts);
      return `${place}${severity === 'warning' ? 'warning: ' : ''}${formatPhrase(message)}\n`;
    }),
  );
  return lines.join('');
}

async function locate({ uri, start }: Span, texts: Map<string, Promise<string>>): Promise<string> {
  if (uri === '') return '';
  const path = pathOf(uri);
  const reading = texts.get(uri) ?? readFileText(path, 'compose').catch(() => '');
  texts.set(uri, reading);
  const before = (await reading).slice(0, start);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return `${path}:${line}:${start - lineStart + 1}: `;
}

/** A file's name for people; `-` is standard input. */
export function pathOf(uri: string): string {
  if (uri === 'stdin:') return '-';
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}
