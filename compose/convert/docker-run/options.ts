/** The options of one command line, in order, and what is left. */
export interface ReadOptions<Flag> {
  readonly options: readonly { readonly flag: Flag; readonly name: string; readonly value: string }[];
  /** What follows the options. */
  readonly rest: readonly string[];
  readonly unknown: readonly string[];
}

/** What a table of options says of each, as far as reading needs it. */
export interface OptionShape {
  /** One letter. */
  readonly short?: string;
  /** Takes no value; `--name=false` takes it back. */
  readonly isSwitch?: true;
}

/**
 * Reads options as the docker command does: `--name value`, `--name=value`, `-n value`, `-nvalue`, `-abc`, up to the first word that is none, or `--`.
 * A switch that is set to false is left out. `interspersed`: options may follow other words.
 */
export function readOptions<Flag extends OptionShape>(
  words: readonly string[],
  table: Readonly<Record<string, Flag>>,
  interspersed = false,
): ReadOptions<Flag> {
  const byLetter = new Map(
    Object.entries(table).flatMap(([name, flag]) =>
      flag.short === undefined ? [] : [[flag.short, name] as const],
    ),
  );
  const options: { flag: Flag; name: string; value: string }[] = [];
  const rest: string[] = [];
  const unknown: string[] = [];
  const take = (name: string, flag: Flag, value: string) => {
    if (flag.isSwitch !== true || value !== 'false') options.push({ flag, name, value });
  };
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? '';
    at += 1;
    if (word === '--') break;
    if (!word.startsWith('-') || word === '-') {
      rest.push(word);
      if (!interspersed) break;
    } else if (word.startsWith('--')) {
      const equals = word.indexOf('=');
      const name = word.slice(2, equals < 0 ? undefined : equals);
      const flag = Object.hasOwn(table, name) ? table[name] : undefined;
      if (flag === undefined) unknown.push(word);
      else if (equals >= 0) take(name, flag, word.slice(equals + 1));
      else if (flag.isSwitch) take(name, flag, 'true');
      else {
        take(name, flag, words[at] ?? '');
        at += 1;
      }
    } else {
      at = readLetters(word, at);
    }
  }
  return { options, rest: [...rest, ...words.slice(at)], unknown };

  /** `-dit`, `-p80:80`, `-p 80:80`, `-e=A=1`. Answers where to go on. */
  function readLetters(word: string, next: number): number {
    for (let letter = 1; letter < word.length; letter += 1) {
      const name = byLetter.get(word[letter] ?? '');
      const flag = name === undefined ? undefined : table[name];
      if (name === undefined || flag === undefined) {
        unknown.push(`-${word.slice(letter)}`);
        return next;
      }
      if (flag.isSwitch) {
        take(name, flag, 'true');
        continue;
      }
      const value = word.slice(letter + 1).replace(/^=/, '');
      take(name, flag, value === '' ? (words[next] ?? '') : value);
      return value === '' ? next + 1 : next;
    }
    return next;
  }
}
