import { registryOrigin } from '#compose/registry/address.ts';
import { boundedAnswer } from '#compose/registry/bounded-answer.ts';
import { manifestTypes } from '#compose/registry/manifest-types.ts';
import { type Answer, type Login, RegistrySession } from '#compose/registry/session.ts';
import { parseImageReference, versionOf } from '#compose/values/image-reference.ts';
import { RemoteFailure } from './remote-failure.ts';

/** In ms, for one request. */
const patience = 120_000;
/** In bytes. */
const partSize = 8_000_000;

/** Reads manifests and blobs of one repository (OCI distribution specification, "Pull"). Rejects with `RemoteFailure`, and not else. */
export class RegistryPull {
  /** A tag, or a digest with its algorithm. */
  readonly version: string;
  /** The name of the registry, as in an image's name. */
  readonly registry: string;
  readonly #path: string;
  readonly #session: RegistrySession<AbortSignal>;

  constructor(reference: string, login: Login | undefined, signal: AbortSignal) {
    const parsed = parseImageReference(reference);
    if (parsed.kind === 'error') throw new RemoteFailure(parsed.message);
    this.version = versionOf(parsed);
    this.registry = parsed.registry;
    this.#path = parsed.path;
    this.#session = new RegistrySession(
      {
        fetch: async (url, options) =>
          boundedAnswer(
            await fetch(url, {
              ...options,
              signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
            }),
            // What is no UTF-8 must keep its digest.
            (chunks) => Buffer.concat(chunks).toString('latin1'),
          ),
        URL,
        base64: (text) => Buffer.from(text).toString('base64'),
      },
      { origin: registryOrigin(parsed.registry), repository: this.#path, actions: 'pull', login },
      signal,
    );
  }

  /** The repository, without its registry. */
  get repository(): string {
    return this.#path;
  }

  manifest(version: string, most: number): Promise<Buffer> {
    return this.#get(`manifests/${version}`, most);
  }

  blob(digest: string, most: number): Promise<Buffer> {
    return this.#get(`blobs/${digest}`, most);
  }

  /**
   * A blob of `size` bytes in parts of at most 8 MB, one after the other, so that no more of it is in memory; all at once from a registry that does not
   * read in parts (HTTP Range).
   */
  async *blobParts(digest: string, size: number): AsyncGenerator<Buffer> {
    for (let from = 0; from < size; ) {
      const range = { range: `bytes=${from}-${Math.min(from + partSize, size) - 1}` };
      const part = await this.#get(`blobs/${digest}`, size - from, range);
      if (part.length === 0) throw new RemoteFailure(`${this.#path}@${digest}: ${from} < ${size}`);
      from += part.length;
      yield part;
    }
  }

  async #get(what: string, most: number, headers: Readonly<Record<string, string>> = {}): Promise<Buffer> {
    const answer = await this.#ask(what, headers);
    if (!answer.ok) throw new RemoteFailure(`${answer.status} ${this.#path}`);
    return Buffer.from(await answer.text(most), 'latin1');
  }

  async #ask(what: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const accept = [...manifestTypes, '*/*'].join(', ');
    try {
      return await this.#session.send('GET', `/v2/${this.#path}/${what}`, { accept, ...headers });
    } catch (error) {
      const { message, cause } = error instanceof Error ? error : new Error(String(error));
      throw new RemoteFailure(cause instanceof Error ? cause.message : message);
    }
  }
}
