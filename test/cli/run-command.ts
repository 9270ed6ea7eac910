import type { Output } from '#cli/frame/io.ts';
import { run } from '#cli/dispatch.ts';

export interface CommandResult {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command line in this process, without a terminal, and collects what it writes. */
export async function runCommand(
  words: readonly string[],
  {
    cwd,
    environment,
    input = '',
  }: {
    readonly cwd: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly input?: string;
  },
): Promise<CommandResult> {
  const output = new Collected();
  const errors = new Collected();
  const status = await run(words, {
    input: {
      isTerminal: false,
      setRaw: () => {},
      async *read() {
        yield new TextEncoder().encode(input);
      },
    },
    output,
    errors,
    environment,
    cwd,
    home: environment.HOME ?? '/',
    platform: process.platform,
    onInterrupt: () => () => {},
  });
  return { status, output: output.text, errors: errors.text };
}

class Collected implements Output {
  readonly isTerminal = false;
  readonly #decoder = new TextDecoder();
  text = '';

  size(): undefined {
    return undefined;
  }

  write(text: string | Uint8Array): void {
    this.text += typeof text === 'string' ? text : this.#decoder.decode(text, { stream: true });
  }

  async drained(): Promise<void> {}

  onResize(): () => void {
    return () => {};
  }
}
