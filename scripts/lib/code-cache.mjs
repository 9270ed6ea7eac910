// What V8 makes of the code of the command line and the language server, kept beside it: a process per command reads it anew each time, and with this
// it need not. Without it everything works, only slower; a Node of another version passes it over.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './processes.mjs';

/**
 * Writes `FILE.cache` of the command line, for the Node that runs this.
 *
 * @param {string} file
 */
export async function writeCodeCache(file) {
  await warmUp(`${file}.cache`, './code-cache-warm-up.mjs', file);
}

/**
 * Writes `server/main.cjs.cache`, for the Node that runs this.
 *
 * @param {string} dist
 */
export async function writeServerCodeCache(dist) {
  await warmUp(join(dist, 'server/main.cjs.cache'), './server-warm-up.mjs', dist);
}

/** @param {string} cache @param {string} program @param {string} argument */
async function warmUp(cache, program, argument) {
  await rm(cache, { force: true });
  const { code, stderr } = await run(
    process.execPath,
    [fileURLToPath(new URL(program, import.meta.url)), argument],
    { acceptFailure: true },
  );
  if (code !== 0) console.warn(`No code cache ${cache}: what it is for will start slower.\n${stderr}`);
}
