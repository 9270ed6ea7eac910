import { lstat } from 'node:fs/promises';
import { pack as createPack } from 'tar-stream';
import { addPath } from '../files/archive-entries.ts';
import { EngineError } from '../api/engine-error.ts';
import { execOutput } from '../exec/exec.ts';
import { label } from '../project/labels.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ContainerSummary } from '../api/engine-objects.ts';

/** Where paths of this machine belong in the containers of a service. */
export interface Sync {
  /** Path in the container (absolute, with `/`) -> path here. */
  readonly copied: ReadonlyMap<string, string>;
  /** Paths in the container. */
  readonly removed: readonly string[];
}

/** A command line can only be so long. */
const removedAtOnce = 200;

/** Makes all containers of a service, which are not one-off, have these files and no longer have those. Rejects with `EngineError`. */
export async function syncService(
  engine: EnginePort,
  project: string,
  service: string,
  { copied, removed }: Sync,
  signal: AbortSignal,
): Promise<void> {
  const containers = await containersOf(engine, project, service, signal);
  await Promise.all(
    containers.map(async (container) => {
      for (let from = 0; from < removed.length; from += removedAtOnce)
        await removePaths(engine, container, removed.slice(from, from + removedAtOnce), signal);
      const files = await withoutLinks(engine, container, copied, signal);
      if (files.size === 0) return;
      // The engine gives the files to the container's user, if it has one.
      await engine.putArchive(
        container.id,
        { path: '/', copyOwnership: true },
        archive(files, signal),
        signal,
      );
    }),
  );
}

/** A folder that is a link in the container stays one: what it holds goes to where that leads. */
async function withoutLinks(
  engine: EnginePort,
  { id }: ContainerSummary,
  copied: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const files = new Map(copied);
  for (const [target, path] of copied) {
    const isFolder = (await lstat(path).catch(() => undefined))?.isDirectory() === true;
    if (!isFolder) continue;
    const there = await engine.inspectPath(id, target, signal).catch(ignoreMissing);
    if (there?.kind === 'link') files.delete(target);
  }
  return files;
}

function ignoreMissing(error: unknown): undefined {
  if (!(error instanceof EngineError && error.kind === 'not-found')) throw error;
}

export async function containersOf(
  engine: EnginePort,
  project: string,
  service: string,
  signal: AbortSignal,
): Promise<readonly ContainerSummary[]> {
  const labels = [
    `${label.project}=${project}`,
    `${label.service}=${service}`,
    `${label.oneOff}=False`,
    label.configHash,
  ];
  return engine.listContainers({ labels, all: true }, signal);
}

/** Through a command in the container: the Engine API has no way to delete a file. */
async function removePaths(
  engine: EnginePort,
  { id, name, state }: ContainerSummary,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (state !== 'running') return;
  const { exitCode, stderr } = await execOutput(
    engine,
    id,
    { command: ['rm', '-rf', '--', ...paths] },
    signal,
  );
  if (exitCode !== 0)
    throw new EngineError(
      'engine',
      `${paths.length === 1 ? paths[0] : `${paths.length} files`} could not be deleted in ${name}: ${stderr.trim() || `rm ended with status ${exitCode}`}`,
      { subject: name },
    );
}

/** Files that are gone by now are left out: there will be a change of their own. */
async function* archive(files: ReadonlyMap<string, string>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const packed = createPack();
  const fill = async () => {
    for (const [target, path] of files)
      await addPath(packed, path, { name: target.replace(/^\//, '') }, signal).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    packed.finalize();
  };
  fill().catch((error: unknown) => packed.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    for await (const chunk of packed) yield chunk;
  } finally {
    packed.destroy();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
