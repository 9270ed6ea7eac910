import * as vscode from 'vscode';
import type { Span } from '#compose/problem/span.ts';
import {
  type Ending,
  keyOf,
  type OperationsUnderWay,
  type ProjectPlace,
} from '#engine/observe/operations-under-way.ts';
import { isLive } from '#engine/api/is-live.ts';
import * as configuration from '../shared/configuration.ts';
import { maskSecrets } from '../shared/mask.ts';
import { rangeOf } from '../workspace/problem-reports.ts';
import type { StackModel } from '../workspace/stack-model.ts';
import type { Stack } from '../workspace/stacks.ts';
import { type Finding, failureFinding } from './failure-finding.ts';
import { placeOf } from './incident-place.ts';
import { incidentText } from './incident-text.ts';
import type { IncidentWatch } from './incident-watch.ts';

const { l10n } = vscode;

/** What an operation failed with, and the containers of the service that ran all the same. */
interface Failure {
  readonly place: ProjectPlace;
  readonly finding: Finding;
  readonly live: ReadonlySet<string>;
}

/** What went wrong with services, on the lines that say so, for as long as it is so. */
export class IncidentDiagnostics implements vscode.Disposable {
  readonly #watch: IncidentWatch;
  readonly #stacks: StackModel;
  readonly #collection = vscode.languages.createDiagnosticCollection('compose-state');
  readonly #disposables: readonly vscode.Disposable[];
  /** What the last operation on each project failed with. */
  readonly #failures = new Map<string, Failure>();
  #drawing = 0;
  #gone = '';

  constructor(watch: IncidentWatch, stacks: StackModel, operations: OperationsUnderWay) {
    this.#watch = watch;
    this.#stacks = stacks;
    this.#disposables = [
      this.#collection,
      watch.onDidChange(() => void this.#draw()),
      stacks.onDidChange(() => this.#follow()),
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
    else {
      const live = new Set(this.#liveAt(place, finding));
      this.#failures.set(keyOf(place), { place, finding, live });
    }
    await this.#draw();
  }

  #follow(): void {
    this.#forgetMended();
    // What nobody knows any more is not said.
    const gone = this.#stacks.stacks.filter(({ view }) => !view.isFresh).map(({ key }) => key);
    if (gone.join() === this.#gone) return;
    this.#gone = gone.join();
    void this.#draw();
  }

  /** A service of which another container runs than did then has what it failed for want of. */
  #forgetMended(): void {
    for (const [key, { place, finding, live }] of this.#failures) {
      if (this.#liveAt(place, finding).every((id) => live.has(id))) continue;
      this.#failures.delete(key);
      void this.#draw();
    }
  }

  /** Ids of the containers of the service that run. */
  #liveAt({ project, engine }: ProjectPlace, { service }: Finding): readonly string[] {
    const stack = this.#stacks.stacks.find((each) => each.name === project && each.engine === engine);
    const containers = stack?.services.find(({ name }) => name === service)?.containers ?? [];
    return containers.filter(isLive).map(({ id }) => id);
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
      if (stack?.view.isFresh !== true) continue;
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
