import { homedir } from 'node:os';
import { processInput, processOutput } from './frame/io.ts';
import { run } from './dispatch.ts';

export { run };

/** The process around `run`: its streams, its signals and its exit status. Ends it. */
export async function main(words: readonly string[] = process.argv.slice(2)): Promise<never> {
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

  // What reads our output has gone: as after SIGPIPE.
  const onClosed = () => process.exit(141);
  const output = processOutput(() => process.stdout, onClosed);
  const errors = processOutput(() => process.stderr, onClosed);

  const status = await run(words, {
    input: processInput(() => process.stdin, interrupt),
    output,
    errors,
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
  await output.flushed();
  await errors.flushed();
  process.exit(status);
}
