import { setMaxListeners } from 'node:events';
import { lstat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Hook } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { execOutput } from '../exec/exec.ts';
import { label } from '../project/labels.ts';
import { restart } from '../operations/lifecycle.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { Report } from '../observe/progress.ts';
import { targetOf } from '../project/project-target.ts';
import { type UpOptions, up } from '../operations/up.ts';
import { type Batch, Batches } from './change-batches.ts';
import { watchFiles } from './file-watch.ts';
import type { WatchMessage } from './watch-messages.ts';
import { containerPath, pathsBelow, syncs, type WatchRule, watchRules } from './watch-rules.ts';
import { containersOf, syncService } from './sync-paths.ts';

export interface WatchOptions {
  /** Empty or absent: all that have something to watch. */
  readonly services?: readonly string[];
  /** Builds the images for `rebuild`; absent: such a rule is an error. */
  readonly build?: UpOptions['build'];
  /** What a rebuilt service gets its variables from, as with up. */
  readonly programs?: Pick<UpOptions, 'providers' | 'models'>;
  /** Remove the project's images that a rebuild leaves without a name. */
  readonly prune?: boolean;
  readonly timeout?: number;
  readonly onMessage?: (message: WatchMessage) => void;
  readonly hookOutput?: (container: string, line: string) => void;
}

/**
 * Carries changes of files over into running containers, as `develop.watch` says, until the signal fires; then it resolves. The containers are to be
 * up already. A change that cannot be carried over is told of and tried again with the next one; the watch goes on. Rejects with `EngineError` when it
 * cannot begin, or when files can no longer be watched.
 */
