import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileText } from '#disk/read-file.ts';
import type { TagsHost } from './tags.ts';

/** Files kept; the oldest go first. */
const most = 300;

/** Texts by key in a folder of their own. What cannot be read or written is done without. */
export function diskStore(folder: string): NonNullable<TagsHost['store']> {
  // Its import alone takes Node as long as a tenth of the server's start.
  const fileOf = async (key: string) => {
    const { createHash } = await import('node:crypto');
    return join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
  };
  return {
    async read(key) {
      return fileOf(key)
        .then((file) => readFileText(file, 'settings'))
        .catch(() => undefined);
    },
    async write(key, text) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const file = await fileOf(key);
        const draft = `${file}.${process.pid}`;
        await writeFile(draft, text, { mode: 0o600 });
        await rename(draft, file);
        await prune(folder);
      } catch {
        // Without a place to keep them, tags are asked for again.
      }
    },
  };
}

async function prune(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= most) return;
  const files = await Promise.all(
    names.map(async (name) => ({ path: join(folder, name), at: (await stat(join(folder, name))).mtimeMs })),
  );
  files.sort((a, b) => a.at - b.at);
  for (const { path } of files.slice(0, files.length - most)) await rm(path, { force: true });
}
