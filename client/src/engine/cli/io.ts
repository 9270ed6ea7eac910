import type { TerminalSize } from '../port.ts';

/** Where a command writes to. */
export interface Output {
  readonly isTerminal: boolean;
  /** The terminal's size; `undefined` when it is none. */
  size(): TerminalSize | undefined;
  write(text: string | Uint8Array): void;
  /** Resolves when what was written has been taken over: for those who write much. */
  drained(): Promise<void>;
  onResize(listener: () => void): () => void;
}

/** What a command reads from. */
export interface Input {
  readonly isTerminal: boolean;
  /** Each key as it is typed, unedited and unechoed; only on a terminal. */
  setRaw(raw: boolean): void;
  /** Pull-based. Ending the iteration lets the process end. */
  read(): AsyncIterable<Uint8Array>;
}

/** A stream of the process. A reader that goes away (`… | head`) calls `onClosed` instead of raising an error. */
export function processOutput(stream: NodeJS.WriteStream, onClosed: () => void): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'EIO') onClosed();
    else throw error;
  });
  return {
    isTerminal: stream.isTTY === true,
    size: () => (stream.isTTY ? { columns: stream.columns, rows: stream.rows } : undefined),
    write: (text) => {
      stream.write(text);
    },
    drained: () =>
      stream.writableNeedDrain
        ? new Promise((resolve) => {
            const done = () => {
              stream.off('drain', done);
              stream.off('close', done);
              stream.off('error', done);
              resolve();
            };
            stream.on('drain', done).on('close', done).on('error', done);
          })
        : Promise.resolve(),
    onResize: (listener) => {
      stream.on('resize', listener);
      return () => stream.off('resize', listener);
    },
  };
}

export function processInput(stream: NodeJS.ReadStream): Input {
  return {
    isTerminal: stream.isTTY === true,
    setRaw: (raw) => {
      if (stream.isTTY) stream.setRawMode(raw);
    },
    async *read() {
      try {
        for await (const chunk of stream) yield chunk;
      } finally {
        stream.pause();
        if ('unref' in stream) stream.unref();
      }
    },
  };
}
