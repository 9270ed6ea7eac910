import { once } from 'node:events';
import type { Duplex, Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { EngineError } from './engine-error.ts';
import { say } from './message.ts';
import type { DuplexBytes } from './engine-objects.ts';

/**
 * A stream as bytes to pull: nothing is read ahead of the stream's own small buffer. Ending the iteration, also before its first step, destroys
 * the socket and ends a read that is waiting. Errors come through `fail`.
 */
export function pullBytes(
  stream: Readable,
  fail: (error: unknown) => EngineError,
): AsyncIterable<Uint8Array> {
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  let stopped = false;
  return {
    [Symbol.asyncIterator]: () => ({
      async next(): Promise<IteratorResult<Uint8Array>> {
        try {
          const result = await chunks.next();
          return result.done === true || stopped ? { done: true, value: undefined } : result;
        } catch (error) {
          if (stopped) return { done: true, value: undefined };
          throw fail(error);
        }
      },
      async return(): Promise<IteratorResult<Uint8Array>> {
        stopped = true;
        stream.destroy();
        return { done: true, value: undefined };
      },
    }),
  };
}

/** A hijacked connection as the port has it. */
export function duplexBytes(socket: Duplex, fail: (error: unknown) => EngineError): DuplexBytes {
  return {
    output: pullBytes(socket, fail),
    write: (data) => socket.writable && socket.write(data),
    async drained() {
      // Whichever comes first: a closed connection drains no more.
      if (!socket.writableNeedDrain || socket.destroyed) return;
      const settled = new AbortController();
      await Promise.race(
        ['drain', 'close'].map((event) => once(socket, event, { signal: settled.signal })),
      ).catch(() => {});
      settled.abort();
    },
    end: () => {
      if (socket.writable) socket.end();
    },
    close: () => {
      socket.destroy();
    },
  };
}

/** In characters, of what is kept of one line. */
const longestLine = 16 * 2 ** 20;

/** JSON values, one a line, as the engine streams progress and events. A line that is not JSON is left out: half of one, when the engine dies. Rejects a line without end. */
export async function* jsonLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    let text = decoder.decode(chunk, { stream: true });
    for (;;) {
      const end = text.indexOf('\n');
      if (end < 0) break;
      pieces.push(text.slice(0, end));
      const value = parse(pieces.join(''));
      pieces = [];
      length = 0;
      text = text.slice(end + 1);
      if (value !== undefined) yield value;
    }
    if (text === '') continue;
    pieces.push(text);
    length += text.length;
    if (length > longestLine)
      throw new EngineError(
        'engine',
        say`The Docker Engine sends a line of more than ${Math.round(longestLine / 2 ** 20)} MB. Check which program is listening there.`,
      );
  }
  const last = parse(pieces.join(''));
  if (last !== undefined) yield last;
}

function parse(line: string): unknown {
  if (line.trim() === '') return undefined;
  try {
    // An event's nanoseconds are more than a number holds: they stay text.
    return JSON.parse(line.replace(/"timeNano":(\d{16,})/, '"timeNano":"$1"'));
  } catch {
    return undefined;
  }
}
