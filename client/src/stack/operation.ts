import * as vscode from 'vscode';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { ProgressEvent, Report } from '#engine/observe/progress.ts';
import { explainPortConflict } from '#engine/operations/port-conflict.ts';
import { Views } from '../ids.ts';
import type { LogTerminalsContext } from '../terminal/log-terminals.ts';
import type { EnginesContext, LogContext, StacksContext } from '../workspace/contexts.ts';
import { takeBackDone } from './done-message.ts';
import { type Failed, showFailure } from './failure-message.ts';
import type { Intent } from './intent.ts';
import { Steps } from './operation-steps.ts';
import type { OperationsContext } from './operations-context.ts';
import { portSeeker } from './port-seeker.ts';

const { l10n } = vscode;

/** What is over sooner needs no notification: the bar above the tree is enough. In ms. */
const patience = 700;

/** The title is what is done, for the notification: `Up: shop`. */
export interface Operation<T> extends Failed {
  readonly run: (engine: EnginePort, report: Report, signal: AbortSignal) => Promise<T>;
  /** It ends containers: that they end is then nothing to report. */
  readonly stops?: boolean;
  /** What is seen of it; absent: it changes nothing that is shown. */
  readonly intent?: Intent;
}

export type OperateContext = EnginesContext &
  LogContext &
  LogTerminalsContext &
  OperationsContext &
  StacksContext;

/**
 * Runs something on the engine with progress: on the rows at once, before the engine has answered anything, and, when it takes longer, in a
 * notification that says where it is and can be cancelled. A failure is shown, with what can be done; then, and when it was cancelled, the result is `undefined`.
 */
export async function operate<T>(workbench: OperateContext, operation: Operation<T>): Promise<T | undefined> {
  const { project, engine: where, stops = false, intent } = operation;
  takeBackDone({ project, engine: where });
  const underWay = workbench.operations.begin({ ...intent, project, engine: where, stops });
  const abort = new AbortController();
  const steps = new Steps(operation.project, l10n.t);
  let say: ((text: string) => void) | undefined;
  const report: Report = Object.assign(
    (event: ProgressEvent) => {
      workbench.log.info(
        [event.kind, event.name, event.status, event.detail].filter((part) => part !== undefined).join(' '),
      );
      steps.report(event);
      underWay.report(event);
      say?.(steps.text);
    },
    { steps: (done: number, all: number) => steps.count(done, all) },
  );
  workbench.log.info(operation.title);
  const work = (async () => {
    const engine = await workbench.engines.of(operation).engine(abort.signal);
    return operation.run(engine, report, abort.signal).catch(async (error: unknown) => {
      throw await explainPortConflict(engine, error, portSeeker(operation, workbench.stacks.stacks, error));
    });
  })();
  const settled = work.then(
    () => {},
    () => {},
  );
  void vscode.window.withProgress({ location: { viewId: Views.projects } }, () => settled);
  const timer = setTimeout(() => {
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: operation.title, cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => abort.abort());
        say = (message) => progress.report({ message });
        say(steps.text);
        return settled;
      },
    );
  }, patience);
  const session = workbench.engines.of(operation);
  const seen = () => (intent === undefined ? undefined : session.look(project));
  try {
    const result = await work;
    underWay.end({}, seen());
    return result;
  } catch (error) {
    const failure = error instanceof EngineError ? error : undefined;
    const isCancelled = failure?.kind === 'cancelled';
    const isInterrupted = isCancelled || failure?.kind === 'unreachable';
    underWay.end({ error: isCancelled ? undefined : failure, isInterrupted }, seen());
    if (isCancelled) {
      workbench.log.info(`${operation.title}: canceled`);
      vscode.window.setStatusBarMessage(l10n.t('{0}: canceled', operation.title), 5000);
      return undefined;
    }
    await showFailure(workbench, operation, error);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
