import { beforeEach, expect, it } from 'vitest';
import { Diagnostic, Range, Uri } from '../support/vscode-values.ts';
import { happenings, reset, state } from '../support/vscode.ts';
import { ProblemReports } from '../../../client/src/workspace/problem-reports.ts';

const uri = Uri.parse('file:///none/compose.yaml');
const problem = (code: string, message: string) => ({
  code: code as never,
  severity: 'error' as const,
  span: { uri: uri.toString(), start: 0, end: 0 },
  message,
});
const shown = () => (state.diagnostics.get(uri.toString()) ?? []).map(({ code }) => code);

beforeEach(reset);

it('what the language server says of a file without an editor is not said twice', async () => {
  const reports = new ProblemReports();
  await reports.show([problem('undefined-volume', 'one'), problem('unknown-key', 'two')]);
  expect(shown()).toEqual(['undefined-volume', 'unknown-key']);

  const theirs = new Diagnostic(new Range(0, 0, 0, 4), 'in its words', 0);
  theirs.code = 'unknown-key';
  state.foreignDiagnostics.set(uri.toString(), [theirs]);
  happenings.diagnostics.fire({ uris: [uri] });
  expect(shown()).toEqual(['undefined-volume']);
  reports.dispose();
});

it('what a command found is not left to others that say something else', async () => {
  const reports = new ProblemReports();
  await reports.show([problem('unknown-key', 'two')]);
  const theirs = new Diagnostic(new Range(3, 0, 3, 4), 'elsewhere', 0);
  theirs.code = 'unknown-key';
  state.foreignDiagnostics.set(uri.toString(), [theirs]);
  happenings.diagnostics.fire({ uris: [uri] });
  expect(shown()).toEqual(['unknown-key']);
  reports.dispose();
});
