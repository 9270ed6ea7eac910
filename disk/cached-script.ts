import { createRequire } from 'node:module';

// Not imported: a module of its own for each of these takes Node longer than what is asked of them.
const require = createRequire(import.meta.url);
const fs: typeof import('node:fs') = require('node:fs');
const { Script }: typeof import('node:vm') = require('node:vm');
const { dirname }: typeof import('node:path') = require('node:path');

/** A program that is one file, with what V8 made of it when it ran before. */
export interface CachedScript<Exports> {
  /** What the program exports: as it was built, it has all of it or, where the file is none of ours, nothing. */
  readonly exports: Partial<Exports>;
  /** Whether V8 took the cache. If not, the program was read as text, and {@link keep} is worth its while. */
  readonly isCached: boolean;
  /** Writes down what V8 has compiled by now. A folder that cannot be written is left: without a cache, the start is only slower. */
  keep(): void;
}

/**
 * Runs a file that was built as one function of `exports`, `require` and `module`. `cacheFile`: where the code cache is, or will be.
 *
 * V8 takes a cache only from the very same version of it with the very same flags, so whoever sets flags does it before. Of the text, V8 compares
 * the length alone: the cache begins with the time at which the file was written, and counts for that file only.
 */
export function runCached<Exports>(file: string, cacheFile: string): CachedScript<Exports> {
  const written = fs.statSync(file).mtimeMs;
  const cachedData = codeCacheOf(cacheFile, written);
  const script = new Script(fs.readFileSync(file, 'utf8'), {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module: { exports: Partial<Exports> } = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module);
  return {
    exports: module.exports,
    isCached: cachedData !== undefined && script.cachedDataRejected === false,
    keep() {
      const time = Buffer.alloc(timeLength);
      time.writeDoubleLE(written);
      writeWhole(cacheFile, Buffer.concat([time, script.createCachedData()]));
    },
  };
}

/** Bytes of the time before V8's own. */
const timeLength = 8;

function codeCacheOf(path: string, written: number): Buffer | undefined {
  try {
    const cache = fs.readFileSync(path);
    return cache.readDoubleLE(0) === written ? cache.subarray(timeLength) : undefined;
  } catch {
    return undefined;
  }
}

/** Under another name first: two programs that end at once must not write into one another's. */
function writeWhole(path: string, content: Buffer): void {
  const draft = `${path}.${process.pid}`;
  try {
    fs.mkdirSync(dirname(path), { recursive: true });
    try {
      fs.writeFileSync(draft, content, { mode: 0o600 });
      fs.renameSync(draft, path);
    } finally {
      fs.rmSync(draft, { force: true });
    }
  } catch {
    // Without a cache the next start is slower, and nothing else.
  }
}
