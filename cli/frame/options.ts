import { CommandError } from './command-error.ts';

export interface OptionSpec {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** `list`: may be given several times. */
  readonly type: 'flag' | 'text' | 'list' | 'number';
  readonly description: string;
  /** For the help text: what kind of value (`string`, `int`, `stringArray`). */
  readonly value?: string;
  readonly default?: string;
  /** Accepted and not listed in the help text. */
  readonly hidden?: boolean;
  /** Docker Compose has it and this has not: it is refused by name, for this reason. */
  readonly refused?: string;
}

/** The options given, by their long names. Asking for one that the command does not declare is a bug, and throws. */
export class OptionValues {
  readonly #specs: ReadonlyMap<string, OptionSpec>;
  readonly #values = new Map<string, string[]>();

  constructor(specs: readonly OptionSpec[]) {
    this.#specs = new Map(specs.map((spec) => [spec.name, spec]));
  }

  /** Whether the command has such an option. */
  declares(name: string): boolean {
    return this.#specs.has(name);
  }

  /** Whether it was given at all. */
  has(name: string): boolean {
    this.#spec(name, undefined);
    return this.#values.has(name);
  }

  flag(name: string): boolean {
    const spec = this.#spec(name, 'flag');
    return isTrue(this.#values.get(name)?.at(-1) ?? spec.default ?? 'false');
  }

  text(name: string): string | undefined {
    const spec = this.#spec(name, 'text');
    return this.#values.get(name)?.at(-1) ?? spec.default;
  }

  list(name: string): readonly string[] {
    this.#spec(name, 'list');
    return this.#values.get(name) ?? [];
  }

  number(name: string): number | undefined {
    const spec = this.#spec(name, 'number');
    const text = this.#values.get(name)?.at(-1) ?? spec.default;
    return text === undefined ? undefined : Number(text);
  }

  /** Refuses a value of the wrong kind. */
  add(spec: OptionSpec, value: string): void {
    const wrong =
      spec.type === 'number' ? noNumber(value) : spec.type === 'flag' ? noBoolean(value) : undefined;
    if (wrong !== undefined) throw badArgument(spec, value, wrong);
    if (spec.refused !== undefined && (spec.type !== 'flag' || isTrue(value)))
      throw new CommandError(`${nameOf(spec)} is not supported: ${spec.refused}`);
    const values = this.#values.get(spec.name);
    if (values === undefined) this.#values.set(spec.name, [value]);
    else values.push(value);
  }

  #spec(name: string, type: OptionSpec['type'] | undefined): OptionSpec {
    const spec = this.#specs.get(name);
    if (spec === undefined || (type !== undefined && spec.type !== type))
      throw new Error(`the command declares no option "${name}" of type ${type ?? 'any'}`);
    return spec;
  }
}

/**
 * Options as Docker's command line reads them: `--name value`, `--name=value`, `-n value`, `-nvalue`, `-n=value`, flags together (`-it`), `--` ends them.
 * With `interspersed` false the first argument ends them too.
 */
export function parseOptions(
  words: readonly string[],
  specs: readonly OptionSpec[],
  { interspersed }: { readonly interspersed: boolean },
): { readonly values: OptionValues; readonly rest: readonly string[] } {
  const values = new OptionValues(specs);
  const rest: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const next = () => {
      at++;
      return words[at];
    };
    if (word === '--') {
      rest.push(...words.slice(at + 1));
      break;
    }
    if (word.startsWith('--')) parseLong(word, specs, values, next);
    else if (word.startsWith('-') && word !== '-') parseShort(word, specs, values, next);
    else if (interspersed) rest.push(word);
    else {
      rest.push(...words.slice(at));
      break;
    }
  }
  return { values, rest };
}

function parseLong(
  word: string,
  specs: readonly OptionSpec[],
  values: OptionValues,
  next: () => string | undefined,
): void {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
  const spec = specs.find((each) => each.name === name);
  if (spec === undefined) throw new CommandError(`unknown flag: --${name}`);
  if (equals >= 0) values.add(spec, word.slice(equals + 1));
  else if (spec.type === 'flag') values.add(spec, 'true');
  else values.add(spec, required(next(), `--${name}`));
}

function parseShort(
  word: string,
  specs: readonly OptionSpec[],
  values: OptionValues,
  next: () => string | undefined,
): void {
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] ?? '';
    const spec = specs.find(({ short }) => short === letter);
    if (spec === undefined) throw new CommandError(`unknown shorthand flag: '${letter}' in ${word}`);
    const attached = word.slice(at + 1);
    if (spec.type === 'flag') {
      if (!attached.startsWith('=')) {
        values.add(spec, 'true');
        continue;
      }
      values.add(spec, attached.slice(1));
    } else if (attached === '') values.add(spec, required(next(), `'${letter}' in ${word}`));
    else values.add(spec, /^=./s.test(attached) ? attached.slice(1) : attached);
    return;
  }
}

function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new CommandError(`flag needs an argument: ${name}`);
  return value;
}

/** In the words of Docker Compose. */
export function badArgument(
  spec: Pick<OptionSpec, 'name' | 'short'>,
  value: string,
  reason: string,
): CommandError {
  return new CommandError(
    `invalid argument ${JSON.stringify(value)} for ${JSON.stringify(nameOf(spec))} flag: ${reason}`,
  );
}

function noNumber(value: string): string | undefined {
  if (isWholeNumber(value)) return undefined;
  return noParse('ParseInt', value, /^[+-]?\d+$/.test(value));
}

function noBoolean(value: string): string | undefined {
  return isBoolean(value) ? undefined : noParse('ParseBool', value, false);
}

/** As Go says it of a text that is no number of the kind, or too large a one. */
export function noParse(parser: string, text: string, outOfRange: boolean): string {
  return `strconv.${parser}: parsing ${JSON.stringify(text)}: ${outOfRange ? 'value out of range' : 'invalid syntax'}`;
}

function nameOf({ name, short }: Pick<OptionSpec, 'name' | 'short'>): string {
  return short === undefined ? `--${name}` : `-${short}, --${name}`;
}

/** One that is kept whole. */
function isWholeNumber(text: string): boolean {
  return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text));
}

/** Go's spellings. */
function isTrue(text: string): boolean {
  return /^(?:1|t|true)$/i.test(text);
}

function isBoolean(text: string): boolean {
  return isTrue(text) || /^(?:0|f|false)$/i.test(text);
}
