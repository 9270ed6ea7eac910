import type { Span } from '../problem/span.ts';
import { recordOf } from '../values/record.ts';

/** A variable and where its value comes from. */
export interface Variable {
  readonly value: string;
  readonly from: VariableOrigin;
}

export type VariableOrigin =
  /** The process, the shell, or the user's settings. */
  | { readonly kind: 'environment' }
  /** An env file; `span` is the file, and the line where it is known. */
  | { readonly kind: 'file'; readonly path: string; readonly span: Span }
  /** Compose itself: `COMPOSE_PROJECT_NAME`. */
  | { readonly kind: 'compose' };

/** Variables for interpolation: names to values, as seen by one group of files. Immutable. */
export class Variables {
  readonly #values: ReadonlyMap<string, Variable>;
  readonly #anyCase: boolean;

  private constructor(values: ReadonlyMap<string, Variable>, anyCase: boolean) {
    this.#values = values;
    this.#anyCase = anyCase;
  }

  static of(environment: Readonly<Record<string, string>>, platform: 'posix' | 'windows'): Variables {
    const from: VariableOrigin = { kind: 'environment' };
    const values = Object.entries(environment).map(([name, value]) => [name, { value, from }] as const);
    return new Variables(new Map(values), platform === 'windows');
  }

  get(name: string): string | undefined {
    return this.variable(name)?.value;
  }

  /** On Windows the case of names does not matter. */
  variable(name: string): Variable | undefined {
    const exact = this.#values.get(name);
    if (exact !== undefined || !this.#anyCase) return exact;
    const lower = name.toLowerCase();
    for (const [other, variable] of this.#values) if (other.toLowerCase() === lower) return variable;
    return undefined;
  }

  /** With more variables; those that are set already stay. */
  withMissing(more: Iterable<readonly [string, Variable]>): Variables {
    return new Variables(new Map([...more, ...this.#values]), this.#anyCase);
  }

  with(name: string, variable: Variable): Variables {
    return new Variables(new Map([...this.#values, [name, variable]]), this.#anyCase);
  }

  toRecord(): Readonly<Record<string, string>> {
    return recordOf([...this.#values].map(([name, { value }]) => [name, value]));
  }
}
