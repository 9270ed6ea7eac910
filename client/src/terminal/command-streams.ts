import type { Input, Output } from '#cli/frame/io.ts';
import type { TerminalSize } from '#engine/api/engine-objects.ts';
import { sanitizeText } from './sanitize.ts';

/** At most this much waits to be shown, in characters, and at most this long, in ms. */
const flush = { size: 65_536, period: 16 };

const interruptKey = '\x03';
const endKey = '\x04';

/**
 * What stands between a terminal's window and a command that reads and writes streams: lines are edited and echoed here until the command
 * asks for raw keys, Ctrl-C interrupts, line feeds become new lines. Output is handed on in portions.
 */
export class CommandStreams {
  readonly #show: (text: string) => void;
  readonly #interrupts = new Set<() => void>();
  readonly #resizes = new Set<() => void>();
  readonly #keys = new KeyQueue();
  #size: TerminalSize | undefined;
  #raw = false;
  #line = '';
  #waiting = '';
  #timer: NodeJS.Timeout | undefined;
  #drained: (() => void)[] = [];

  constructor(show: (text: string) => void) {
    this.#show = show;
  }

  readonly input: Input = {
    isTerminal: true,
    setRaw: (raw) => {
      this.#raw = raw;
    },
    read: () => this.#keys.read(),
  };

  /** One each for output and errors: bytes of a character that is cut belong to one stream. */
  createOutput(): Output {
    const decoder = new TextDecoder();
    return {
      isTerminal: true,
      size: () => this.#size,
      write: (text) => {
        const plain = typeof text === 'string' ? text : decoder.decode(text, { stream: true });
        this.#push(this.#raw ? plain : sanitizeText(plain).replaceAll(/\r?\n/g, '\r\n'));
      },
      drained: () =>
        this.#waiting.length < flush.size
          ? Promise.resolve()
          : new Promise((resolve) => this.#drained.push(resolve)),
      onResize: (listener) => {
        this.#resizes.add(listener);
        return () => this.#resizes.delete(listener);
      },
    };
  }

  readonly #hangup = new AbortController();
  /** Fires when the window is closed. */
  readonly hangup = this.#hangup.signal;

  /** Calls back at each Ctrl-C until the returned function is called. */
  onInterrupt(handler: () => void): () => void {
    this.#interrupts.add(handler);
    return () => this.#interrupts.delete(handler);
  }

  /** As Ctrl-C does. */
  interrupt(): void {
    for (const handler of [...this.#interrupts]) handler();
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    for (const listener of [...this.#resizes]) listener();
  }

  /** What a person types. */
  type(data: string): void {
    if (this.#raw) {
      this.#keys.push(Buffer.from(data));
      return;
    }
    for (const key of data) this.#edit(key);
  }

  /** The window is closed: nothing more is typed, and what was begun in it is to end. */
  end(): void {
    this.#hangup.abort();
    this.#keys.end();
  }

  /** A text of our own, as it is. */
  say(text: string): void {
    this.#push(text);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#waiting;
    this.#waiting = '';
    if (text !== '') this.#show(text);
    for (const resolve of this.#drained.splice(0)) resolve();
  }

  #edit(key: string): void {
    if (key === interruptKey) {
      this.#line = '';
      this.#push('^C\r\n');
      this.interrupt();
    } else if (key === '\r') {
      this.#keys.push(Buffer.from(`${this.#line}\n`));
      this.#line = '';
      this.#push('\r\n');
    } else if (key === endKey) {
      if (this.#line === '') this.#keys.end();
    } else if (key === '\x7f') {
      if (this.#line === '') return;
      this.#line = [...this.#line].slice(0, -1).join('');
      this.#push('\b \b');
    } else if (key >= ' ') {
      this.#line += key;
      this.#push(key);
    }
  }

  #push(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length >= flush.size) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), flush.period);
  }
}

/** What was typed and not yet read. */
class KeyQueue {
  readonly #chunks: Uint8Array[] = [];
  #wake: (() => void) | undefined;
  #ended = false;

  push(chunk: Uint8Array): void {
    if (this.#ended) return;
    this.#chunks.push(chunk);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) yield chunk;
      else if (this.#ended) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
