import type { LoadedProject } from '#compose/load/request.ts';
import { splitReference } from '#compose/values/image-reference.ts';
import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';
import { execute } from '../execute/execute.ts';
import { queued } from '../execute/project-queue.ts';
import { snapshotFile } from './snapshot-file.ts';
import { takeSnapshot } from '../files/volume-snapshot.ts';
import { whileStopped } from './while-stopped.ts';
import type { Images } from '../observe/local-images.ts';
import { type ObservedState, observe } from '../observe/observe.ts';
import { observeSettled } from '../observe/observe-when-stopped.ts';
import type { Report } from '../observe/progress.ts';
import type { Plan } from '../plan/plan.ts';
import { warningMessage } from '../plan/plan-words.ts';
import { reconcile } from '../plan/reconcile.ts';
import type { Desired } from '../plan/reconcile/reconcile-context.ts';
import { planBack } from '../plan/rolling/plan-back.ts';
import { finishPart, type RollingPlan, rollingPlan, updatePart } from '../plan/rolling/rolling-plan.ts';
import { type FailureAction, updateRules } from '../plan/rolling/update-rules.ts';
import { label } from '../project/labels.ts';
import { finalNameOf } from '../project/names.ts';
import { serviceGraph } from '../project/service-graph.ts';
import type {
  DeployOutcome,
  DeployReport,
  DeploySnapshot,
  DeployStep,
  DeployStepName,
} from './deploy-report.ts';
import { observeWorld } from './observe-world.ts';
import { inspectImages } from './pull.ts';
import { desiredNow, planIn, prepareImages, reconcileOptions, type UpOptions } from './up.ts';

/** Seconds that a new container has to become healthy, where nobody says otherwise. */
export const usualHealthWait = 300;

export interface DeployOptions
  extends Pick<
    UpOptions,
    | 'services'
    | 'pull'
    | 'build'
    | 'forceBuild'
    | 'removeOrphans'
    | 'ignoreOrphans'
    | 'parallel'
    | 'hookOutput'
    | 'providers'
    | 'models'
    | 'onWarning'
  > {
  /** Seconds that each new container has to become healthy. */
  readonly healthWithin: number;
  /** Saves data in the project's own way, before anything is changed. */
  readonly backup?: (signal: AbortSignal) => Promise<void>;
  /** Takes a snapshot of each volume of the project, into `snapshots` of the folder; `stopped`: while nothing of the project writes to them. */
  readonly snapshots?: { readonly folder: string; readonly stopped: boolean };
  /** Asked once the plan is known; absent: yes. */
  readonly agree?: (plan: Plan) => Promise<boolean>;
}

/** What {@link deploy} would do, with the images that are here. Rejects with `EngineError` what it would refuse. */
export async function planDeploy(
  engine: EnginePort,
  loaded: LoadedProject,
  options: DeployOptions,
  signal: AbortSignal,
): Promise<Plan> {
  const { plan, desired, world } = await planIn(engine, loaded, options, signal);
  return rollingPlan(plan, desired, world.surroundings.images, options.healthWithin).plan;
}

/**
 * Brings a project up to what its files say without taking away what runs before what replaces it is healthy: checks, saves data, gets images, updates the services
 * by their rules ({@link rollingPlan}), and then removes what was replaced. What fails, or is cancelled, is taken back: containers and images are those
 * of before, unless the rules of the service that failed say otherwise. Never rejects: how it ended is in the report.
 */
export async function deploy(
  engine: EnginePort,
  loaded: LoadedProject,
  options: DeployOptions,
  report: Report,
  signal: AbortSignal,
): Promise<DeployReport> {
  const run = new DeployRun(engine, loaded, options, report, signal);
  try {
    return await queued(engine.info.endpoint, loaded.project.name, signal, () => run.go());
  } catch (error) {
    return run.ended('refused', error);
  }
}

interface Prepared {
  readonly desired: Desired;
  readonly before: ObservedState;
  readonly images: Images;
  readonly rolling: RollingPlan;
}

