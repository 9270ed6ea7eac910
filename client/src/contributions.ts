import * as vscode from 'vscode';
import { DockerRunPaste } from './docker-run/paste-provider.ts';
import { composeLanguage } from './ids.ts';
import { IncidentDiagnostics } from './incidents/incident-diagnostics.ts';
import { IncidentNotifications } from './incidents/incident-notifications.ts';
import { IncidentWatch } from './incidents/incident-watch.ts';
import { PortLinks } from './lens/port-links.ts';
import { ServiceLenses } from './lens/service-lenses.ts';
import { StateGutter } from './lens/state-gutter.ts';
import { statsHover } from './lens/stats-hover.ts';
import type { DebugContext } from './debug/debug-context.ts';
import { TestExplorer } from './testing/test-explorer.ts';
import { stepDone } from './shared/walkthrough.ts';

/** Keystrokes come in bursts; what is drawn in the editor follows them no faster than this, in ms. */
const typingPause = 60;

/** What the workbench shows in editors and tells of by itself. */
export function contribute(workbench: DebugContext): vscode.Disposable {
  const { stacks, engine, engines, operations } = workbench;
  const selector: vscode.DocumentSelector = { language: composeLanguage, scheme: 'file' };
  const lenses = new ServiceLenses(stacks);
  const gutter = new StateGutter(stacks);
  const links = new PortLinks(stacks, engine);
  const incidents = new IncidentWatch(stacks, engines);
  let timer: NodeJS.Timeout | undefined;
  // At once: the file must not say something else than the tree.
  const draw = () => {
    clearTimeout(timer);
    timer = undefined;
    lenses.refresh();
    gutter.refresh();
    links.refresh();
  };
  const drawSoon = () => {
    timer ??= setTimeout(draw, typingPause);
  };
  let hasWritten = false;
  return vscode.Disposable.from(
    new TestExplorer(workbench),
    lenses,
    gutter,
    links,
    incidents,
    new IncidentDiagnostics(incidents, stacks, operations),
    new IncidentNotifications(incidents, stacks, operations),
    vscode.languages.registerCodeLensProvider(selector, lenses),
    vscode.languages.registerHoverProvider(selector, statsHover(stacks, engine)),
    vscode.languages.registerDocumentPasteEditProvider(
      composeLanguage,
      new DockerRunPaste(),
      DockerRunPaste.metadata,
    ),
    stacks.onDidChange(draw),
    vscode.window.onDidChangeVisibleTextEditors(drawSoon),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId !== composeLanguage) return;
      drawSoon();
      if (hasWritten || contentChanges.length === 0) return;
      hasWritten = true;
      void stepDone('write');
    }),
    vscode.workspace.onDidSaveTextDocument(({ languageId }) => {
      if (languageId === composeLanguage) void stepDone('write');
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('composure.editor')) draw();
    }),
    { dispose: () => clearTimeout(timer) },
  );
}
