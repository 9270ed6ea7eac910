import { parseChallenges } from './challenge.ts';

/** The part of `fetch` that is used. It must follow no redirect, and reject when `signal` aborts. */
export type Fetch<Signal> = (
  url: string,
  options: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly redirect: 'manual';
    readonly signal: Signal;
    readonly body?: Uint8Array<ArrayBuffer>;
  },
) => Promise<Answer>;

export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** The whole body; rejects when it has more bytes than `most`, and reads no further. */
  text(most: number): Promise<string>;
}

/** The world outside, as far as a registry is concerned. `URL` is the one that `fetch` uses too, so that both mean the same host. */
export interface Wire<Signal> {
  readonly fetch: Fetch<Signal>;
  readonly URL: new (text: string, base?: string) => Address;
  /** Base64 of a text's UTF-8. */
  readonly base64: (text: string) => string;
}

export interface Address {
  readonly href: string;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly searchParams: { set(name: string, value: string): void };
}

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** What is asked of which registry, and by whom. */
export interface RegistryAccess {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly repository: string;
  readonly actions: 'pull' | 'pull,push';
  /** Absent: as anybody. */
  readonly login?: Login | undefined;
}

/** Why a registry is not asked any further. */
export class RegistryRefusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.name = 'RegistryRefusal';
    this.reason = reason;
  }
}

/**
 * `login-needed`: a name and a password are wanted, and none, or not the right ones, are known. `foreign-authority`: they are wanted by somebody else than
 * the registry. `no-token`: the authority gave none. `redirect`: an answer leads out of TLS, nowhere, or round in circles.
 */
export type RefusalReason = 'login-needed' | 'foreign-authority' | 'no-token' | 'redirect';

const mostRedirects = 5;
/** Bytes. */
const longestTokenAnswer = 100_000;

/**
 * Requests to a registry (OCI distribution specification), with a token from the authority that it names where it wants one, or with the password where it
 * wants that.
 *
 * Guaranteed: a token or password that is for the registry goes to its origin (scheme, host, port) and nowhere else, whatever a `Location`, a redirect or a link
 * says. The password goes to a token authority only if that is the registry's own origin, or speaks TLS and belongs to the same domain. A token is asked for
 * this repository and these actions alone, not for what the registry asks for. Nothing goes from TLS to clear text.
 */
export class RegistrySession<Signal> {
  readonly #wire: Wire<Signal>;
  readonly #access: RegistryAccess;
  readonly #signal: Signal;
  #authorization: string | undefined;

  constructor(wire: Wire<Signal>, access: RegistryAccess, signal: Signal) {
    this.#wire = wire;
    this.#access = access;
    this.#signal = signal;
  }

