import { setMaxListeners } from 'node:events';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { type LiveContainers, liveContainers } from './live-containers.ts';
import type { ExecutionModel, StepContext } from './execution-model.ts';
import { runStep } from './steps.ts';
import { stepWords } from './step-progress.ts';
import { finishingCalls } from '../api/finish-calls.ts';
import { mutex } from './mutex.ts';
import type { Plan, PlanNode } from '../plan/plan.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ProgressEvent, Report } from '../observe/progress.ts';

/** Calls to the engine under way at once, where nothing else is asked for. */
const usualParallel = 12;

/**
 * Does what a plan says, as much at once as its order allows. When a step fails nothing further begins, calls under way are awaited, and the first
 * failure is what it rejects with (an `EngineError`); nothing is undone, and the next up or down continues from what is there. Aborting the signal
 * does the same, with kind `cancelled`; calls that take long are then left to the engine. Returns the containers as they are after the plan.
 */
export async function execute(
  engine: EnginePort,
  plan: Plan,
  model: ExecutionModel,
  report: Report,
  signal: AbortSignal,
): Promise<LiveContainers> {
  const live = liveContainers(model.observed);
  const context: StepContext = { engine: finishingCalls(engine), model, live, portPicking: mutex(), report };
  await new Execution(context, plan, signal).run();
  return live;
}

class Execution {
  readonly #context: StepContext;
  readonly #signal: AbortSignal;
  /** Aborted on the first failure: ends waits, not calls. */
  readonly #failure = new AbortController();
  readonly #waitSignal: AbortSignal;
  readonly #pending: Set<PlanNode>;
  readonly #done = new Set<number>();
  readonly #running = new Set<Promise<void>>();
  readonly #lastOfGroup = new Map<string, number>();
  readonly #groupsBegun = new Set<string>();
  readonly #parallel: number;
  readonly #all: number;
  #calls = 0;
  #error: unknown;

  constructor(context: StepContext, plan: Plan, signal: AbortSignal) {
    this.#context = context;
    this.#signal = signal;
    this.#waitSignal = AbortSignal.any([signal, this.#failure.signal]);
    for (const each of [signal, this.#waitSignal]) setMaxListeners(0, each);
    this.#pending = new Set(plan.nodes);
    this.#all = plan.nodes.length;
    this.#parallel = context.model.parallel ?? usualParallel;
    for (const node of plan.nodes) if (node.group !== undefined) this.#lastOfGroup.set(node.group, node.id);
  }

  async run(): Promise<void> {
    this.#reportSteps();
    for (;;) {
      this.#begin();
      if (this.#running.size === 0) break;
      await Promise.race(this.#running);
    }
    if (this.#error !== undefined) throw this.#error;
    if (this.#signal.aborted && this.#pending.size > 0) throw new EngineError('cancelled', say`Canceled.`);
  }

  #begin(): void {
    for (const node of this.#pending) {
      if (this.#failure.signal.aborted || this.#signal.aborted) return;
      const waits = node.operation.kind === 'wait';
      if (!waits && this.#calls >= this.#parallel) continue;
      if (!node.after.every((id) => this.#done.has(id))) continue;
      this.#pending.delete(node);
      if (!waits) this.#calls += 1;
      const running = this.#do(node).finally(() => {
        this.#running.delete(running);
        if (!waits) this.#calls -= 1;
      });
      this.#running.add(running);
    }
  }

  async #do(node: PlanNode): Promise<void> {
    const signal = node.operation.kind === 'wait' ? this.#waitSignal : this.#signal;
    try {
      this.#reportBegin(node);
      const { note } = await runStep(this.#context, node, signal);
      this.#done.add(node.id);
      this.#reportSteps();
      this.#reportEnd(node, note);
    } catch (cause) {
      const error = withSubject(cause, subjectOf(node).name);
      // A wait that the first failure ended is not a failure of its own.
      if (this.#failure.signal.aborted && isCancelled(error)) return;
      // First of all nothing depending on it may begin; only then is it said.
      this.#error ??= error;
      this.#failure.abort();
      if (!isCancelled(error)) this.#reportError(node, error);
    }
  }

  #reportSteps(): void {
    this.#context.report.steps?.(this.#done.size, this.#all);
  }

  #reportBegin(node: PlanNode): void {
    if (node.group !== undefined) {
      if (this.#groupsBegun.has(node.group)) return;
      this.#groupsBegun.add(node.group);
      this.#context.report({ kind: 'container', name: node.group, status: 'Recreate' });
      return;
    }
    const words = stepWords(node.operation);
    if (words !== undefined && words.doing !== words.done) {
      this.#context.report({ ...words.subject, status: words.doing });
    }
  }

  #reportEnd(node: PlanNode, note: string | undefined): void {
    if (node.group !== undefined) {
      if (this.#lastOfGroup.get(node.group) === node.id) {
        this.#context.report({ kind: 'container', name: node.group, status: 'Recreated' });
      }
      return;
    }
    const words = stepWords(node.operation);
    if (words === undefined) return;
    this.#context.report(
      note === undefined
        ? { ...words.subject, status: words.done }
        : { ...words.subject, status: 'Warning', detail: note },
    );
  }

  #reportError(node: PlanNode, error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    this.#context.report({ ...subjectOf(node), status: 'Error', detail });
  }
}

function subjectOf(node: PlanNode): Pick<ProgressEvent, 'kind' | 'name'> {
  if (node.group !== undefined) return { kind: 'container', name: node.group };
  const words = stepWords(node.operation);
  if (words !== undefined) return words.subject;
  const operation = node.operation;
  if ('container' in operation) return { kind: 'container', name: operation.container.name };
  if (operation.kind === 'wait')
    return { kind: 'container', name: operation.containers[0]?.name ?? operation.service };
  return { kind: 'project', name: operation.kind };
}

/** The engine's own sentences seldom say which container they are about. */
function withSubject(error: unknown, name: string): unknown {
  if (!(error instanceof EngineError) || (error.kind !== 'engine' && error.kind !== 'invalid')) return error;
  if (error.mentions(name)) return error;
  return new EngineError(error.kind, say`${name}: ${error.message}`, { subject: name, cause: error });
}

function isCancelled(error: unknown): boolean {
  return error instanceof EngineError && error.kind === 'cancelled';
}
