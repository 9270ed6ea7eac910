import * as vscode from 'vscode';
import type { Span } from '#compose/problem/span.ts';
import * as configuration from '../shared/configuration.ts';
import {
  type Ending,
  keyOf,
  type OperationsUnderWay,
  type ProjectPlace,
} from '../stack/operations-under-way.ts';
import { maskSecrets } from '../shared/mask.ts';
import { isLive } from '../tree/container-state.ts';
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
  readonly #collection = vscode.languages.createDiagnosticCollection('compose-state');
  readonly #disposables: readonly vscode.Disposable[];
  /** What the last operation on each project failed with. */
  readonly #failures = new Map<string, { readonly place: ProjectPlace; readonly finding: Finding }>();
  #drawing = 0;

  constructor(watch: IncidentWatch, stacks: StackModel, operations: OperationsUnderWay) {
    this.#watch = watch;
    this.#stacks = stacks;
    this.#disposables = [
      this.#collection,
      watch.onDidChange(() => void this.#draw()),
      stacks.onDidChange(() => this.#forgetMended()),
      { dispose: operations.onEnd((ending) => void this.#note(ending)) },
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('composure.editor')) void this.#draw();
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #note({ error, ...place }: Ending): Promise<void> {
    const stack = this.#stackAt(place);
    const finding =
      error === undefined || stack === undefined ? undefined : failureFinding(stack, error, l10n.t);
    if (finding === undefined) this.#failures.delete(keyOf(place));
    else this.#failures.set(keyOf(place), { place, finding });
    await this.#draw();
  }

  /** A service that runs has what it failed for want of. */
  #forgetMended(): void {
    for (const [key, { place, finding }] of this.#failures) {
      const found = this.#stacks.stacks
        .find(({ name, engine }) => name === place.project && engine === place.engine)
        ?.services.find(({ name }) => name === finding.service);
      if (found?.containers.some(isLive) !== true) continue;
      this.#failures.delete(key);
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
        maskSecrets(finding.message),
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
    for (const { place, finding } of this.#failures.values()) {
      const stack = this.#stackAt(place);
      if (stack !== undefined) await add(placeOf(stack, finding.service, finding.aspect), finding);
    }
    // Another drawing began meanwhile: it knows more.
    if (turn !== this.#drawing) return;
    this.#collection.clear();
    for (const [uri, diagnostics] of byUri) this.#collection.set(vscode.Uri.parse(uri), diagnostics);
  }

  /** Where the engine runs something of that name that is not of these files, or nothing yet, the files are those of the chosen one. */
  #stackAt({ project, engine }: ProjectPlace): Stack | undefined {
    const named = this.#stacks.stacks.filter(({ name }) => name === project);
    const there = named.find((stack) => stack.engine === engine);
    return there?.declared === undefined ? (named[0] ?? there) : there;
  }
}

function severityOf(code: Finding['code']): vscode.DiagnosticSeverity {
  return code === 'unhealthy' ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Error;
}
