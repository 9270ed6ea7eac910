import { KnownValues } from '#compose/check/secrets/masker.ts';
import { mostText, secretTexts } from '#compose/check/secrets/secret-texts.ts';
import { secretValues } from '#compose/check/secrets/secret-values.ts';
import type { FileSystem } from '#compose/load/host.ts';
import type { LoadedProject } from '#compose/load/request.ts';

/** The values of more than this are someone's data, not someone's secrets. */
const mostValues = 5000;

/**
 * The values of the projects that were loaded in this window, that nobody may see: one register for every outlet. A value stays when its project has
 * another: what runs may still have it.
 */
export class KnownSecrets {
  readonly #values = new Set<string>();
  #known: KnownValues | undefined;

  /** All that is known now, to look for in a text. */
  get values(): KnownValues {
    this.#known ??= new KnownValues(this.#values);
    return this.#known;
  }

  learn(values: Iterable<string>): void {
    for (const value of values) {
      if (value.length > mostText) continue;
      // To the end: what is still in use is forgotten last.
      if (!this.#values.delete(value)) this.#known = undefined;
      this.#values.add(value);
      const [oldest] = this.#values;
      if (this.#values.size > mostValues && oldest !== undefined) this.#values.delete(oldest);
    }
  }

  /** `files`: to read what the project's secrets hold with; none, where that may not be read. */
  async learnFrom(loaded: LoadedProject, files: FileSystem | undefined): Promise<void> {
    const held = files === undefined ? [] : await secretTexts(loaded, files);
    this.learn(secretValues(loaded, held));
  }

  /** As in a window that was just opened. */
  forget(): void {
    this.#values.clear();
    this.#known = undefined;
  }
}

/** The window's own. */
export const knownSecrets = new KnownSecrets();
