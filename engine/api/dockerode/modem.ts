import type { IncomingMessage } from 'node:http';
import { stringify } from 'node:querystring';
import type { Duplex, Readable } from 'node:stream';
import type { CallFacts } from '../call-facts.ts';
import { EngineError } from '../engine-error.ts';
import { say } from '../message.ts';
import { formatEndpoint } from '../transport/endpoint.ts';
import { misfitOf } from './answer-shape.ts';
import { shapeOfAnswer } from './answer-shapes.ts';
import { HttpError, type Transport, type TransportRequest } from '../transport/transport.ts';
import { recordOf } from '#compose/values/record.ts';

/** What dockerode hands to its modem, as far as it is used here. */
export interface DialOptions {
  readonly path: string;
  readonly method: string;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  readonly abortSignal?: AbortSignal | undefined;
  readonly isStream?: boolean | undefined;
  readonly hijack?: boolean | undefined;
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Already encoded for the header, under `base64`. */
  readonly authconfig?: { readonly base64: string } | undefined;
  readonly registryconfig?: { readonly base64: string } | undefined;
  readonly file?: Readable | undefined;
  /** In the path, of another API than Docker's. */
  readonly apiVersion?: string | undefined;
}

export type DialReply = string | object | IncomingMessage | Duplex | null | undefined;

/**
 * The modem dockerode is given in place of docker-modem (its `modem` option): dockerode keeps what it knows, the Engine API's calls; the way
 * there is `Transport`, whose comment says why. Keeps docker-modem's conventions: `_query` and `_body` in the options, JSON parsed where it is JSON.
 */
export class EngineModem {
  readonly #transport: Transport;
  readonly #version: string;
  readonly #answerWithin: CallFacts['answerWithin'];
  /** dockerode makes its promises with this, and sets it. */
  Promise = Promise;

  constructor(transport: Transport, apiVersion: string, answerWithin: CallFacts['answerWithin'] = 'never') {
    this.#transport = transport;
    this.#version = apiVersion;
    this.#answerWithin = answerWithin;
  }

  dial(options: DialOptions, callback: (error: unknown, reply?: DialReply) => void): void {
    // dockerode reads the answer in its callback: one that is not as it should be rejects too.
    this.request(options)
      .then((reply) => callback(null, reply))
      .catch((error: unknown) => callback(error));
  }

  async request(options: DialOptions): Promise<DialReply> {
    const request = this.#toRequest(options);
    if (options.hijack === true) return this.#transport.hijack(request);
    if (options.isStream === true) return this.#transport.stream(request);
    const { body } = await this.#transport.text(request);
    const call = `${options.method} ${options.path.replace(/\?.*$/, '')}`;
    return this.#fitting(call, parseBody(body));
  }

  /** Whoever reads the answer may rely on its kinds: who answers may be no engine, or one that is broken. */
  #fitting(call: string, reply: DialReply): DialReply {
    const shape = shapeOfAnswer(call);
    if (shape === undefined) return reply;
    // Some engines say so when there is nothing to list.
    if (shape.kind === 'array' && reply === null) return [];
    const misfit = misfitOf(reply, shape);
    if (misfit === undefined) return reply;
    const { path, found, expected } = misfit;
    const place = `$${path === '' || path.startsWith('[') ? '' : '.'}${path}`;
    throw new EngineError(
      'engine',
      say`The Docker Engine at ${formatEndpoint(this.#transport.endpoint)} answered "${call}" with a response that cannot be read: ${place} is of type ${found}, not ${expected}. Check which program is listening there.`,
    );
  }

  /** For what dockerode would read whole into memory, logs without `follow`, or has no method for. */
  stream(options: DialOptions): Promise<IncomingMessage> {
    return this.#transport.stream(this.#toRequest(options));
  }

  /** For calls that answer in their headers. */
  async headers(options: DialOptions): Promise<IncomingMessage['headers']> {
    return (await this.#transport.text(this.#toRequest(options))).headers;
  }

  hijack(options: DialOptions): Promise<Duplex> {
    return this.#transport.hijack(this.#toRequest(options));
  }

  #toRequest({
    path,
    method,
    options,
    abortSignal,
    file,
    apiVersion,
    ...rest
  }: DialOptions): TransportRequest {
    const { _query: query, _body: body, abortSignal: _, authconfig: __, ...plain } = options ?? {};
    const question = path.indexOf('?');
    const address = `/v${apiVersion ?? this.#version}${question < 0 ? path : path.slice(0, question)}`;
    const queryText = question < 0 ? '' : encodeQuery(isRecord(query) ? query : plain);
    const content =
      method !== 'POST' && method !== 'PUT'
        ? undefined
        : file === undefined
          ? encodeBody(body ?? plain)
          : file;
    return {
      ...(this.#answerWithin === 'never' ? {} : { answerWithin: this.#answerWithin }),
      method,
      path: queryText === '' ? address : `${address}?${queryText}`,
      headers: {
        ...rest.headers,
        ...(rest.authconfig === undefined ? {} : { 'X-Registry-Auth': rest.authconfig.base64 }),
        ...(rest.registryconfig === undefined ? {} : { 'X-Registry-Config': rest.registryconfig.base64 }),
        ...(file === undefined ? {} : { 'Content-Type': 'application/x-tar' }),
      },
      ...(content === undefined ? {} : { body: content }),
      signal: abortSignal ?? signalIn(options) ?? new AbortController().signal,
    };
  }
}

function encodeBody(body: unknown): string | undefined {
  const text = JSON.stringify(body);
  return text === '{}' ? undefined : text;
}

function encodeQuery(query: Readonly<Record<string, unknown>>): string {
  const plain: Record<string, string | number | boolean | readonly string[]> = recordOf();
  for (const [key, value] of Object.entries(query)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      plain[key] = value;
    else if (Array.isArray(value)) plain[key] = value.map(String);
    else if (value !== undefined && value !== null) plain[key] = JSON.stringify(value);
  }
  return stringify(plain);
}

function parseBody(body: string): string | object | null {
  if (body === '') return null;
  // Everything the Engine answers without streaming is JSON, but for `/_ping`. Half a reply from a proxy is not.
  if (!/^[[{"ntf\d]/.test(body) || body === 'OK') return body;
  try {
    return JSON.parse(body);
  } catch {
    throw new HttpError(502, 'the reply is not valid JSON');
  }
}

/** Some of dockerode's methods pass the signal on with the options only. */
function signalIn(options: DialOptions['options']): AbortSignal | undefined {
  return options?.abortSignal instanceof AbortSignal ? options.abortSignal : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
