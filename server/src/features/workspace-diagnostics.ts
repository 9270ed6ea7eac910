import { DiagnosticSeverity } from 'vscode-languageserver';
import type { FeatureContext } from '../context.ts';
import { pathOf } from '../to-lsp/uri.ts';
import type { BackgroundReport } from '../workspace/background.ts';
import { diagnosticsOf } from '../diagnostics/diagnostics-of.ts';

/** Sends what is wrong with files that are not open; hints wait until somebody looks at the file. */
export function workspaceReport(context: FeatureContext): BackgroundReport {
  const { connection, diagnoser, log } = context;
  /** By path: what was sent, and to which URI. */
  const sent = new Map<string, { readonly uri: string; readonly text: string }>();
  const send = (uri: string, diagnostics: Awaited<ReturnType<typeof diagnosticsOf>>) => {
    connection.sendDiagnostics({ uri, diagnostics }).catch((error: unknown) => log.warn(String(error)));
  };
  return {
    async report(file) {
      const problems = await diagnoser.complete(file);
      const found = await diagnosticsOf(context, file, problems);
      const shown = found.filter(({ severity }) => severity !== DiagnosticSeverity.Hint);
      const text = JSON.stringify(shown);
      const before = sent.get(file.path);
      // Opened in the meantime, it is asked about.
      if (context.workspace.open(file.uri) !== undefined) return;
      if (shown.length === 0 ? before === undefined : before?.text === text) return;
      if (shown.length === 0) sent.delete(file.path);
      else sent.set(file.path, { uri: file.uri, text });
      send(file.uri, shown);
    },
    withdraw(uri) {
      const path = pathOf(uri);
      const before = sent.get(path);
      if (before === undefined) return;
      sent.delete(path);
      send(before.uri, []);
    },
  };
}
