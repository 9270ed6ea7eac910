import type { ExecSession } from '#engine/exec/exec.ts';
import type { CommandContext } from './command.ts';

/** Joins the user's terminal, or pipes, to a session until its output ends. Resolves with the exit code. */
export async function joinTerminal(
  session: ExecSession,
  { input, output, errors }: CommandContext,
  { tty, stdin }: { readonly tty: boolean; readonly stdin: boolean },
): Promise<number> {
  const stopResizing = tty
    ? output.onResize(() => {
        const size = output.size();
        if (size !== undefined) void session.resize(size);
      })
    : () => {};
  if (tty && stdin) input.setRaw(true);
  try {
    if (stdin) void pump(input.read(), session);
    for await (const { stream, data } of session.output) {
      const target = stream === 'stderr' ? errors : output;
      target.write(data);
      await target.drained();
    }
    return await session.exitCode;
  } finally {
    stopResizing();
    if (tty && stdin) input.setRaw(false);
    session.close();
  }
}

/** Ends with the input, or when nobody takes it any more. */
async function pump(input: AsyncIterable<Uint8Array>, session: ExecSession): Promise<void> {
  try {
    for await (const chunk of input) if (!session.write(chunk)) await session.drained();
  } catch {
    // A terminal that goes away is an end of input like any other.
  }
  session.end();
}
