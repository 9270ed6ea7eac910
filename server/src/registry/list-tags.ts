import { manifestTypes } from '#compose/registry/manifest-types.ts';
import { registryOrigin } from '#compose/registry/address.ts';
import { type Answer, RegistrySession, type Fetch as RegistryFetch } from '#compose/registry/session.ts';
import { dockerHub } from '#compose/values/image-reference.ts';
import type { Repository } from './repository.ts';

/** How registries are reached: see `compose/registry` for what is guaranteed of passwords and tokens. */
export type Fetch = RegistryFetch<AbortSignal>;

/** Pages of a registry that are read at most; each has up to a thousand tags, of Docker Hub's own interface a hundred. */
const mostPages = 5;
/** In bytes. */
const longestPage = 4_000_000;

/**
 * The tags of a repository: of Docker Hub the newest, of any other registry all of the first pages (OCI distribution specification, "Listing tags").
 * Asks without a name or password, with a token where the registry wants one. Rejects when the registry cannot be reached or refuses.
 */
export async function listTags(
  fetch: Fetch,
  repository: Repository,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (repository.registry !== registryOrigin(dockerHub)) return distributionTags(fetch, repository, signal);
  try {
    return await hubTags(fetch, repository, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return distributionTags(fetch, repository, signal);
  }
}

/** The digest that a tag stands for (OCI distribution specification, "Checking if content exists in the registry"). Rejects when the registry does not say. */
export async function digestOf(
  fetch: Fetch,
  { registry, path }: Repository,
  tag: string,
  signal: AbortSignal,
): Promise<string> {
  const session = sessionOf(fetch, registry, path, signal);
  const answer = await session.send('HEAD', `${registry}/v2/${path}/manifests/${tag}`, {
    accept: manifestTypes.join(', '),
  });
  const digest = answer.headers.get('docker-content-digest') ?? '';
  if (!answer.ok || !/^sha256:[a-f0-9]{64}$/.test(digest))
    throw new Error(`The registry answered with status ${answer.status}.`);
  return digest;
}

/** Docker Hub's own interface knows which tags are new; the standard one begins with the oldest of thousands. */
async function hubTags(fetch: Fetch, { path }: Repository, signal: AbortSignal): Promise<readonly string[]> {
  const session = sessionOf(fetch, 'https://hub.docker.com', path, signal);
  const tags: string[] = [];
  for (let page = 1; page <= 2; page += 1) {
    const query = `page_size=100&page=${page}&ordering=last_updated`;
    const body = await ask(session, `/v2/repositories/${path}/tags?${query}`);
    tags.push(...listIn(body.content.results).flatMap((each) => nameIn(each)));
    if (typeof body.content.next !== 'string') break;
  }
  return tags;
}

async function distributionTags(
  fetch: Fetch,
  { registry, path }: Repository,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const session = sessionOf(fetch, registry, path, signal);
  const tags: string[] = [];
  let url: string | undefined = `${registry}/v2/${path}/tags/list?n=1000`;
  for (let page = 0; url !== undefined && page < mostPages; page += 1) {
    const { content, link } = await ask(session, url);
    tags.push(...listIn(content.tags).filter((tag) => typeof tag === 'string'));
    url = nextPage(link, url);
  }
  return tags;
}

/** As anybody: no name or password is known here. */
function sessionOf(
  fetch: Fetch,
  origin: string,
  repository: string,
  signal: AbortSignal,
): RegistrySession<AbortSignal> {
  const wire = {
    fetch,
    URL,
    base64: (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text))),
  };
  return new RegistrySession(wire, { origin, repository, actions: 'pull' }, signal);
}

async function ask(
  session: RegistrySession<AbortSignal>,
  url: string,
): Promise<{ readonly content: Readonly<Record<string, unknown>>; readonly link: string | null }> {
  const answer = await session.send('GET', url, { accept: 'application/json' });
  if (!answer.ok) throw new Error(`The registry answered with status ${answer.status}.`);
  return { content: await bodyOf(answer), link: answer.headers.get('link') };
}

/** The address in a `Link` header that leads on, within the same registry. */
function nextPage(link: string | null, from: string): string | undefined {
  const target = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
  if (target === undefined) return undefined;
  const next = new URL(target, from);
  return next.origin === new URL(from).origin ? next.href : undefined;
}

async function bodyOf(answer: Answer): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = JSON.parse(await answer.text(longestPage));
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
