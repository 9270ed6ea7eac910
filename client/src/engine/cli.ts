import { homedir } from 'node:os';
import { processInput, processOutput } from './cli/io.ts';
import { run } from './cli/run.ts';

// The process around `run`: its streams, its signals and its exit status.
let interrupts = 0;
const listeners = new Set<() => void>();
const interrupt = () => {
  interrupts++;
  // Nobody listens any more, or no longer reacts.
  if (listeners.size === 0 || interrupts > 3) process.exit(130);
  for (const listener of listeners) listener();
};
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);

const status = await run(process.argv.slice(2), {
  input: processInput(process.stdin),
  // What reads our output has gone: as after SIGPIPE.
  output: processOutput(process.stdout, () => process.exit(141)),
  errors: processOutput(process.stderr, () => process.exit(141)),
  environment: process.env,
  cwd: process.cwd(),
  home: homedir(),
  platform: process.platform,
  onInterrupt: (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
});
process.exitCode = status;
// A pending read of the terminal or a kept connection is no reason to stay, once everything has been written.
process.stdout.write('', () => process.stderr.write('', () => process.exit(status)));
