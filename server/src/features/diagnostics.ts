import {
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { DclintConfig } from '#compose/check/dclint/config.ts';
import { dclint, dclintSeverities } from '#compose/check/dclint/rules.ts';
import { lintGroupOf } from '#compose/check/lint/lint.ts';
import { swarmProblems } from '#compose/check/swarm/rules.ts';
import { type Suppressions, suppressionsIn } from '#compose/check/suppression.ts';
import type { Problem } from '#compose/problem/problem.ts';
import { type FeatureContext, onDocument } from '../context.ts';
import { withImageHealth } from './image-health.ts';
import { source, toDiagnostic } from '../to-lsp/diagnostics.ts';
import type { SourceFile } from '../workspace/files.ts';
import { isStackFile } from '../workspace/stack-files.ts';
import { recordOf } from '#compose/values/record.ts';

/** Diagnostics: pulled by clients that can, pushed to the others. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  const { connection, workspace, diagnoser } = context;
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

  connection.languages.diagnostics.on((params, token) =>
    onDocument<DocumentDiagnosticReport>(
      context,
      'Diagnostics',
      params.textDocument.uri,
      token,
      nothing,
      async (file) => {
        // A client that cannot be told to ask again must get the whole answer now.
        const quick = context.client.refreshDiagnostics && workspace.watching;
        const problems = quick ? await diagnoser.quick(file) : await diagnoser.complete(file);
        const items = await diagnosticsOf(context, file, problems);
        return { kind: DocumentDiagnosticReportKind.Full, items };
      },
    ),
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

/** A document's problems as the client is to see them: severities, suppressions and the level of practice applied. */
export async function diagnosticsOf(
  context: FeatureContext,
  file: SourceFile,
  found: readonly Problem[],
): Promise<Diagnostic[]> {
  const suppressions = file.derive(suppressionsOf);
  const { practice } = context.settings.diagnostics;
  const configured = await context.dclint.of(file.path);
  const isStack = isStackFile(file.path, context.settings.swarm.stackFiles);
  const problems = [
    ...withImageHealth(found, context.imageHealthChecks),
    ...(configured === undefined ? [] : dclintProblems(file, configured)),
    ...(isStack ? file.roots.flatMap(swarmProblems) : []),
  ];
  const severity = {
    ...(configured === undefined ? {} : recordOf(dclintSeverities(configured))),
    ...context.settings.diagnostics.severity,
  };
  const settings = { ...context.settings, diagnostics: { ...context.settings.diagnostics, severity } };
  const diagnostics: Diagnostic[] = [];
  for (const problem of problems) {
    const group = lintGroupOf(problem.code);
    const wanted = group === undefined || group === 'trap' || practice === 'all' || practice === group;
    if (!wanted && severity[problem.code] === undefined) continue;
    const diagnostic = toDiagnostic(problem, file.document, {
      settings,
      diagnosticsPage: context.diagnosticsPage,
      phrases: context.words,
      document: (uri) => context.workspace.known(uri)?.document,
    });
    if (diagnostic === undefined) continue;
    if (!suppressions.isSuppressed(problem.code, diagnostic.range.start.line)) diagnostics.push(diagnostic);
  }
  return diagnostics;
}

function dclintProblems(file: SourceFile, config: DclintConfig): readonly Problem[] {
  return file.roots.flatMap((root) => dclint(root, config));
}

function suppressionsOf(file: SourceFile): Suppressions {
  return suppressionsIn(file.text);
}
