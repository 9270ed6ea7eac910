import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { type FeatureContext, onDocument } from '../context.ts';
import { diagnosticsOf } from '../diagnostics/diagnostics-of.ts';
import { source } from '../to-lsp/diagnostics.ts';
import type { SourceFile } from '../workspace/files.ts';

/** Diagnostics: pulled by clients that can, pushed to the others. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  const { connection, workspace, diagnoser } = context;
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

  const report = async (file: SourceFile): Promise<DocumentDiagnosticReport> => {
    // A client that cannot be told to ask again must get the whole answer now.
    const quick = context.client.refreshDiagnostics && workspace.watching;
    const problems = quick ? await diagnoser.quick(file) : await diagnoser.complete(file);
    return { kind: DocumentDiagnosticReportKind.Full, items: await diagnosticsOf(context, file, problems) };
  };
  connection.languages.diagnostics.on((params, token) =>
    onDocument<DocumentDiagnosticReport>(context, 'Diagnostics', params.textDocument.uri, token, nothing, {
      compose: (file) => report(file),
      env: (file) => report(file),
    }),
  );

  const push = async (uri: string) => {
    const file = workspace.open(uri);
    if (file === undefined) return;
    try {
      const problems = await diagnoser.complete(file);
      // Another edit, or the document's closing, came in between: its own run reports.
      if (workspace.open(uri) !== file) return;
      const diagnostics = await diagnosticsOf(context, file, problems);
      await connection.sendDiagnostics({ uri, version: file.document.version, diagnostics });
    } catch (error) {
      context.log.error(`Diagnostics of ${uri} failed: ${String(error)}`);
    }
  };
  workspace.onChange(({ uri, kind }) => {
    if (context.client.pullDiagnostics) {
      if (kind === 'disk') diagnoser.refresh();
      return;
    }
    if (kind === 'closed' && uri !== undefined) {
      void connection.sendDiagnostics({ uri, diagnostics: [] });
    }
    for (const file of workspace.openFiles) void push(file.uri);
  });
  diagnoser.onRefresh(() => {
    if (context.client.refreshDiagnostics)
      connection.languages.diagnostics.refresh().catch((error: unknown) => context.log.warn(String(error)));
    else if (!context.client.pullDiagnostics) for (const file of workspace.openFiles) void push(file.uri);
  });

  return {
    diagnosticProvider: {
      identifier: source,
      interFileDependencies: true,
      workspaceDiagnostics: false,
    },
  };
}
