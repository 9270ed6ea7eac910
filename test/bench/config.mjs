// `config -q` on 100 services, whole process against whole process with Docker Compose, in turns.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installEngine, whyNoEngine } from '../../scripts/lib/engine.mjs';
import { project } from './load.mjs';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));

/** Medians in milliseconds, and of the ratio pair by pair. */
async function measureConfig(rounds = 20) {
  const { bin, env } = await installEngine();
  const cwd = await mkdtemp(join(tmpdir(), 'composure-bench-'));
  try {
    await writeFile(join(cwd, 'compose.yaml'), project(100));
    const time = async (program, ...words) => {
      const begin = performance.now();
      await run(program, words, { cwd, env: { ...process.env, ...env } });
      return performance.now() - begin;
    };
    const pairs = [];
    for (let round = -1; round < rounds; round += 1) {
      const ours = await time(process.execPath, cli, 'config', '-q');
      const theirs = await time(join(bin, 'docker'), 'compose', 'config', '-q');
      // The first fills the file cache.
      if (round >= 0) pairs.push({ ours, theirs, ratio: ours / theirs });
    }
    const median = (pick) => pairs.map(pick).sort((a, b) => a - b)[Math.floor(pairs.length / 2)];
    return {
      ours: median((each) => each.ours),
      theirs: median((each) => each.theirs),
      ratio: median((each) => each.ratio),
    };
  } finally {
    await rm(cwd, { recursive: true });
  }
}

const reason = await whyNoEngine();
if (reason) console.log(`not measured: ${reason}`);
else {
  const { ours, theirs, ratio } = await measureConfig();
  console.log(
    `config -q, 100 services: ${ours.toFixed(0)} ms; docker compose: ${theirs.toFixed(0)} ms; ratio ${ratio.toFixed(2)}`,
  );
}
