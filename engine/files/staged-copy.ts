import { constants } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { type ArchivedEntry, copyFailure } from './archive-reader.ts';
import { type FileSystem, fileSystemOf } from './held-name.ts';
import type { LeftOut } from './left-out.ts';
import { found, hasCode, StagedFiles } from './staged-files.ts';

/** A copy that is whole, in a folder of its own beside its place, until it is put there. */
export interface StagedCopy {
  readonly leftOut: readonly LeftOut[];
  /** The files and links that would be replaced. Rejects where a folder and something else have the same name. */
  existing(): Promise<readonly string[]>;
  /** Moves everything to its place: each file is the old one or the new one at any time. Folders that are there keep what else they hold. */
  place(): Promise<void>;
  /** To be called in the end, whether it was put in its place or not. */
  discard(): Promise<void>;
}

/**
 * Reads the archive of a file or folder that is to be at `target`, on this machine. Nothing is written but into a new folder beside that, or in it, and
 * later, by `place`, below `target` itself: through no link, and into no folder that a link stands for. Rejects with `EngineError`, and leaves nothing.
 */
export async function stageCopy(
  entries: AsyncIterable<ArchivedEntry>,
  target: string,
  signal: AbortSignal,
  system: FileSystem = fileSystemOf(process.platform),
): Promise<StagedCopy> {
  let folder: string | undefined;
  const discard = async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    let files: StagedFiles | undefined;
    for await (const entry of entries) {
      folder ??= await makeFolderFor(target);
      files ??= new StagedFiles(join(folder, staged), system, signal);
      await files.add(entry);
    }
    await files?.finish();
    signal.throwIfAborted();
    const from = join(folder ?? target, staged);
    const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        throw copyFailure(error, signal);
      }
    };
    return {
      leftOut: files?.leftOut ?? [],
      existing: () => guarded(() => replaced(from, target)),
      place: () =>
        guarded(async () => {
          // Both before anything is moved: what cannot be done is not begun.
          await replaced(from, target);
          if ((await found(from)) !== undefined) await move(from, target);
        }),
      discard,
    };
  } catch (error) {
    await discard();
    throw copyFailure(error, signal);
  }
}

const staged = 'copy';

/** On the disk of the target, so that files can be moved there in one step. */
async function makeFolderFor(target: string): Promise<string> {
  const isFolder = (await found(target))?.isDirectory() === true;
  const parent = isFolder ? target : dirname(target);
  return await mkdtemp(join(parent, '.composure-')).catch((cause: unknown) => {
    if (!hasCode(cause, 'ENOENT')) throw cause;
    throw new EngineError('invalid', say`The folder ${parent} does not exist.`, { cause });
  });
}

async function replaced(from: string, target: string): Promise<readonly string[]> {
  const [mine, there] = [await found(from), await found(target)];
  if (mine === undefined || there === undefined) return [];
  if (mine.isDirectory() && there.isDirectory()) {
    const below: string[] = [];
    for (const name of (await readdir(from)).sort())
      below.push(...(await replaced(join(from, name), join(target, name))));
    return below;
  }
  if (mine.isDirectory())
    throw new EngineError(
      'invalid',
      say`${target} is not a folder, but a folder must be created there. Move it, or copy to another location.`,
    );
  if (!there.isFile() && !there.isSymbolicLink())
    throw new EngineError(
      'invalid',
      say`${target} is not a file, but a file must be created there. Move it, or copy to another location.`,
    );
  return [target];
}

/** Looks at each folder itself before it goes down into it: a link to one is not gone through. */
async function move(from: string, target: string): Promise<void> {
  const [mine, there] = [await found(from), await found(target)];
  if (mine?.isDirectory() === true && there !== undefined) {
    if (!there.isDirectory()) await replaced(from, target);
    for (const name of await readdir(from)) await move(join(from, name), join(target, name));
    return;
  }
  try {
    await rename(from, target);
  } catch (error) {
    if (!hasCode(error, 'EXDEV')) throw error;
    await moveToOtherDisk(from, target, mine?.isDirectory() === true);
  }
}

/** A folder within the target can be on another disk. */
async function moveToOtherDisk(from: string, target: string, isFolder: boolean): Promise<void> {
  if (isFolder) {
    await mkdir(target);
    await move(from, target);
    return;
  }
  const beside = await mkdtemp(join(dirname(target), '.composure-'));
  try {
    const copy = join(beside, basename(target));
    if ((await found(from))?.isSymbolicLink() === true) await symlink(await readlink(from), copy);
    else await copyFile(from, copy, constants.COPYFILE_EXCL);
    await rename(copy, target);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}
