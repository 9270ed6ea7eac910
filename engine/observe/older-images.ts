import type { EnginePort } from '../api/engine-port.ts';
import { EngineError } from '../api/engine-error.ts';
import { hasDigest } from '../project/has-digest.ts';

/** Milliseconds for which an answer counts, and for which a registry that gave none is left alone. */
const answered = 6 * 3_600_000;
const refused = 3_600_000;
/** References that are looked at; and how many that cannot be asked about, one after the other, end it: there is no network. */
const most = 60;
const patience = 3;

type Asked = Pick<EnginePort, 'inspectImage' | 'inspectRemoteImage'>;

/** Which images of an engine are older than what their registries have under the same names. Asks one after the other, and never of an image that was built here. */
export class OlderImages {
  readonly #now: () => number;
  /** What registries had, by reference, and until when that counts; without a digest they did not tell. */
  readonly #known = new Map<string, { readonly digest?: string; readonly until: number }>();
  #older: ReadonlySet<string> = new Set();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** In alphabetical order. */
  get references(): readonly string[] {
    return [...this.#older].sort();
  }

  has(reference: string): boolean {
    return this.#older.has(reference);
  }

  /** Looks anew, at these alone. Whether something is other than before. What cannot be asked counts as not older; rejects only as cancelled. */
  async look(engine: Asked, references: readonly string[], signal: AbortSignal): Promise<boolean> {
    const older = new Set<string>();
    let failures = 0;
    for (const reference of [...new Set(references)].slice(0, most)) {
      if (reference.includes('@')) continue;
      const local = await unlessRefused(engine.inspectImage(reference, signal));
      if (local === undefined || local.digests.length === 0) continue;
      let known = this.#known.get(reference);
      if (known === undefined || known.until < this.#now()) {
        if (failures >= patience) continue;
        const remote = await unlessRefused(engine.inspectRemoteImage(reference, signal));
        failures = remote === undefined ? failures + 1 : 0;
        known = {
          ...(remote !== undefined && { digest: remote.digest }),
          until: this.#now() + (remote === undefined ? refused : answered),
        };
        this.#known.delete(reference);
        this.#known.set(reference, known);
        if (this.#known.size > 4 * most) this.#known.delete([...this.#known.keys()][0] ?? '');
      }
      if (known.digest !== undefined && !hasDigest(local, known.digest)) older.add(reference);
    }
    const isSame = older.size === this.#older.size && [...older].every((each) => this.#older.has(each));
    this.#older = older;
    return !isSame;
  }
}

async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind === 'cancelled') throw error;
    return undefined;
  }
}
