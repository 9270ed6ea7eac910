#!/usr/bin/env -S node --
import { createRequire } from 'node:module';

// Not imported: a module of its own for each of these takes Node longer than what is asked of them.
const require = createRequire(import.meta.url);
const { readFileSync, statSync }: typeof import('node:fs') = require('node:fs');
const { setFlagsFromString }: typeof import('node:v8') = require('node:v8');
const { Script }: typeof import('node:vm') = require('node:vm');

// A process per command: what Node does before the first line of ours runs, and what V8 does to read our own code, is most of a command's time.
// So the code comes with what V8 made of it when it was built (`scripts/lib/code-cache.mjs`). V8 takes that only from the very same Node with the
// very same flags; another one reads the text.

// Most commands are over before optimised code pays for its making: V8 waits about eight times as long as it would.
setFlagsFromString('--interrupt-budget=1000000');

const file = require.resolve('./cli/main.cjs');
const cachedData = codeCacheOf(file);
const script = new Script(readFileSync(file, 'utf8'), {
  filename: file,
  ...(cachedData === undefined ? {} : { cachedData }),
});
const module: { exports: Partial<typeof import('./main.ts')> } = { exports: {} };
script.runInThisContext()(module.exports, require, module);
await module.exports.main?.();

/** Only the cache of this very file, by the time it was written: V8 itself compares no more of a text than its length. */
function codeCacheOf(path: string): Buffer | undefined {
  try {
    const cache = readFileSync(`${path}.cache`);
    return cache.readDoubleLE(0) === statSync(path).mtimeMs ? cache.subarray(8) : undefined;
  } catch {
    return undefined;
  }
}