  /** `address`: absolute, or a path of the registry. Rejects with {@link RegistryRefusal}, and as `fetch` does. */
  async send(
    method: string,
    address: string,
    headers: Readonly<Record<string, string>> = {},
    body?: Uint8Array<ArrayBuffer>,
  ): Promise<Answer> {
    const url = this.#resolve(address, this.#access.origin);
    const send = () => this.#follow(method, url, headers, body);
    const answer = await send();
    // Only the registry itself can ask who one is. A token may have run out meanwhile.
    if (answer.status !== 401 || !this.#isRegistry(url)) return answer;
    const before = this.#authorization;
    this.#authorization = await this.#authorize(answer.headers.get('www-authenticate') ?? '');
    return this.#authorization === before ? answer : send();
  }

  async #follow(
    method: string,
    from: Address,
    headers: Readonly<Record<string, string>>,
    body?: Uint8Array<ArrayBuffer>,
  ): Promise<Answer> {
    let url = from;
    for (let count = 0; count <= mostRedirects; count += 1) {
      const authorization = this.#isRegistry(url) ? this.#authorization : undefined;
      const answer = await this.#wire.fetch(url.href, {
        method,
        headers: { ...headers, ...(authorization !== undefined && { authorization }) },
        redirect: 'manual',
        signal: this.#signal,
        ...(body !== undefined && { body }),
      });
      const location = answer.headers.get('location');
      if (![301, 302, 303, 307, 308].includes(answer.status) || location === null) return answer;
      // What is read may be elsewhere; what is written goes where it was sent.
      if (method !== 'GET' && method !== 'HEAD') return answer;
      url = this.#resolve(location, url.href);
    }
    throw new RegistryRefusal('redirect', 'The registry redirects without end.');
  }

  async #authorize(header: string): Promise<string> {
    const { login, origin, repository, actions } = this.#access;
    const challenges = parseChallenges(header);
    const basic = login && `Basic ${this.#wire.base64(`${login.username}:${login.password}`)}`;
    const realm = challenges.find(({ scheme }) => scheme === 'bearer')?.parameters;
    const authority = realm?.get('realm');
    if (authority === undefined) {
      if (basic === undefined || !challenges.some(({ scheme }) => scheme === 'basic'))
        throw new RegistryRefusal('login-needed', 'The registry wants a name and a password.');
      return basic;
    }
    const address = this.#resolve(authority, origin);
    if (login !== undefined && !this.#mayHavePassword(address))
      throw new RegistryRefusal(
        'foreign-authority',
        `The registry ${origin} asks for the password to be sent to ${address.origin}, which is not its own. It was not sent.`,
      );
    const service = realm?.get('service');
    if (service !== undefined) address.searchParams.set('service', service);
    address.searchParams.set('scope', `repository:${repository}:${actions}`);
    return `Bearer ${await this.#askToken(address, basic)}`;
  }

  async #askToken(address: Address, authorization: string | undefined): Promise<string> {
    const answer = await this.#wire.fetch(address.href, {
      method: 'GET',
      headers: { accept: 'application/json', ...(authorization !== undefined && { authorization }) },
      redirect: 'manual',
      signal: this.#signal,
    });
    if (answer.status === 401 || answer.status === 403)
      throw new RegistryRefusal('login-needed', `The authority answered with status ${answer.status}.`);
    const found = answer.ok ? tokenIn(await answer.text(longestTokenAnswer).catch(() => '')) : undefined;
    if (found === undefined)
      throw new RegistryRefusal('no-token', `The authority gave no token (status ${answer.status}).`);
    return found;
  }

  #mayHavePassword(authority: Address): boolean {
    const registry = new this.#wire.URL(this.#access.origin);
    if (authority.origin === registry.origin) return true;
    return authority.protocol === 'https:' && isSameDomain(registry.hostname, authority.hostname);
  }

  #isRegistry(url: Address): boolean {
    return url.origin === new this.#wire.URL(this.#access.origin).origin;
  }

  /** Where somebody's answer leads. */
  #resolve(text: string, from: string): Address {
    const to = this.#parse(text, from);
    if (to?.protocol === 'https:' || (to?.protocol === 'http:' && from.startsWith('http:'))) return to;
    throw new RegistryRefusal(
      'redirect',
      `${from} leads to ${text}, which is no address, or one without TLS.`,
    );
  }

  #parse(text: string, base: string): Address | undefined {
    try {
      return new this.#wire.URL(text, base);
    } catch {
      return undefined;
    }
  }
}

/** Whether both are below the domain that the registry stands in: `registry.example.com` and `auth.example.com`. */
function isSameDomain(registry: string, authority: string): boolean {
  if (registry === authority) return true;
  const parts = registry.split('.');
  // Addresses have no domain, and what is above two names may be anybody's.
  if (/^[\d.]+$|^\[/.test(registry)) return false;
  const domain = parts.length > 2 ? parts.slice(1).join('.') : registry;
  return parts.length > 1 && (authority === domain || authority.endsWith(`.${domain}`));
}

function tokenIn(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null) return undefined;
    const { token, access_token: accessToken } = body as {
      readonly token?: unknown;
      readonly access_token?: unknown;
    };
    const found = token ?? accessToken;
    // It becomes part of a header.
    return typeof found === 'string' && /^[\x21-\x7e]+$/.test(found) ? found : undefined;
  } catch {
    return undefined;
  }
}
