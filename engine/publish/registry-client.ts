import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { registryOrigin } from '#compose/registry/address.ts';
import { boundedAnswer } from '#compose/registry/bounded-answer.ts';
import { type Answer, type Login, RegistryRefusal, RegistrySession } from '#compose/registry/session.ts';
import { parseImageReference, versionOf } from '#compose/values/image-reference.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { type Layer, digestOf } from './artifact.ts';

/** Where an artifact goes. */
export interface Repository {
  /** As the user wrote it. */
  readonly reference: string;
  readonly login: Login | undefined;
  /** Speak without TLS also to a registry that is not on this machine. */
  readonly insecure: boolean;
}

/** In ms, for one request; what is sent is small. */
const patience = 300_000;
/** In bytes. */
const longestRefusal = 64_000;
const binary = 'application/octet-stream';

/**
 * Sends blobs and manifests to a registry (OCI distribution specification, "Push"): with Basic authentication, or a token from the authority it names. What
 * is guaranteed of the password is in `compose/registry`. Rejects with `EngineError`: `unreachable`, `pull-denied` without the right to write, `invalid` for
 * what is no reference, `engine` with the registry's words.
 */
export class RegistryPush {
  readonly #repository: Repository;
  readonly #origin: string;
  readonly #path: string;
  readonly #signal: AbortSignal;
  readonly #session: RegistrySession<AbortSignal>;
  readonly tag: string;
  /** The name of the registry, as in an image's name. */
  readonly registry: string;

  constructor(repository: Repository, signal: AbortSignal) {
    const { reference, login, insecure } = repository;
    const parsed = parseImageReference(reference);
    if (parsed.kind === 'error')
      throw new EngineError('invalid', formatPhrase(parsed.message), { subject: reference });
    this.#repository = repository;
    this.#origin = registryOrigin(parsed.registry, insecure);
    this.registry = parsed.registry;
    this.#path = parsed.path;
    this.#signal = signal;
    this.tag = versionOf(parsed);
    this.#session = new RegistrySession(
      {
        fetch: async (url, options) =>
          boundedAnswer(
            await fetch(url, {
              ...options,
              signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
            }),
            (chunks) => Buffer.concat(chunks).toString('utf8'),
          ),
        URL,
        base64: (text) => Buffer.from(text).toString('base64'),
      },
      { origin: this.#origin, repository: this.#path, actions: 'pull,push', login },
      signal,
    );
  }

  async blob({ content }: Pick<Layer, 'content'>): Promise<void> {
    const digest = digestOf(content);
    if (await this.has(digest)) return;
    const place = await this.#begin();
    place.searchParams.set('digest', digest);
    const stored = await this.#ask('PUT', place.href, content, binary);
    if (!stored.ok) throw await this.#refusal(stored);
  }

  /** Whether the repository has this blob. */
  async has(digest: string): Promise<boolean> {
    return (await this.#ask('HEAD', `/v2/${this.#path}/blobs/${digest}`)).ok;
  }

  /** Has a blob of another repository of the same registry count as this one's too. `false`: the registry does not do that. */
  async mount(digest: string, from: string): Promise<boolean> {
    const query = new URLSearchParams({ mount: digest, from });
    return (await this.#ask('POST', `/v2/${this.#path}/blobs/uploads/?${query}`)).status === 201;
  }

  /** A blob in parts, none of which is kept. */
  async blobParts(digest: string, parts: AsyncIterable<Buffer>): Promise<void> {
    let place = await this.#begin();
    let at = 0;
    for await (const part of parts) {
      const range = { 'content-range': `${at}-${at + part.length - 1}` };
      const taken = await this.#ask('PATCH', place.href, part, binary, range);
      if (!taken.ok) throw await this.#refusal(taken);
      at += part.length;
      place = this.#placeOf(taken.headers.get('location') ?? place.href);
    }
    place.searchParams.set('digest', digest);
    const stored = await this.#ask('PUT', place.href);
    if (!stored.ok) throw await this.#refusal(stored);
  }

  async #begin(): Promise<URL> {
    const begun = await this.#ask('POST', `/v2/${this.#path}/blobs/uploads/`);
    const location = begun.headers.get('location');
    if (!begun.ok || location === null) throw await this.#refusal(begun);
    return this.#placeOf(location);
  }

  /** Under the tag, or the digest that is given. `false`: the registry does not take a manifest of this kind. */
  async manifest(content: Buffer, mediaType: string, version = this.tag): Promise<boolean> {
    const stored = await this.#ask('PUT', `/v2/${this.#path}/manifests/${version}`, content, mediaType);
    if (stored.ok) return true;
    if (stored.status >= 400 && stored.status < 500 && ![401, 403, 407].includes(stored.status)) return false;
    throw await this.#refusal(stored);
  }

  #placeOf(location: string): URL {
    try {
      return new URL(location, this.#origin);
    } catch (cause) {
      throw this.#refused(location, cause);
    }
  }

  async #ask(
    method: string,
    address: string,
    body?: Buffer,
    type?: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const headers = { ...(type !== undefined && { 'content-type': type }), ...more };
    try {
      return await this.#session.send(method, address, headers, body && new Uint8Array(body));
    } catch (cause) {
      if (this.#signal.aborted) throw new EngineError('cancelled', say`Canceled.`, { cause });
      if (!(cause instanceof RegistryRefusal))
        throw new EngineError('unreachable', say`The registry ${this.#origin} is not responding.`, { cause });
      throw cause.reason === 'login-needed' ? this.#denied() : this.#refused(cause.message, cause);
    }
  }

  async #refusal(answer: Answer): Promise<EngineError> {
    if ([401, 403, 407].includes(answer.status)) return this.#denied();
    const text = (await answer.text(longestRefusal).catch(() => '')).slice(0, 500);
    return this.#refused(text === '' ? String(answer.status) : text);
  }

  #denied(): EngineError {
    const { reference } = this.#repository;
    return new EngineError(
      'pull-denied',
      say`The registry does not let you write to ${reference}. Sign in to it with "docker login".`,
      { subject: reference },
    );
  }

  #refused(why: string, cause?: unknown): EngineError {
    const { reference } = this.#repository;
    return new EngineError('engine', say`The registry refused ${reference}: ${why}`, {
      subject: reference,
      cause,
    });
  }
}
