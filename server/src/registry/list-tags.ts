import { dockerHub, type Repository } from './repository.ts';

/** The part of `fetch` that is used. */
export type Fetch = (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal },
) => Promise<FetchAnswer>;

export interface FetchAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** Pages of a registry that are read at most; each has up to a thousand tags, of Docker Hub's own interface a hundred. */
const mostPages = 5;
/** Characters of an answer beyond which it is not read. */
const mostCharacters = 4_000_000;

/**
 * The tags of a repository: of Docker Hub the newest, of any other registry all of the first pages (OCI distribution specification, "Listing tags").
 * Asks without a name or password, with a token where the registry wants one. Rejects when the registry cannot be reached or refuses.
 */
export async function listTags(
  fetch: Fetch,
  repository: Repository,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (repository.registry !== dockerHub) return distributionTags(fetch, repository, signal);
  try {
    return await hubTags(fetch, repository, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return distributionTags(fetch, repository, signal);
  }
}

/** Docker Hub's own interface knows which tags are new; the standard one begins with the oldest of thousands. */
async function hubTags(fetch: Fetch, { path }: Repository, signal: AbortSignal): Promise<readonly string[]> {
  const tags: string[] = [];
  for (let page = 1; page <= 2; page += 1) {
    const query = `page_size=100&page=${page}&ordering=last_updated`;
    const answer = await fetch(`https://hub.docker.com/v2/repositories/${path}/tags?${query}`, {
      headers: { accept: 'application/json' },
      signal,
    });
    if (!answer.ok) throw refusal(answer);
    const body = await bodyOf(answer);
    tags.push(...listIn(body.results).flatMap((each) => nameIn(each)));
    if (typeof body.next !== 'string') break;
  }
  return tags;
}

async function distributionTags(
  fetch: Fetch,
  { registry, path }: Repository,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const tags: string[] = [];
  let authorization: string | undefined;
  let url: string | undefined = `${registry}/v2/${path}/tags/list?n=1000`;
  for (let page = 0; url !== undefined && page < mostPages; page += 1) {
    const ask = (address: string) =>
      fetch(address, {
        headers: { accept: 'application/json', ...(authorization === undefined ? {} : { authorization }) },
        signal,
      });
    let answer = await ask(url);
    if (answer.status === 401 && authorization === undefined) {
      authorization = await bearer(fetch, answer.headers.get('www-authenticate') ?? '', registry, signal);
      answer = await ask(url);
    }
    if (!answer.ok) throw refusal(answer);
    tags.push(...listIn((await bodyOf(answer)).tags).filter((tag) => typeof tag === 'string'));
    url = nextPage(answer.headers.get('link'), url);
  }
  return tags;
}

/** A token for everybody, from the authority that a registry names (distribution specification, "Token Authentication"). */
async function bearer(
  fetch: Fetch,
  challenge: string,
  registry: string,
  signal: AbortSignal,
): Promise<string> {
  const wanted = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
  const realm = wanted.get('realm');
  if (!/^Bearer\b/i.test(challenge) || realm === undefined)
    throw new Error('The registry wants a name and a password.');
  const address = new URL(realm);
  // No token is asked for in clear text over a network.
  if (address.protocol !== 'https:' && !registry.startsWith('http:'))
    throw new Error('The registry names an authority without TLS.');
  for (const key of ['service', 'scope']) {
    const value = wanted.get(key);
    if (value !== undefined) address.searchParams.set(key, value);
  }
  const answer = await fetch(address.href, { headers: { accept: 'application/json' }, signal });
  if (!answer.ok) throw refusal(answer);
  const { token, access_token: accessToken } = await bodyOf(answer);
  const found = token ?? accessToken;
  if (typeof found !== 'string') throw new Error('The authority gave no token.');
  return `Bearer ${found}`;
}

/** The address in a `Link` header that leads on, within the same registry. */
function nextPage(link: string | null, from: string): string | undefined {
  const target = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
  if (target === undefined) return undefined;
  const next = new URL(target, from);
  return next.origin === new URL(from).origin ? next.href : undefined;
}

async function bodyOf(answer: FetchAnswer): Promise<Readonly<Record<string, unknown>>> {
  const text = await answer.text();
  if (text.length > mostCharacters) throw new Error('The answer is too long.');
  const body: unknown = JSON.parse(text);
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function nameIn(value: unknown): string[] {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'
    ? [value.name]
    : [];
}

function refusal({ status }: FetchAnswer): Error {
  return new Error(`The registry answered with status ${status}.`);
}
