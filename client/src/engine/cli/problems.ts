import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Problem } from '#compose/problem.ts';
import type { Span } from '#compose/syntax/span.ts';

/** A project's files have errors: what is wrong, and where. */
export class ProblemsError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join('\n'));
    this.name = 'ProblemsError';
    this.problems = problems;
  }
}

/** `file:line:column: message` for each, lines and columns from 1; without the place where there is none. */
export async function formatProblems(problems: readonly Problem[]): Promise<string> {
  const texts = new Map<string, Promise<string>>();
  const lines = await Promise.all(
    problems.map(async ({ span, message, severity }) => {
      const place = await locate(span, texts);
      return `${place}${severity === 'warning' ? 'warning: ' : ''}${message}\n`;
    }),
  );
  return lines.join('');
}

async function locate({ uri, start }: Span, texts: Map<string, Promise<string>>): Promise<string> {
  if (uri === '') return '';
  const path = uri.startsWith('file:') ? fileURLToPath(uri) : uri;
  const reading = texts.get(path) ?? readFile(path, 'utf8').catch(() => '');
  texts.set(path, reading);
  const before = (await reading).slice(0, start);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return `${path}:${line}:${start - lineStart + 1}: `;
}
