import type { Input, Output } from '../frame/io.ts';

/** A message of JSON-RPC 2.0 as it came: nothing of it is certain. */
export type Message = Readonly<Record<string, unknown>>;

/** An answer that is an error of the protocol: codes are those of JSON-RPC. */
export class ProtocolError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export const invalidRequest = -32_600;
export const methodNotFound = -32_601;
export const invalidParams = -32_602;
const parseError = -32_700;
const internalError = -32_603;

/** Longer messages are no requests of a client that means well. In UTF-16 code units. */
const mostText = 4_000_000;

export type Handler = (params: Message, signal: AbortSignal) => Promise<unknown>;

/**
 * JSON-RPC over lines, as MCP's stdio transport has it: one message a line. Answers requests by their methods, cancels those that the other side gives
 * up, and asks the other side.
 */
export class Connection {
  readonly #output: Output;
  readonly #handlers: Readonly<Record<string, Handler>>;
  readonly #running = new Map<unknown, AbortController>();
  readonly #asked = new Map<unknown, (answer: Message) => void>();
  #next = 1;

  constructor(output: Output, handlers: Readonly<Record<string, Handler>>) {
    this.#output = output;
    this.#handlers = handlers;
  }

  /** Until the input ends; what is under way then is given up. */
  async serve(input: Input): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of input.read()) {
      rest += decoder.decode(chunk, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') this.#receive(line);
      if (rest.length > mostText) rest = '';
    }
    for (const abort of this.#running.values()) abort.abort();
    for (const answer of this.#asked.values()) answer({ error: { message: 'closed' } });
  }

  /** Asks the other side; resolves with its result, `undefined` where it refuses. */
  async ask(method: string, params: Message): Promise<Message | undefined> {
    const id = `composure-${this.#next++}`;
    const answer = await new Promise<Message>((resolve) => {
      this.#asked.set(id, resolve);
      this.#send({ id, method, params });
    });
    this.#asked.delete(id);
    return isMessage(answer.result) ? answer.result : undefined;
  }

  #receive(line: string): void {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      this.#send({ id: null, error: { code: parseError, message: 'This is not JSON.' } });
      return;
    }
    if (!isMessage(message) || message.jsonrpc !== '2.0') {
      this.#send({ id: null, error: { code: invalidRequest, message: 'This is not JSON-RPC 2.0.' } });
      return;
    }
    const { id, method } = message;
    if (typeof method !== 'string') this.#asked.get(id)?.(message);
    else if (method === 'notifications/cancelled') this.#cancel(message);
    else void this.#answer(id, method, isMessage(message.params) ? message.params : {});
  }

  #cancel({ params }: Message): void {
    if (isMessage(params)) this.#running.get(params.requestId)?.abort();
  }

  async #answer(id: unknown, method: string, params: Message): Promise<void> {
    const abort = new AbortController();
    if (id !== undefined) this.#running.set(id, abort);
    try {
      const handler = Object.hasOwn(this.#handlers, method) ? this.#handlers[method] : undefined;
      if (handler === undefined) {
        // What nobody knows is no error as long as nobody waits for it.
        if (id !== undefined) throw new ProtocolError(methodNotFound, `There is no method ${method}.`);
        return;
      }
      const result = await handler(params, abort.signal);
      if (id !== undefined && !abort.signal.aborted) this.#send({ id, result });
    } catch (error) {
      if (id === undefined || abort.signal.aborted) return;
      const code = error instanceof ProtocolError ? error.code : internalError;
      this.#send({ id, error: { code, message: error instanceof Error ? error.message : String(error) } });
    } finally {
      this.#running.delete(id);
    }
  }

  #send(message: Message): void {
    this.#output.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }
}

export function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
