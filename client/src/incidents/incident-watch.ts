import * as vscode from 'vscode';
import { lastLineOf } from '#engine/logs/last-line.ts';
import { maskSecrets } from '../shared/mask.ts';
import { plainText, sanitizeLine } from '../terminal/sanitize.ts';
import type { Engines } from '../workspace/engines.ts';
import type { StackModel } from '../workspace/stack-model.ts';
import { type Incident, IncidentTracker } from './incident.ts';
import type { IncidentDetails } from './incident-text.ts';

/** An incident with what the engine says of it. */
export interface Report {
  readonly incident: Incident;
  readonly details: IncidentDetails;
}

/** Longer texts say no more. */
const mostSaid = 300;

/** Follows what goes wrong with the services, and asks the engine about it once for each incident. */
export class IncidentWatch implements vscode.Disposable {
  readonly #engines: Engines;
  readonly #stacks: StackModel;
  /** For each engine that was connected once, by name; the chosen one has none. */
  readonly #trackers = new Map<string | undefined, IncidentTracker>();
  readonly #reports = new Map<string, Report>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #begun = new vscode.EventEmitter<Report>();
  /** Once per incident; not for those that were there when the engine was first looked at. */
  readonly onDidBegin = this.#begun.event;
  readonly #listening: vscode.Disposable;

  constructor(stacks: StackModel, engines: Engines) {
    this.#engines = engines;
    this.#stacks = stacks;
    this.#listening = stacks.onDidChange(() => this.#look());
  }

  get reports(): readonly Report[] {
    return [...this.#reports.values()];
  }

  isActive(incident: Incident): boolean {
    return this.#active(incident) !== undefined;
  }

  /** It was over before anybody could be told: should it come back, it begins again. */
  untold({ key, engine }: Incident): void {
    this.#trackers.get(engine)?.untold(key);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
    this.#begun.dispose();
  }

  #active({ key, engine }: Incident): Incident | undefined {
    return this.#trackers.get(engine)?.active.find((each) => each.key === key);
  }

  #look(): void {
    const { added } = this.#engines;
    for (const name of this.#trackers.keys()) if (name !== undefined && !added.has(name)) this.#forget(name);
    for (const name of [undefined, ...added.keys()]) this.#lookAt(name);
  }

  /** While an engine is not connected, what is known of it stays. */
  #lookAt(name: string | undefined): void {
    if (this.#engines.of({ engine: name }).snapshot.connection !== 'connected') return;
    const known = this.#trackers.get(name);
    const tracker = known ?? new IncidentTracker();
    this.#trackers.set(name, tracker);
    const { began, fresh, ended, changed } = tracker.update(
      this.#stacks.stacks.filter(({ engine }) => engine === name),
    );
    for (const { key } of ended) this.#reports.delete(key);
    for (const incident of changed) {
      const report = this.#reports.get(incident.key);
      if (report !== undefined)
        this.#reports.set(incident.key, { incident, details: withLoop(report.details, incident) });
    }
    if (ended.length + changed.length > 0) this.#changed.fire();
    for (const incident of began)
      void this.#report(incident, known !== undefined && fresh.includes(incident));
  }

  #forget(name: string): void {
    this.#trackers.delete(name);
    for (const [key, { incident }] of this.#reports) if (incident.engine === name) this.#reports.delete(key);
  }

  async #report(incident: Incident, isNew: boolean): Promise<void> {
    const details = await this.#ask(incident);
    // It may be worse by now.
    const now = this.#active(incident);
    if (now === undefined) {
      if (isNew) this.untold(incident);
      return;
    }
    const report = { incident: now, details: withLoop(details, now) };
    this.#reports.set(incident.key, report);
    this.#changed.fire();
    if (isNew) this.#begun.fire(report);
  }

  async #ask({ kind, project, container, engine: name }: Incident): Promise<IncidentDetails> {
    const engine = this.#engines.of({ engine: name }).current;
    const known = { exitCode: container.exitCode, said: undefined, restarts: 0 };
    if (engine === undefined) return known;
    const signal = AbortSignal.timeout(10_000);
    try {
      const details = await engine.inspectContainer(container.id, signal);
      const said =
        kind === 'unhealthy'
          ? details.healthOutput
          : details.error !== ''
            ? details.error
            : await lastLineOf(engine, project, container.id, signal);
      return {
        exitCode: kind !== 'unhealthy' ? details.exitCode : undefined,
        said: said === undefined ? undefined : tidy(said),
        restarts: details.restartCount,
      };
    } catch {
      // Gone meanwhile: what the listing said is all there is.
      return known;
    }
  }
}

/** Of one that crashes over and over, what was seen at the last crash. */
function withLoop(details: IncidentDetails, { loop }: Incident): IncidentDetails {
  if (loop === undefined) return details;
  const { exitCode, restarts, lastLine: last } = loop;
  return { exitCode, restarts, said: last === undefined ? details.said : tidy(last) };
}

/** One line, without colours and secrets. */
function tidy(text: string): string {
  const line = plainText(sanitizeLine(text.trim().split('\n').at(-1) ?? ''));
  return maskSecrets(line).slice(0, mostSaid);
}
