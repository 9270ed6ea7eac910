#!/usr/bin/env -S node --
import { createRequire } from 'node:module';
import { runCached } from '#disk/cached-script.ts';

const require = createRequire(import.meta.url);
const { setFlagsFromString }: typeof import('node:v8') = require('node:v8');

// A process per command: what Node does before the first line of ours runs, and what V8 does to read our own code, is most of a command's time.
// So the code comes with what V8 made of it when it was built (`scripts/lib/code-cache.mjs`).

// Most commands are over before optimised code pays for its making: V8 waits about eight times as long as it would.
setFlagsFromString('--interrupt-budget=1000000');

const file = require.resolve('./cli/main.cjs');
const { exports } = runCached<typeof import('./main.ts')>(file, `${file}.cache`);
await exports.main?.();
