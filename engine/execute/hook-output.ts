import { Demuxer } from '../api/demux.ts';

/** How much of what a failed hook wrote goes into its error message. */
const tailLines = 10;
const tailLength = 2048;

/** Reads a multiplexed stream to its end, each line to `onLine`; returns the last lines of its errors, or of its output if it wrote none. */
export async function collectOutput(
  chunks: AsyncIterable<Uint8Array>,
  onLine: (line: string) => void,
): Promise<string> {
  const demuxer = new Demuxer();
  const streams = { stdout: lineTail(onLine), stderr: lineTail(onLine) };
  for await (const chunk of chunks) {
    for (const part of demuxer.push(chunk)) {
      streams[part.stream === 'stderr' ? 'stderr' : 'stdout'].push(part.data);
    }
  }
  const errors = streams.stderr.end();
  const output = streams.stdout.end();
  return errors === '' ? output : errors;
}

interface LineTail {
  push(data: Uint8Array): void;
  /** Flushes the last line and returns the tail. */
  end(): string;
}

function lineTail(onLine: (line: string) => void): LineTail {
  const decoder = new TextDecoder();
  const tail: string[] = [];
  let rest = '';
  const take = (line: string): void => {
    onLine(line);
    tail.push(line);
    if (tail.length > tailLines) tail.shift();
  };
  return {
    push(data) {
      const lines = (rest + decoder.decode(data, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line.replace(/\r$/, ''));
    },
    end() {
      if (rest !== '') take(rest);
      rest = '';
      return tail.join('\n').slice(-tailLength);
    },
  };
}
