import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import dockerignore from '@balena/dockerignore';
import { pack as createPack, type Pack } from 'tar-stream';
import { readFileText } from '#disk/read-file.ts';
import { addEntry, addPath } from '../files/archive-entries.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';

export interface BuildContext {
  /** Absolute. */
  readonly directory: string;
  /** The Dockerfile: a path below the directory (with `/`), or a text that comes from elsewhere. */
  readonly dockerfile: { readonly path: string } | { readonly text: string };
}

/** A Dockerfile from elsewhere travels in the context, under a name that no one has. */
export const injectedDockerfile = '.dockerfile.composure';

/**
 * The context as a tar archive, as the Docker CLI sends it: what `.dockerignore` (or the Dockerfile's own, `<Dockerfile>.dockerignore`) leaves out is
 * left out, owners are root's, the Dockerfile and the ignore file themselves always come. Streamed: at most one file's chunk is in memory.
 * The iteration rejects with `EngineError` (`invalid`) when a file cannot be read.
 */
export async function* packContext(context: BuildContext, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const archive = createPack();
  const rules = await readIgnoreRules(context);
  const filling = fill(archive, context, rules, signal).then(
    () => archive.finalize(),
    (error: unknown) => archive.destroy(toError(error)),
  );
  try {
    for await (const chunk of archive) yield chunk;
    await filling;
  } catch (error) {
    throw error instanceof EngineError || signal.aborted ? error : unreadable(error);
  } finally {
    archive.destroy();
  }
}

/** The lines of the ignore file that applies; none if there is no such file. */
export async function readIgnoreRules({ directory, dockerfile }: BuildContext): Promise<readonly string[]> {
  const own =
    'path' in dockerfile
      ? await readFileText(join(directory, `${dockerfile.path}.dockerignore`), 'settings').catch(
          () => undefined,
        )
      : undefined;
  const text = own ?? (await readFileText(join(directory, '.dockerignore'), 'settings').catch(() => ''));
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

async function fill(
  archive: Pack,
  { directory, dockerfile }: BuildContext,
  rules: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const always = new Set(['.dockerignore', ...('path' in dockerfile ? [dockerfile.path] : [])]);
  const isIgnored = ignoreFilter(rules);
  const mayReturn = rules.some((rule) => rule.startsWith('!'));
  const needed = (folder: string) => [...always].some((path) => path.startsWith(`${folder}/`));

  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(directory, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      signal.throwIfAborted();
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const ignored = isIgnored(path) && !always.has(path);
      if (entry.isDirectory()) {
        if (!ignored) await addPath(archive, join(directory, path), { name: path, uid: 0, gid: 0 }, signal);
        // An exception may let something below an ignored folder back in.
        if (!ignored || mayReturn || needed(path)) await walk(path);
      } else if (!ignored)
        await addPath(archive, join(directory, path), { name: path, uid: 0, gid: 0 }, signal);
    }
  };
  await walk('');
  if ('text' in dockerfile) {
    const content = Buffer.from(dockerfile.text);
    await addEntry(
      archive,
      { name: injectedDockerfile, size: content.length, mode: 0o644, mtime: new Date(0) },
      content,
    );
  }
}

/** Whether Docker leaves a path (with `/`) out. A folder that is ignored takes all below with it. */
export function ignoreFilter(rules: readonly string[]): (path: string) => boolean {
  if (rules.length === 0) return () => false;
  const matcher = dockerignore({ ignorecase: false }).add([...rules]);
  return (path) => matcher.ignores(path);
}

function unreadable(error: unknown): EngineError {
  const reason = toError(error).message;
  return new EngineError('invalid', say`The build context cannot be read: ${reason}`, { cause: error });
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
