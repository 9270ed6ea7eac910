import * as vscode from 'vscode';
import type { PhraseValue } from '#compose/problem/phrase.ts';
import type { Problem, Severity } from '#compose/problem/problem.ts';
import type { Span } from '#compose/problem/span.ts';
import { phraseText } from '../shared/phrase-text.ts';
import { readFileText } from '#disk/read-file.ts';
import { LineIndex } from '#compose/syntax/line-index.ts';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** What is shown of a problem; what is about no file's text alone is worded already. */
export interface ReportedProblem extends Pick<Problem, 'code' | 'severity' | 'span'> {
  readonly message: PhraseValue;
}

/**
 * Problems that a command found, in the Problems view. Those of a file go when it is edited. Without `besideEditors` only for files that have no editor:
 * of those with one the language server reports. It may tell of others too, sooner or later than this: what it says of a place is then left to it, so that nothing is said twice.
 */
export class ProblemReports implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('compose');
  readonly #besideEditors: boolean;
  readonly #disposables: readonly vscode.Disposable[];

  constructor({ besideEditors = false }: { readonly besideEditors?: boolean } = {}) {
    this.#besideEditors = besideEditors;
    this.#disposables = [
      this.#collection,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#collection.delete(document.uri);
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
        if (besideEditors) return;
        for (const { input } of opened)
          if (input instanceof vscode.TabInputText) this.#collection.delete(input.uri);
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (!besideEditors) for (const uri of uris) this.#leaveToOthers(uri);
      }),
    ];
  }

  /** Instead of those shown before. */
  async show(problems: readonly ReportedProblem[]): Promise<void> {
    this.#collection.clear();
    const byUri = new Map<string, ReportedProblem[]>();
    for (const problem of problems) {
      const list = byUri.get(problem.span.uri) ?? [];
      byUri.set(problem.span.uri, list);
      list.push(problem);
    }
    for (const [text, list] of byUri) {
      const uri = vscode.Uri.parse(text);
      if (!this.#besideEditors && hasTab(uri)) continue;
      const index = await lineIndexOf(uri);
      this.#collection.set(
        uri,
        list.map((problem) => toDiagnostic(problem, index)),
      );
    }
  }

  clear(): void {
    this.#collection.clear();
  }

  /** Takes back what somebody else says at the same place. */
  #leaveToOthers(uri: vscode.Uri): void {
    const own = this.#collection.get(uri) ?? [];
    if (own.length === 0) return;
    const all = vscode.languages.getDiagnostics(uri);
    const kept = own.filter((each) => all.filter((other) => isSameProblem(each, other)).length < 2);
    if (kept.length < own.length) this.#collection.set(uri, kept);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** A span as a range of its file as it is on the disk; the file's start when it cannot be read. */
export async function rangeOf(span: Span): Promise<vscode.Range> {
  return toRange(span, await lineIndexOf(vscode.Uri.parse(span.uri)));
}

function isSameProblem(one: vscode.Diagnostic, other: vscode.Diagnostic): boolean {
  const [{ start: here }, { start: there }] = [one.range, other.range];
  return codeOf(one) === codeOf(other) && here.line === there.line && here.character === there.character;
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

function toDiagnostic(problem: ReportedProblem, index: LineIndex): vscode.Diagnostic {
  const range = toRange(problem.span, index);
  const diagnostic = new vscode.Diagnostic(range, phraseText(problem.message), severities[problem.severity]);
  diagnostic.code = problem.code;
  diagnostic.source = 'compose';
  return diagnostic;
}

function toRange({ start, end }: Span, index: LineIndex): vscode.Range {
  const from = index.position(start);
  const to = index.position(end);
  return new vscode.Range(from.line, from.column, to.line, to.column);
}

/** Of the same text as the spans: without a byte order mark, as editors count. */
async function lineIndexOf(uri: vscode.Uri): Promise<LineIndex> {
  return new LineIndex(
    uri.scheme === 'file' ? await readFileText(uri.fsPath, 'compose').catch(() => '') : '',
  );
}

function hasTab(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
}
