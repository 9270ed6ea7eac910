import * as vscode from 'vscode';
import type { Span } from '#compose/problem/span.ts';
import * as configuration from '../shared/configuration.ts';
import { onEnd } from '../stack/operations-under-way.ts';
import type { EngineError } from '#engine/api/engine-error.ts';
import { isLive } from '../tree/container-state.ts';
import type { EngineSession } from '../workspace/engine-session.ts';
import { rangeOf } from '../workspace/problem-reports.ts';
import type { StackModel } from '../workspace/stack-model.ts';
import type { Stack } from '../workspace/stacks.ts';
import { failureFinding, type Finding } from './failure-finding.ts';
import { placeOf } from './incident-place.ts';
import { incidentText } from './incident-text.ts';
import type { IncidentWatch } from './incident-watch.ts';

const { l10n } = vscode;

/** What went wrong with services, on the lines that say so, for as long as it is so. */
export class IncidentDiagnostics implements vscode.Disposable {
  readonly #watch: IncidentWatch;
  readonly #stacks: StackModel;
  readonly #engine: EngineSession;
  readonly #collection = vscode.languages.createDiagnosticCollection('compose-state');
  readonly #disposables: readonly vscode.Disposable[];
  /** What the last operation on each project failed with, by project. */
  readonly #failures = new Map<string, Finding>();
  #drawing = 0;

  constructor(watch: IncidentWatch, stacks: StackModel, engine: EngineSession) {
    this.#watch = watch;
    this.#stacks = stacks;
    this.#engine = engine;
    this.#disposables = [
      this.#collection,
      watch.onDidChange(() => void this.#draw()),
      stacks.onDidChange(() => this.#forgetMended()),
      { dispose: onEnd(({ project, error }) => void this.#note(project, error)) },
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('composure.editor')) void this.#draw();
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #note(project: string, error: EngineError | undefined): Promise<void> {
    const stack = this.#stacks.stacks.find(({ name }) => name === project);
    const finding =
      error === undefined || stack === undefined
        ? undefined
        : await failureFinding(stack, error, this.#engine, l10n.t);
    if (finding === undefined) this.#failures.delete(project);
    else this.#failures.set(project, finding);
    await this.#draw();
  }

  /** A service that runs has what it failed for want of. */
  #forgetMended(): void {
    for (const [project, { service }] of this.#failures) {
      const found = this.#stacks.stacks
        .find(({ name }) => name === project)
        ?.services.find(({ name }) => name === service);
      if (found?.containers.some(isLive) !== true) continue;
      this.#failures.delete(project);
      void this.#draw();
    }
  }

  async #draw(): Promise<void> {
    this.#drawing++;
    const turn = this.#drawing;
    const byUri = new Map<string, vscode.Diagnostic[]>();
    const add = async (span: Span | undefined, finding: Omit<Finding, 'service' | 'aspect'>) => {
      if (span === undefined || !configuration.editorFailures(vscode.Uri.parse(span.uri))) return;
      const diagnostic = new vscode.Diagnostic(
        await rangeOf(span),
        finding.message,
        severityOf(finding.code),
      );
      diagnostic.source = 'compose';
      diagnostic.code = finding.code;
      const list = byUri.get(span.uri) ?? [];
      byUri.set(span.uri, list);
      list.push(diagnostic);
    };
    for (const { incident, details } of this.#watch.reports) {
      // The files say what is on the chosen engine.
      if (incident.engine !== undefined) continue;
      const stack = this.#stacks.stack(incident.stack);
      if (stack === undefined) continue;
      const aspect = incident.kind === 'unhealthy' ? 'health' : 'service';
      const span = placeOf(stack, incident.service, { kind: aspect });
      await add(span, { code: incident.kind, message: incidentText(incident, details, l10n.t) });
    }
    for (const [project, finding] of this.#failures) {
      const stack = this.#stackNamed(project);
      if (stack !== undefined) await add(placeOf(stack, finding.service, finding.aspect), finding);
    }
    // Another drawing began meanwhile: it knows more.
    if (turn !== this.#drawing) return;
    this.#collection.clear();
    for (const [uri, diagnostics] of byUri) this.#collection.set(vscode.Uri.parse(uri), diagnostics);
  }

  #stackNamed(project: string): Stack | undefined {
    return this.#stacks.stacks.find(({ name }) => name === project);
  }
}

function severityOf(code: Finding['code']): vscode.DiagnosticSeverity {
  return code === 'unhealthy' ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Error;
}
