// What V8 makes of the command line's code, kept beside it: a process per command reads it anew each time, and with this it need not.
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { run } from './processes.mjs';

/**
 * Writes `FILE.cache` for the Node that runs this. Without it everything works, only slower; a Node of another version passes it over.
 *
 * @param {string} file
 */
export async function writeCodeCache(file) {
  await rm(`${file}.cache`, { force: true });
  const warmUp = fileURLToPath(new URL('./code-cache-warm-up.mjs', import.meta.url));
  const { code, stderr } = await run(process.execPath, [warmUp, file], { acceptFailure: true });
  if (code !== 0) console.warn(`No code cache for ${file}; the command line will start slower.\n${stderr}`);
}
