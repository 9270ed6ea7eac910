import { severityOf } from '../problem/codes.ts';
import { phrase } from '../problem/phrase.ts';
import type { Problem } from '../problem/problem.ts';
import type { Span } from '../problem/span.ts';
import type { ReadResult } from './host.ts';
import type { FileKind } from './read-limits.ts';

/** What is said of a file that is not read, at the place that asks for it. */
export function unread(
  result: Exclude<ReadResult, { kind: 'text' }>,
  path: string,
  span: Span,
  missing: 'file-not-found' | 'file-not-found.env-file' = 'file-not-found',
): Problem {
  switch (result.kind) {
    case 'missing': {
      const code = 'file-not-found';
      return { code, message: phrase(missing, { path }), severity: severityOf(code), span, data: { path } };
    }
    case 'unreadable': {
      const code = 'file-unreadable';
      const message = phrase(code, { path, reason: result.reason });
      return { code, message, severity: severityOf(code), span };
    }
    case 'too-large': {
      const code = 'file-too-large';
      const message = phrase(code, { path, limit: result.limit / 1_000_000 });
      return { code, message, severity: severityOf(code), span };
    }
    case 'outside': {
      const code = 'outside-workspace';
      return { code, message: phrase(code, { path }), severity: severityOf(code), span };
    }
  }
}

/**
 * What is said of a text whose bytes are not all characters. Docker Compose reads Compose files as UTF-8, or as UTF-16 with its mark, and refuses any other
 * byte. Env files and label files it knows in UTF-8 alone; a value with another byte it passes on, and the engine puts U+FFFD in its place. `strict`:
 * `format: raw`, which refuses such a file.
 */
export function encodingProblem(
  { text, encoding, fault }: Extract<ReadResult, { kind: 'text' }>,
  kind: FileKind,
  strict: boolean,
  path: string,
  uri: string,
): Problem | undefined {
  if (kind === 'env' && encoding === 'utf-16') {
    const code = 'wrong-encoding';
    const span = { uri, start: 0, end: 0 };
    return { code, message: phrase('wrong-encoding.utf-16', { path }), severity: severityOf(code), span };
  }
  if (fault === undefined) return undefined;
  const { wrong } = fault;
  const start = Math.min(fault.start, text.length);
  const span = { uri, start, end: Math.min(start + 1, text.length) };
  const before = text.slice(0, start);
  const line = before.split('\n').length;
  const column = start - before.lastIndexOf('\n');
  const where = { path, line, column, wrong };
  if (kind === 'env' && !strict) {
    const code = 'lossy-encoding';
    return { code, message: phrase(code, where), severity: severityOf(code), span };
  }
  const code = 'wrong-encoding';
  const key = encoding === 'utf-16' ? 'wrong-encoding.in-utf-16' : code;
  return { code, message: phrase(key, where), severity: severityOf(code), span };
}
