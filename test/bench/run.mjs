// npm run bench: everything, one after the other. `npm run bench -- syntax` runs one part: language, load, config, syntax, logs, tunnel, check, keystrokes, graph or scale.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const parts = {
  language: async () => {
    const { measure, table } = await import('./language.mjs');
    console.log(table(await measure()));
  },
  load: () => runScript('load.mjs'),
  config: () => runScript('config.mjs'),
  syntax: () => runScript('syntax.mjs'),
  logs: () => runScript('logs.mjs'),
  tunnel: () => runScript('tunnel.mjs'),
  check: () => runScript('check.mjs'),
  keystrokes: () => runScript('typing.mjs'),
  graph: () => runScript('graph.mjs'),
  scale: () => runScript('scale.mjs'),
};

const wanted = process.argv.slice(2);
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`# ${name}`);
  await run();
}

function runScript(file) {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
