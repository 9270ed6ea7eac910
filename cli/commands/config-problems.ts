import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { readFileText } from '#disk/read-file.ts';
import type { Problem } from '#compose/problem/problem.ts';
import { LineIndex } from '#compose/syntax/line-index.ts';
import type { Span } from '#compose/problem/span.ts';
import type { CommandContext } from '../frame/command.ts';
import { pathOf } from '../frame/project-problems.ts';
import { tryLoad } from './config-load.ts';

/** Everything found, as JSON: lines and columns count from 1. */
export async function problemsJson(
  context: CommandContext,
): Promise<{ readonly text: string; readonly failed: boolean }> {
  const { problems, partial } = await tryLoad(context, { services: context.arguments });
  const texts = partial?.trace?.texts ?? new Map<string, string>();
  const indexes = new Map<string, Promise<LineIndex>>();
  const indexOf = (uri: string) => {
    const known = indexes.get(uri) ?? textOf(uri, texts).then((text) => new LineIndex(text));
    indexes.set(uri, known);
    return known;
  };
  const list = await Promise.all(problems.map((problem) => describe(problem, indexOf)));
  return {
    text: `${JSON.stringify(list, null, 2)}\n`,
    failed: problems.some(({ severity }) => severity === 'error'),
  };
}

async function describe(problem: Problem, indexOf: (uri: string) => Promise<LineIndex>) {
  const { code, severity, message, span, path, related = [], data } = problem;
  return {
    code,
    severity,
    message: formatPhrase(message),
    ...(await place(span, indexOf)),
    ...(path === undefined ? {} : { path }),
    ...(related.length === 0
      ? {}
      : {
          related: await Promise.all(
            related.map(async (other) => ({
              message: formatPhrase(other.message),
              ...(await place(other.span, indexOf)),
            })),
          ),
        }),
    ...(data === undefined ? {} : { data }),
  };
}

async function place(span: Span, indexOf: (uri: string) => Promise<LineIndex>) {
  const index = await indexOf(span.uri);
  const at = (offset: number) => {
    const { line, column } = index.position(offset);
    return { line: line + 1, column: column + 1 };
  };
  return { file: pathOf(span.uri), range: { start: at(span.start), end: at(span.end) } };
}

/** A file that could not be read has no lines. */
async function textOf(uri: string, texts: ReadonlyMap<string, string>): Promise<string> {
  return texts.get(uri) ?? readFileText(pathOf(uri), 'compose').catch(() => '');
}