class DeployRun {
  readonly #engine: EnginePort;
  readonly #loaded: LoadedProject;
  readonly #options: DeployOptions;
  readonly #report: Report;
  readonly #signal: AbortSignal;
  /** Without the number of steps, which is counted for the update alone. */
  readonly #events: Report = (event) => this.#report(event);
  readonly #steps: DeployStep[] = [];
  readonly #snapshots: DeploySnapshot[] = [];
  #imagesBefore: Images = {};
  #images: DeployReport['images'] = [];
  #plan: Plan | undefined;

  constructor(
    engine: EnginePort,
    loaded: LoadedProject,
    options: DeployOptions,
    report: Report,
    signal: AbortSignal,
  ) {
    this.#engine = engine;
    this.#loaded = loaded;
    this.#options = options;
    this.#report = report;
    this.#signal = signal;
  }

  async go(): Promise<DeployReport> {
    const checked = await this.#during('check', () =>
      planDeploy(this.#engine, this.#loaded, this.#options, this.#signal),
    );
    this.#plan = checked;
    await this.#save();
    try {
      const { desired, images } = await this.#during('images', () => this.#getImages());
      const prepared = await this.#during('plan', () => this.#prepare(desired, images));
      if (prepared.rolling.plan.nodes.length === 0) return this.ended('unchanged');
      if ((await this.#options.agree?.(prepared.rolling.plan)) === false)
        throw new EngineError('cancelled', say`Canceled.`);
      return await this.#update(prepared);
    } catch (error) {
      await this.#restoreImages();
      throw error;
    }
  }

  ended(outcome: DeployOutcome, ...errors: readonly unknown[]): DeployReport {
    return {
      project: this.#loaded.project.name,
      outcome,
      steps: this.#steps,
      ...(this.#plan !== undefined && { plan: this.#plan }),
      snapshots: this.#snapshots,
      images: this.#images,
      errors,
    };
  }

  async #during<T>(step: DeployStepName, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    let isDone = false;
    try {
      const result = await work();
      isDone = true;
      return result;
    } finally {
      this.#steps.push({ step, isDone, seconds: Math.round(performance.now() - began) / 1000 });
    }
  }

  async #save(): Promise<void> {
    const { backup, snapshots } = this.#options;
    if (backup !== undefined) await this.#during('backup', () => backup(this.#signal));
    if (snapshots === undefined) return;
    const { name } = this.#loaded.project;
    const { volumes } = await observe(this.#engine, name, this.#signal);
    const names = volumes.map((volume) => volume.name);
    if (names.length === 0) return;
    const takeAll = async () => {
      for (const volume of names) {
        const file = snapshotFile(snapshots.folder, name, volume);
        this.#report({ kind: 'volume', name: volume, status: 'Saving' });
        const bytes = await takeSnapshot(this.#engine, volume, file, () => {}, this.#signal);
        this.#report({ kind: 'volume', name: volume, status: 'Saved' });
        this.#snapshots.push({ volume, file, bytes });
      }
    };
    await this.#during('snapshot', () =>
      snapshots.stopped
        ? whileStopped(this.#engine, name, names, this.#report, takeAll, this.#signal)
        : takeAll(),
    );
  }

  async #getImages(): Promise<{ readonly desired: Desired; readonly images: Images }> {
    const { name, services } = this.#loaded.project;
    this.#imagesBefore = await inspectImages(this.#engine, name, services, this.#signal);
    const desired = await desiredNow(this.#engine, this.#loaded, this.#options, this.#report, this.#signal);
    const { images } = await prepareImages(this.#engine, desired, this.#options, this.#report, this.#signal);
    this.#images = changedImages(this.#imagesBefore, images);
    return { desired, images };
  }

  async #prepare(desired: Desired, images: Images): Promise<Prepared> {
    const { name } = desired.project;
    const before = await observeSettled(this.#engine, name, this.#report, this.#signal);
    const world = await observeWorld(this.#engine, desired, images, this.#signal, Promise.resolve(before));
    const plan = reconcile(desired, world, reconcileOptions(this.#options, new Set(), []));
    for (const warning of plan.warnings) this.#options.onWarning?.(warningMessage(warning));
    const rolling = rollingPlan(plan, desired, images, this.#options.healthWithin);
    this.#plan = rolling.plan;
    return { desired, before, images, rolling };
  }

  async #update(prepared: Prepared): Promise<DeployReport> {
    const { desired, before, images, rolling } = prepared;
    const model = {
      desired,
      surroundings: { images },
      observed: before,
      ...(this.#options.parallel !== undefined && { parallel: this.#options.parallel }),
      ...(this.#options.hookOutput !== undefined && { hookOutput: this.#options.hookOutput }),
    };
    const skipped: EngineError[] = [];
    const noting: Report = Object.assign((event: Parameters<Report>[0]) => {
      if (event.status === 'Skipped' && event.detail !== undefined)
        skipped.push(new EngineError('unhealthy', event.detail, { subject: event.name }));
      this.#report(event);
    }, this.#report);
    let live: Awaited<ReturnType<typeof execute>>;
    try {
      live = await this.#during('update', () =>
        execute(this.#engine, updatePart(rolling), model, noting, this.#signal),
      );
    } catch (error) {
      return this.#fail(prepared, error);
    }
    const finish = finishPart(rolling, (container) => live.idOf(container));
    try {
      if (finish.nodes.length > 0)
        await this.#during('finish', () =>
          execute(this.#engine, finish, { observed: before }, this.#events, never()),
        );
    } catch (error) {
      return this.ended('broken', error);
    }
    return skipped.length > 0 ? this.ended('partly', ...skipped) : this.ended('deployed');
  }

  async #fail(prepared: Prepared, error: unknown): Promise<DeployReport> {
    const { desired, before } = prepared;
    try {
      const now = await observeSettled(this.#engine, desired.project.name, this.#report, never());
      if (!this.#signal.aborted && actionAfter(error, desired, now) === 'pause')
        return this.ended('paused', error);
      const back = planBack(before, now, {
        order: serviceGraph(desired.services).order,
        startFirst: new Set(
          Object.entries(desired.services).flatMap(([name, service]) =>
            updateRules(service).order === 'start-first' ? [name] : [],
          ),
        ),
      });
      await this.#during('back', async () => {
        await execute(this.#engine, back, { observed: now }, this.#events, never());
        await this.#restoreImages();
      });
      return this.ended('rolled-back', error);
    } catch (second) {
      return this.ended('broken', error, second);
    }
  }

  /** Names of images mean again what they did: what failed is not what the next up takes. Best effort: one that has gone cannot be named. */
  async #restoreImages(): Promise<void> {
    for (const [reference, { id }] of Object.entries(this.#imagesBefore)) {
      const { name, tag = 'latest', digest } = splitReference(reference);
      if (digest !== undefined) continue;
      const now = await this.#engine.inspectImage(reference, never()).catch(() => undefined);
      if (now?.id !== id) await this.#engine.tagImage(id, name, tag, never()).catch(() => undefined);
    }
  }
}

/** By the rules of the service that failed; back where it is not known which did. */
function actionAfter(error: unknown, { services }: Desired, now: ObservedState): FailureAction {
  if (!(error instanceof EngineError) || error.subject === undefined) return 'rollback';
  const { subject } = error;
  const container = now.containers.find(({ name }) => name === subject || finalNameOf(name) === subject);
  const service = services[container?.labels[label.service] ?? subject];
  return service === undefined ? 'rollback' : updateRules(service).onFailure;
}

function changedImages(before: Images, after: Images): DeployReport['images'] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((reference) => {
    const [old, now] = [before[reference]?.id, after[reference]?.id];
    return old === now ? [] : [{ reference, before: old, after: now }];
  });
}

/** What must be done to its end. */
function never(): AbortSignal {
  return new AbortController().signal;
}
