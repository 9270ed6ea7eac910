import type { LineBatch, LogSource } from '../../webview/logs/protocol.ts';
import type { LogLine } from '#engine/logs/log-source.ts';

/** At most this many lines are in one batch: small enough that writing one holds nothing up. */
const batchLines = 1000;
/** And about so many characters, where lines are long. */
const batchCharacters = 400_000;
/** A batch waits this long for more lines, in ms. */
const batchPeriod = 30;
/** So many batches may be on their way; then the page is waited for. */
const window = 8;

/**
 * Hands lines to a page in batches, no faster than it takes them: while it is behind, nothing more is asked of the engine, which then holds the
 * lines. What waits here is one batch and what is on its way.
 */
export class LogFeed {
  readonly #post: (batch: LineBatch) => void;
  readonly #numbers = new Map<string, number>();
  #sources: LogSource[] = [];
  #runs: number[] = [];
  #texts: string[] = [];
  #times: string[] = [];
  #characters = 0;
  #sequence = 0;
  #onTheWay = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Who waits: several projects may write at once. */
  #waiting: (() => void)[] = [];
  #closed = false;

  constructor(post: (batch: LineBatch) => void) {
    this.#post = post;
  }

  /** Lines of a project. Resolves when there is room for more. */
  async push(project: string, lines: readonly LogLine[]): Promise<void> {
    for (const line of lines) {
      this.#add(project, line);
      if (this.#texts.length >= batchLines || this.#characters >= batchCharacters) await this.#sendWithRoom();
    }
    if (this.#texts.length > 0) this.#timer ??= setTimeout(() => this.#sendIfRoom(), batchPeriod);
  }

  /** The page has taken a batch. */
  acknowledge(): void {
    this.#onTheWay = Math.max(0, this.#onTheWay - 1);
    const waiting = this.#waiting.splice(0);
    for (const each of waiting) each();
    // What waited for its time to be over found no room then.
    if (waiting.length === 0 && this.#timer === undefined) this.#sendIfRoom();
  }

  /** Nothing is sent any more, and nobody waits. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const each of this.#waiting.splice(0)) each();
  }

  async #sendWithRoom(): Promise<void> {
    while (this.#onTheWay >= window && !this.#closed)
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    this.#send();
  }

  #sendIfRoom(): void {
    this.#timer = undefined;
    if (this.#onTheWay < window) this.#send();
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#texts.length === 0 || this.#closed) return;
    const batch: LineBatch = {
      sequence: this.#sequence++,
      sources: this.#sources,
      runs: this.#runs,
      texts: `${this.#texts.join('\n')}\n`,
      times: `${this.#times.join('\n')}\n`,
    };
    this.#sources = [];
    this.#runs = [];
    this.#texts = [];
    this.#times = [];
    this.#characters = 0;
    this.#onTheWay++;
    this.#post(batch);
  }

  #add(project: string, { containerId, containerName, service, stream, text, time }: LogLine): void {
    const key = `${containerId} ${stream}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(key, number);
      const prefix = `${project}-`;
      const name = containerName.startsWith(prefix) ? containerName.slice(prefix.length) : containerName;
      this.#sources.push({ container: containerId, project, name, service, stream });
    }
    if (this.#runs.at(-2) === number) this.#runs.push((this.#runs.pop() ?? 0) + 1);
    else this.#runs.push(number, 1);
    // A line feed within a line would shift all that follow.
    this.#texts.push(text.includes('\n') ? text.replaceAll('\n', ' ') : text);
    this.#times.push(time ?? '');
    this.#characters += text.length;
  }
}
