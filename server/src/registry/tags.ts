import type { Fetch } from './list-tags.ts';
import { digestOf, listTags } from './list-tags.ts';
import { type Repository, repositoryOf } from './repository.ts';

/** What is known of the tags of an image. */
export interface KnownTags {
  readonly repository: Repository;
  /** The newest versions first. */
  readonly tags: readonly string[];
  /** Milliseconds since they were asked for. */
  readonly age: number;
}

/** The outside world, as far as tags need it. */
export interface TagsHost {
  readonly fetch: Fetch;
  /** Milliseconds since some moment, the same one from one start to the next. */
  readonly now: () => number;
  /** Texts that outlive the process; absent where there is no place for them. */
  readonly store?: {
    read(key: string): Promise<string | undefined>;
    write(key: string, text: string): Promise<void>;
  };
  /** Called when what was only glanced at has come, once for all that was waiting. */
  readonly onNews?: () => void;
}

const hour = 3_600_000;
/** Older ones are shown and asked for again. */
const freshFor = 6 * hour;
/** A registry that did not answer, or a repository that it does not give, is left alone for so long. */
const pauseAfterFailure = 5 * 60_000;
/** Milliseconds that a registry has to answer. */
const patience = 10_000;
/** Repositories that wait to be asked about while nobody waits for them. */
const mostWaiting = 100;

/**
 * The tags that registries have, kept in memory and on the disk. Whoever asks gets what is known at once; what is missing is fetched beside it,
 * one repository at a time: who asks for another one has typed on. What is only glanced at takes its turn in a queue. A registry that cannot be reached is
 * not mentioned.
 */
export class Tags {
  readonly #host: TagsHost;
  readonly #known = new Map<string, { tags: readonly string[]; at: number }>();
  /** By repository: its registry answered, but had no tags of it to give. */
  readonly #refusedAt = new Map<string, number>();
  /** By registry: nothing came back. */
  readonly #unreachableAt = new Map<string, number>();
  #running:
    | { readonly name: string; readonly abort: AbortController; readonly done: Promise<void> }
    | undefined;

  /** What was glanced at and waits, by name. */
  readonly #waiting = new Map<string, Repository>();
  readonly #looked = new Set<string>();
  #glance: AbortController | undefined;
  #hasNews = false;

  constructor(host: TagsHost) {
    this.#host = host;
  }

  /** What is known already; what is not, or is old, begins to be fetched. */
  async known(image: string): Promise<KnownTags | undefined> {
    const repository = repositoryOf(image);
    if (repository === undefined) return undefined;
    const found = this.#known.get(repository.name) ?? (await this.#stored(repository));
    const age = found === undefined ? Number.POSITIVE_INFINITY : this.#host.now() - found.at;
    if (age > freshFor) this.#begin(repository);
    return found === undefined ? undefined : { repository, tags: found.tags, age };
  }

  /** What is known already, for a remark that nobody waits for: what is missing or old is fetched when its turn comes, and announced by `onNews`. */
  async glance(image: string): Promise<KnownTags | undefined> {
    const repository = repositoryOf(image);
    if (repository === undefined) return undefined;
    const { name } = repository;
    // The disk is asked once: a remark is looked for at every keystroke.
    const isFirst = !this.#looked.has(name);
    this.#looked.add(name);
    const found = this.#known.get(name) ?? (isFirst ? await this.#stored(repository) : undefined);
    const age = found === undefined ? Number.POSITIVE_INFINITY : this.#host.now() - found.at;
    if (age > freshFor && this.#waiting.size < mostWaiting && !this.#isPaused(repository)) {
      this.#waiting.set(name, repository);
      void this.#fetchWaiting();
    }
    return found === undefined ? undefined : { repository, tags: found.tags, age };
  }

