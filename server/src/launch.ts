import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runCached } from '#disk/cached-script.ts';

// What requests leave behind is collected in small steps, instead of letting it grow to tens of megabytes first.
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=20');

// The time until the first answer is what V8 does to read the code: it is kept in the folder that the client chooses, else beside the file.
const file = createRequire(import.meta.url).resolve('./server/main.cjs');
const folder = process.argv.find((each) => each.startsWith('--code-cache='))?.slice('--code-cache='.length);
const script = runCached<typeof import('./main.ts')>(file, join(folder ?? dirname(file), 'main.cjs.cache'));
script.exports.main?.(import.meta.url);

if (folder !== undefined && !script.isCached) {
  // By then it has opened a file and answered first requests; V8 forgets in time what ran only once.
  const timer = setTimeout(keep, 10_000).unref();
  process.once('exit', keep);
  function keep() {
    clearTimeout(timer);
    process.off('exit', keep);
    script.keep();
  }
}
