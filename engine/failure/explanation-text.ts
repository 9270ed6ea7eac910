import { explain } from '#compose/load/explain.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { formatMessage, say } from '../api/message.ts';
import type { Evidence, Explanation } from './explanation.ts';

export interface ExplanationWords {
  /** To another language; absent: English. */
  readonly translate?: (text: string) => string;
  /** Takes secrets out of what others wrote. */
  readonly mask: (text: string) => string;
  /** How a file is called, by its URI. */
  readonly nameOf: (uri: string) => string;
}

/** An explanation in full, the same for a person and a model: what it is, what bears it out, where in the files, what to do. */
export function explanationText(
  explanation: Explanation,
  loaded: LoadedProject | undefined,
  { translate, mask, nameOf }: ExplanationWords,
): string {
  const words = (message: Parameters<typeof formatMessage>[0]) => mask(formatMessage(message, translate));
  const { what, fixes, evidence, changes } = explanation;
  const place = placeOf(explanation, loaded);
  const lines = [words(what)];
  if (evidence.length > 0)
    lines.push('', words(say`What was seen:`), ...evidence.flatMap((each) => evidenceLines(each, mask)));
  if (place !== undefined)
    lines.push(
      '',
      words(say`In the files:`),
      `  ${nameOf(place.uri)}:${place.line}:${place.column}: ${mask(place.text)}`,
    );
  if (changes.length > 0)
    lines.push(
      '',
      words(say`What changed since it last worked:`),
      ...changes.map((change) => `  - ${words(change)}`),
    );
  if (fixes.length > 0) lines.push('', words(say`What to do:`), ...fixes.map((fix) => `  - ${words(fix)}`));
  return `${lines.join('\n')}\n`;
}

function evidenceLines({ from, text, time }: Evidence, mask: (text: string) => string): readonly string[] {
  const when = time === undefined ? '' : ` ${new Date(time).toISOString()}`;
  return text
    .trim()
    .split('\n')
    .slice(-6)
    .map((line) => `  [${from}${when}] ${mask(line.trim()).slice(0, 400)}`);
}

/** Where the attribute is written that the explanation is about, else the service. Lines and columns from 1. */
export function placeOf(
  { service, attribute }: Explanation,
  loaded: LoadedProject | undefined,
):
  | { readonly uri: string; readonly line: number; readonly column: number; readonly text: string }
  | undefined {
  if (loaded === undefined) return undefined;
  const found =
    (attribute === undefined ? undefined : explain(loaded, ['services', service, ...attribute.split('.')])) ??
    explain(loaded, ['services', service]);
  if (found === undefined || !found.setAt.span.uri.startsWith('file:')) return undefined;
  const { span, line, column, text } = found.setAt;
  return { uri: span.uri, line, column, text: (text.split('\n')[0] ?? '').slice(0, 200) };
}
