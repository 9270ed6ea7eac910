import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { type Layer, digestOf } from './artifact.ts';

export interface RegistryLogin {
  readonly username: string;
  readonly password: string;
}

/** Where an artifact goes. */
export interface Repository {
  /** As the user wrote it. */
  readonly reference: string;
  readonly login: RegistryLogin | undefined;
  /** Speak without TLS also to a registry that is not on this machine. */
  readonly insecure: boolean;
}

/**
 * Sends blobs and manifests to a registry (OCI distribution specification, "Push"): Basic authentication, or a token from the authority it names. Rejects
 * with `EngineError`: `unreachable`, `pull-denied` without the right to write, `engine` with the registry's words.
 */
export class RegistryPush {
  readonly #repository: Repository;
  readonly #base: string;
  readonly #path: string;
  readonly #signal: AbortSignal;
  readonly tag: string;
  #authorization: string | undefined;

  constructor(repository: Repository, signal: AbortSignal) {
    const { host, path, tag } = split(repository.reference);
    const isLocal = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host);
    this.#repository = repository;
    this.#base = `${isLocal || repository.insecure ? 'http' : 'https'}://${host}`;
    this.#path = path;
    this.#signal = signal;
    this.tag = tag;
  }

  async blob({ content }: Pick<Layer, 'content'>): Promise<void> {
    const digest = digestOf(content);
    const known = await this.#ask('HEAD', `/v2/${this.#path}/blobs/${digest}`);
    if (known.ok) return;
    const begun = await this.#ask('POST', `/v2/${this.#path}/blobs/uploads/`);
    const location = begun.headers.get('location');
    if (!begun.ok || location === null) throw await this.#refusal(begun);
    const place = new URL(location, this.#base);
    place.searchParams.set('digest', digest);
    const stored = await this.#ask('PUT', place.href, content, 'application/octet-stream');
    if (!stored.ok) throw await this.#refusal(stored);
  }

  /** Under the tag. `false`: the registry does not take a manifest of this kind. */
  async manifest(content: Buffer, mediaType: string): Promise<boolean> {
    const stored = await this.#ask('PUT', `/v2/${this.#path}/manifests/${this.tag}`, content, mediaType);
    if (stored.ok) return true;
    if (stored.status >= 400 && stored.status < 500 && ![401, 403, 407].includes(stored.status)) return false;
    throw await this.#refusal(stored);
  }

  async #ask(method: string, address: string, body?: Buffer, type?: string): Promise<Response> {
    const url = address.startsWith('/') ? `${this.#base}${address}` : address;
    const send = () =>
      this.#fetch(url, {
        method,
        headers: {
          ...(this.#authorization === undefined ? {} : { authorization: this.#authorization }),
          ...(type === undefined ? {} : { 'content-type': type }),
        },
        ...(body === undefined ? {} : { body: new Uint8Array(body) }),
      });
    const answer = await send();
    if (answer.status !== 401 || this.#authorization !== undefined) return answer;
    await this.#authorize(answer.headers.get('www-authenticate') ?? '');
    return this.#authorization === undefined ? answer : await send();
  }

  async #authorize(challenge: string): Promise<void> {
    const { login } = this.#repository;
    const basic =
      login === undefined
        ? undefined
        : `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
    if (/^Basic\b/i.test(challenge)) {
      this.#authorization = basic;
      return;
    }
    const wanted = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
    const realm = wanted.get('realm');
    if (realm === undefined) return;
    const address = new URL(realm);
    // A password goes to nobody in clear text over a network.
    if (address.protocol !== 'https:' && !this.#base.startsWith('http:')) return;
    const service = wanted.get('service');
    if (service !== undefined) address.searchParams.set('service', service);
    address.searchParams.set('scope', `repository:${this.#path}:pull,push`);
    const answer = await this.#fetch(address.href, {
      headers: basic === undefined ? {} : { authorization: basic },
    });
    if (!answer.ok) throw await this.#refusal(answer);
    const body = (await answer.json()) as { readonly token?: string; readonly access_token?: string };
    const token = body.token ?? body.access_token;
    if (token !== undefined) this.#authorization = `Bearer ${token}`;
  }

  async #fetch(url: string, options: RequestInit): Promise<Response> {
    try {
      return await fetch(url, { ...options, signal: this.#signal });
    } catch (cause) {
      if (this.#signal.aborted) throw new EngineError('cancelled', say`Cancelled.`, { cause });
      throw new EngineError('unreachable', say`The registry ${this.#base} does not answer.`, { cause });
    }
  }

  async #refusal(answer: Response): Promise<EngineError> {
    const { reference } = this.#repository;
    if ([401, 403, 407].includes(answer.status))
      return new EngineError(
        'pull-denied',
        say`The registry does not let you write to ${reference}. Sign in to it with "docker login".`,
        { subject: reference },
      );
    const text = (await answer.text()).slice(0, 500);
    return new EngineError(
      'engine',
      say`The registry refused ${reference}: ${text === '' ? String(answer.status) : text}`,
      { subject: reference },
    );
  }
}

function split(reference: string): { readonly host: string; readonly path: string; readonly tag: string } {
  const slash = reference.indexOf('/');
  const first = slash < 0 ? '' : reference.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === 'localhost';
  const rest = isHost ? reference.slice(slash + 1) : reference;
  const [, name = rest, tag = 'latest'] = /^(.*?)(?::([\w][\w.-]*))?$/.exec(rest) ?? [];
  const isHub = !isHost || first === 'docker.io' || first === 'index.docker.io';
  return {
    host: isHub ? 'registry-1.docker.io' : first,
    path: isHub && !name.includes('/') ? `library/${name}` : name,
    tag,
  };
}
