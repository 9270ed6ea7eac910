import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { readFileBytes, unlessMissing } from '#disk/read-file.ts';
import type { Files } from '#compose/convert/kubernetes/kustomize.ts';
import {
  changesOf,
  differences,
  type FileChange,
  markerFile,
  markerText,
  parseMarker,
  type Written,
  writtenAfter,
} from './file-changes.ts';
import { isSecretFile } from './masked-secrets.ts';

/** A conversion beside what is in its output folder. */
export interface Pending {
  readonly directory: string;
  readonly changes: readonly FileChange[];
  readonly last: Written;
}

/** Compares with what is there. Rejects with the system's error where a file cannot be read. */
export async function compareWithFolder(directory: string, files: Files): Promise<Pending> {
  const last = parseMarker((await textAt(join(directory, markerFile))) ?? '');
  const disk = new Map<string, string>();
  for (const path of new Set([...files.keys(), ...last.keys()])) {
    const text = await textAt(join(directory, path));
    if (text !== undefined) disk.set(path, text);
  }
  return { directory, changes: changesOf(files, last, disk), last };
}

/** Makes the changes, but for the paths in `kept`, and remembers them. Secrets are readable for their owner only. */
export async function writeConversion(
  { directory, changes, last }: Pending,
  kept: ReadonlySet<string>,
): Promise<void> {
  for (const { path, after } of differences(changes)) {
    if (kept.has(path)) continue;
    const file = join(directory, path);
    if (after === undefined) await remove(directory, file);
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, after, isSecretFile(path) ? { mode: 0o600 } : undefined);
    }
  }
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, markerFile), markerText(writtenAfter(changes, kept, last)));
}

async function textAt(path: string): Promise<string | undefined> {
  return (await readFileBytes(path, 'compose').catch(unlessMissing))?.toString('utf8');
}

/** With the folders below the output folder that are empty then. */
async function remove(directory: string, file: string): Promise<void> {
  await rm(file, { force: true });
  for (let folder = dirname(file); relative(directory, folder) !== ''; folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch {
      return;
    }
  }
}
