// Type-checks each layer with its own tsconfig: what a layer must not know does not even resolve there.
import { spawn } from 'node:child_process';

const layers = ['compose', 'server', 'client/src/engine', 'client', 'client/webview', 'test'];
const tsc = new URL('../node_modules/typescript/bin/tsc', import.meta.url).pathname;

let failed = false;
for (const layer of layers) {
  const code = await new Promise((resolve) => {
    spawn(process.execPath, [tsc, '-p', layer], { stdio: 'inherit' }).on('exit', resolve);
  });
  if (code !== 0) {
    failed = true;
    console.error(`type check failed: ${layer}`);
  }
}
process.exitCode = failed ? 1 : 0;
