// Type-checks each room with its own tsconfig: what a room must not know does not even resolve there. What was found is kept below node_modules, so that a
// second run looks at what changed only.
import { spawn } from 'node:child_process';

const rooms = ['compose', 'disk', 'engine', 'cli', 'server', 'client', 'client/webview', 'test'];
const tsc = new URL('../node_modules/typescript/bin/tsc', import.meta.url).pathname;
const kept = new URL('../node_modules/.cache/typecheck/', import.meta.url).pathname;

let failed = false;
for (const room of rooms) {
  const code = await new Promise((resolve) => {
    const info = `${kept}${room.replaceAll('/', '-')}.tsbuildinfo`;
    spawn(process.execPath, [tsc, '-p', room, '--incremental', '--tsBuildInfoFile', info], {
      stdio: 'inherit',
    }).on('exit', resolve);
  });
  if (code !== 0) {
    failed = true;
    console.error(`type check failed: ${room}`);
  }
}
process.exitCode = failed ? 1 : 0;