  /** The digest that a tag stands for at its registry now. Rejects when the registry does not say. */
  digest(image: string, tag: string): Promise<string> {
    const repository = repositoryOf(image);
    if (repository === undefined) throw new Error(`${image} is no image.`);
    return digestOf(this.#host.fetch, repository, tag, AbortSignal.timeout(patience));
  }

  /** Resolves when what is being fetched for an image has come, or will not. */
  async settled(image: string): Promise<void> {
    if (this.#running?.name === repositoryOf(image)?.name) await this.#running?.done;
  }

  /** Whether something is on its way for an image. */
  isFetching(image: string): boolean {
    return this.#running !== undefined && this.#running.name === repositoryOf(image)?.name;
  }

  /** Stops what is on its way. */
  cancel(): void {
    this.#running?.abort.abort();
    this.#running = undefined;
  }

  /** Stops everything, and forgets what is waiting. */
  stop(): void {
    this.cancel();
    this.#waiting.clear();
    this.#glance?.abort();
  }

  /** One after the other, beside what a person waits for. */
  async #fetchWaiting(): Promise<void> {
    if (this.#glance !== undefined) return;
    const abort = new AbortController();
    this.#glance = abort;
    for (const [name, repository] of this.#waiting) {
      const before = this.#known.get(name)?.tags.join();
      // Without a network, the first of a hundred says it for all.
      if (!this.#isPaused(repository)) await this.#fetch(repository, abort.signal);
      this.#waiting.delete(name);
      this.#hasNews ||= this.#known.get(name)?.tags.join() !== before;
      if (abort.signal.aborted) break;
    }
    this.#glance = undefined;
    if (!this.#hasNews || abort.signal.aborted) return;
    this.#hasNews = false;
    this.#host.onNews?.();
  }

  #isPaused({ name, registry }: Repository): boolean {
    const isRecent = (at = Number.NEGATIVE_INFINITY) => this.#host.now() - at < pauseAfterFailure;
    return isRecent(this.#refusedAt.get(name)) || isRecent(this.#unreachableAt.get(registry));
  }

  #begin(repository: Repository): void {
    const { name } = repository;
    if (this.#running?.name === name) return;
    if (this.#isPaused(repository)) return;
    this.cancel();
    const abort = new AbortController();
    const done = this.#fetch(repository, abort.signal).finally(() => {
      if (this.#running?.abort === abort) this.#running = undefined;
    });
    this.#running = { name, abort, done };
  }

  async #fetch(repository: Repository, signal: AbortSignal): Promise<void> {
    const { name, registry } = repository;
    let hasAnswered = false;
    const fetch: Fetch = async (...request) => {
      const answer = await this.#host.fetch(...request);
      hasAnswered = true;
      return answer;
    };
    try {
      const tags = await listTags(
        fetch,
        repository,
        AbortSignal.any([signal, AbortSignal.timeout(patience)]),
      );
      const entry = { tags: newestFirst(tags), at: this.#host.now() };
      this.#known.set(name, entry);
      await this.#host.store?.write(name, JSON.stringify(entry));
    } catch {
      if (signal.aborted) return;
      if (hasAnswered) this.#refusedAt.set(name, this.#host.now());
      else this.#unreachableAt.set(registry, this.#host.now());
    }
  }

  async #stored({ name }: Repository): Promise<{ tags: readonly string[]; at: number } | undefined> {
    const text = await this.#host.store?.read(name).catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value !== 'object' || value === null || !('tags' in value) || !('at' in value))
        return undefined;
      const { tags, at } = value;
      if (!Array.isArray(tags) || typeof at !== 'number') return undefined;
      const entry = { tags: tags.filter((tag) => typeof tag === 'string'), at };
      this.#known.set(name, entry);
      return entry;
    } catch {
      return undefined;
    }
  }
}

/** `latest`, then numbers from high to low, then words. */
function newestFirst(tags: readonly string[]): readonly string[] {
  const collator = new Intl.Collator('en', { numeric: true });
  const group = (tag: string) => (tag === 'latest' ? 0 : /^v?\d/.test(tag) ? 1 : 2);
  return [...new Set(tags)].sort(
    (a, b) => group(a) - group(b) || (group(a) === 1 ? collator.compare(b, a) : collator.compare(a, b)),
  );
}
