import type { TerminalSize } from '#engine/api/engine-objects.ts';

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
  /** What Ctrl-C and Ctrl-Z do, for who reads them as keys; absent where no shell has started the command. */
  readonly shell?: Shell;
}

export interface Shell {
  interrupt(): void;
  /** Stops the process until the shell continues it. */
  suspend(onContinued: () => void): void;
}

/** An output of the process, and when all that was written to it has gone. */
export interface ProcessOutput extends Output {
  flushed(): Promise<void>;
}

/**
 * A stream of the process, opened when first used: Node takes milliseconds for each. A reader that goes away (`… | head`) calls `onClosed` instead
 * of raising an error.
 */
export function processOutput(open: () => NodeJS.WriteStream, onClosed: () => void): ProcessOutput {
  let opened: NodeJS.WriteStream | undefined;
  const stream = (): NodeJS.WriteStream => {
    if (opened !== undefined) return opened;
    opened = open();
    opened.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || error.code === 'EIO') onClosed();
      else throw error;
    });
    return opened;
  };
  return {
    get isTerminal() {
      return stream().isTTY === true;
    },
    size: () => (stream().isTTY ? { columns: stream().columns, rows: stream().rows } : undefined),
    write: (text) => {
      stream().write(text);
    },
    drained: () => (opened?.writableNeedDrain ? untilDrained(opened) : Promise.resolve()),
    flushed: () =>
      new Promise((resolve) => {
        if (opened === undefined) resolve();
        else opened.write('', () => resolve());
      }),
    onResize: (listener) => {
      stream().on('resize', listener);
      return () => stream().off('resize', listener);
    },
  };
}

function untilDrained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      stream.off('error', done);
      resolve();
    };
    stream.on('drain', done).on('close', done).on('error', done);
  });
}

/** The process's input, opened when first used. */
export function processInput(open: () => NodeJS.ReadStream, interrupt: () => void): Input {
  return {
    shell: {
      interrupt,
      suspend: (onContinued) => {
        if (process.platform === 'win32') return;
        process.once('SIGCONT', onContinued);
        // The whole job, as the terminal itself does it.
        process.kill(0, 'SIGSTOP');
      },
    },
    get isTerminal() {
      return open().isTTY === true;
    },
    setRaw: (raw) => {
      const stream = open();
      if (stream.isTTY) stream.setRawMode(raw);
    },
    async *read() {
      const stream = open();
      try {
        for await (const chunk of stream) yield chunk;
      } finally {
        stream.pause();
        if ('unref' in stream) stream.unref();
      }
    },
  };
}
