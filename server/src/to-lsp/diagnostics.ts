import type {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
} from 'vscode-languageserver';
import type { LinedDocument } from './lined-document.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import type { Catalogue } from '#compose/problem/phrase.ts';
import type { Problem, Severity } from '#compose/problem/problem.ts';
import type { Settings } from '../protocol.ts';
import { toLocation, toRange } from './ranges.ts';

export const source = 'compose';

export interface DiagnosticContext {
  readonly settings: Settings;
  readonly diagnosticsPage: string;
  /** In the reader's language. */
  readonly phrases: Catalogue;
  /** The text of another document, when it is known: related places in it can be shown. */
  document(uri: string): LinedDocument | undefined;
}

/** The LSP diagnostic of a problem in `document`; `undefined` when the user switched its code off. */
export function toDiagnostic(
  problem: Problem,
  document: LinedDocument,
  context: DiagnosticContext,
): Diagnostic | undefined {
  const { severity: chosen } = context.settings.diagnostics;
  const severity = chosen[problem.code] ?? whileEditing[problem.code] ?? problem.severity;
  if (severity === 'off') return undefined;
  const diagnostic: Diagnostic = {
    range: toRange(document, problem.span),
    severity: severities[severity],
    code: problem.code,
    codeDescription: { href: `${context.diagnosticsPage}#${problem.code}` },
    source,
    message: formatPhrase(problem.message, context.phrases),
  };
  if (problem.tags !== undefined) diagnostic.tags = problem.tags.map((tag) => tags[tag]);
  const related = relatedInformation(problem, context);
  if (related.length > 0) diagnostic.relatedInformation = related;
  const data = problem.path === undefined ? problem.data : { ...problem.data, path: problem.path };
  if (data !== undefined) diagnostic.data = data;
  return diagnostic;
}

function relatedInformation(problem: Problem, context: DiagnosticContext): DiagnosticRelatedInformation[] {
  const related: DiagnosticRelatedInformation[] = [];
  for (const { span, message } of problem.related ?? []) {
    const document = context.document(span.uri);
    if (document !== undefined)
      related.push({ location: toLocation(document, span), message: formatPhrase(message, context.phrases) });
  }
  return related;
}

/** Milder than when a project is run: a file begins empty, and a line that does nothing harms nobody. */
const whileEditing: Readonly<Record<string, Severity>> = {
  'empty-file': 'information',
  'obsolete-version': 'hint',
};

/** As the protocol numbers them. */
const severities = { error: 1, warning: 2, information: 3, hint: 4 } as const satisfies Record<
  Severity,
  DiagnosticSeverity
>;

const tags = { unnecessary: 1, deprecated: 2 } as const satisfies Record<
  'unnecessary' | 'deprecated',
  DiagnosticTag
>;