export async function watch(
  engine: EnginePort,
  loaded: LoadedProject,
  options: WatchOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  setMaxListeners(0, signal);
  const tell = (message: WatchMessage): void => options.onMessage?.(message);
  const rules = await watchRules(loaded, options.services ?? [], (text) => tell({ kind: 'warning', text }));
  if (options.build === undefined) refuseRebuilds(rules);
  const wanted = (folder: string): boolean => rules.some((rule) => rule.mayMatchBelow(folder));
  const batches = new Batches();
  const files = await watchFiles(
    [...new Set(rules.map(({ path }) => path))],
    wanted,
    (path, change) => batches.add(path, change),
    (error) => batches.fail(error),
  );
  const session: Session = { engine, loaded, rules, options, wanted, tell, report };
  try {
    await initialSync(session, signal);
    tell({ kind: 'enabled' });
    for (;;) {
      const batch = await batches.next(signal);
      if (batch === undefined) return;
      try {
        await carryOver(session, batch, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof EngineError)) throw error;
        batches.keep(batch);
        tell({ kind: 'failed', reason: error.message });
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    files.close();
  }
}

interface Session {
  readonly engine: EnginePort;
  readonly loaded: LoadedProject;
  readonly rules: readonly WatchRule[];
  readonly options: WatchOptions;
  readonly wanted: (folder: string) => boolean;
  readonly tell: (message: WatchMessage) => void;
  readonly report: Report;
}

/** What one batch of changes asks for. */
class Work {
  readonly rebuild = new Set<string>();
  readonly restart = new Set<string>();
  readonly exec = new Set<WatchRule>();
  readonly syncs = new Map<string, { copied: Map<string, string>; removed: Set<string> }>();

  add(rule: WatchRule, path: string, exists: boolean): void {
    const { service, action } = rule;
    if (action === 'rebuild') this.rebuild.add(service);
    if (action === 'restart' || action === 'sync+restart') this.restart.add(service);
    if (action === 'sync+exec') this.exec.add(rule);
    if (syncs(action)) this.sync(rule, path, exists);
  }

  sync(rule: WatchRule, path: string, exists: boolean): void {
    const sync = this.syncs.get(rule.service) ?? { copied: new Map(), removed: new Set() };
    this.syncs.set(rule.service, sync);
    const target = containerPath(rule, path);
    if (exists) {
      sync.copied.set(target, path);
      sync.removed.delete(target);
    } else if (!sync.copied.has(target)) sync.removed.add(target);
  }
}

async function carryOver(session: Session, batch: Batch, signal: AbortSignal): Promise<void> {
  const { engine, loaded, options, tell, report, rules } = session;
  const work = new Work();
  for await (const { path, exists } of changedPaths(batch, session.wanted))
    for (const rule of rules)
      if (rule.matches(path)) {
        // The folder that is watched has gone: moved away, or about to be made anew. That is no reason to empty the container.
        if (!exists && rule.isFolder && path === rule.path)
          tell({
            kind: 'warning',
            text: `${path} is no longer there: nothing is deleted in ${rule.service}`,
          });
        else work.add(rule, path, exists);
      }

  if (work.rebuild.size > 0) await rebuild(session, [...work.rebuild], signal);
  await syncAll(session, work, signal);
  if (work.restart.size > 0) {
    const services = [...work.restart];
    const hookOutput = options.hookOutput === undefined ? {} : { hookOutput: options.hookOutput };
    await restart(engine, targetOf(loaded), { services, ...hookOutput }, report, signal);
    tell({ kind: 'restarted', services });
  }
  await Promise.all(
    [...work.exec].map(({ service, exec }) =>
      exec === undefined ? undefined : runIn(session, service, exec, signal),
    ),
  );
}

async function syncAll(session: Session, work: Work, signal: AbortSignal): Promise<void> {
  const { engine, loaded, tell } = session;
  for (const [service, { copied, removed }] of work.syncs) {
    tell({ kind: 'syncing', service, count: copied.size + removed.size });
    await syncService(engine, loaded.project.name, service, { copied, removed: [...removed] }, signal);
  }
}

/** What there is to be said of a batch on the disk, now. A folder that is new comes with all it holds. */
async function* changedPaths(
  batch: Batch,
  wanted: (folder: string) => boolean,
): AsyncGenerator<{ readonly path: string; readonly exists: boolean }> {
  const told = new Set<string>();
  for (const [changed, change] of batch) {
    const stat = await lstat(changed).catch(() => undefined);
    if (stat === undefined) yield { path: changed, exists: false };
    else if (!stat.isDirectory()) {
      if (!told.has(changed)) yield { path: changed, exists: true };
      told.add(changed);
    } else if (change === 'entry' && wanted(changed))
      for await (const path of pathsBelow(changed, wanted)) {
        if (!told.has(path)) yield { path, exists: true };
        told.add(path);
      }
  }
}

/** Files that compose and build are made of; an initial sync leaves them out, as Docker Compose's does. */
const projectFiles = /^(?:(?:docker-)?compose(?:\.override)?\.ya?ml|Dockerfile)$/;

async function initialSync(session: Session, signal: AbortSignal): Promise<void> {
  const work = new Work();
  for (const rule of session.rules) {
    if (!rule.initialSync || !syncs(rule.action)) continue;
    const build = session.loaded.project.services[rule.service]?.build;
    const dockerfile = build?.dockerfile === undefined ? undefined : basename(build.dockerfile);
    for await (const path of pathsBelow(rule.path, (folder) => rule.mayMatchBelow(folder))) {
      const name = basename(path);
      const isMeant = rule.matches(path) && !projectFiles.test(name) && name !== dockerfile;
      if (isMeant && (await lstat(path).catch(() => undefined))?.isDirectory() === false)
        work.sync(rule, path, true);
    }
  }
  for (const [service, { copied }] of work.syncs)
    await syncService(session.engine, session.loaded.project.name, service, { copied, removed: [] }, signal);
}

async function rebuild(session: Session, services: readonly string[], signal: AbortSignal): Promise<void> {
  const { engine, loaded, options, report, tell } = session;
  tell({ kind: 'rebuilding', services });
  await options.build?.(services, report, signal);
  tell({ kind: 'built', services });
  if (options.prune === true) await prune(session, signal);
  await up(
    engine,
    loaded,
    {
      services,
      forceRecreate: true,
      ignoreOrphans: true,
      ...options.programs,
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
      ...(options.hookOutput === undefined ? {} : { hookOutput: options.hookOutput }),
    },
    report,
    signal,
  );
}

/** The containers that still run on an image keep it: that is not an error, and the next rebuild tries again. */
async function prune({ engine, loaded }: Session, signal: AbortSignal): Promise<void> {
  const images = await engine.listImages({ labels: [`${label.project}=${loaded.project.name}`] }, signal);
  for (const { id, tags } of images)
    if (tags.length === 0) await engine.removeImage(id, {}, signal).catch(() => undefined);
}

async function runIn(session: Session, service: string, hook: Hook, signal: AbortSignal): Promise<void> {
  const { engine, loaded, tell } = session;
  const containers = await containersOf(engine, loaded.project.name, service, signal);
  const running = containers.filter(({ state }) => state === 'running');
  await Promise.all(
    running.map(async ({ id, name }) => {
      const command = hook.command ?? [];
      const env = Object.entries(hook.environment ?? {}).map(([key, value]) =>
        value === null ? key : `${key}=${value}`,
      );
      const { exitCode, stdout, stderr } = await execOutput(
        engine,
        id,
        {
          command,
          ...(env.length === 0 ? {} : { env }),
          ...(hook.user === undefined ? {} : { user: hook.user }),
          ...(hook.working_dir === undefined ? {} : { workingDir: hook.working_dir }),
          ...(hook.privileged === true ? { privileged: true } : {}),
        },
        signal,
      );
      for (const line of `${stdout}${stderr}`.split('\n'))
        if (line !== '') tell({ kind: 'output', service, line });
      if (exitCode !== 0)
        tell({ kind: 'failed', reason: `${command.join(' ')} ended with status ${exitCode} in ${name}` });
    }),
  );
}

function refuseRebuilds(rules: readonly WatchRule[]): void {
  const rule = rules.find(({ action }) => action === 'rebuild');
  if (rule !== undefined)
    throw new EngineError(
      'invalid',
      say`--no-build is incompatible with watch action rebuild in service ${rule.service}`,
      { subject: rule.service },
    );
}
