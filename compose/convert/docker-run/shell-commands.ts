/** One simple command of a shell text: its words as a compose file would write them, and the text they stand for. */
export interface ShellCommand {
  /** `$NAME` and `${NAME}` stay for Compose to put in; a dollar sign that the shell takes literally is `$$`. */
  readonly words: readonly string[];
  /** As written, without continuations, for messages. */
  readonly text: string;
  /** Commands whose output the shell would have put into the words, as written; where the shell stands is known and not among them. */
  readonly substitutions: readonly string[];
}

/**
 * The commands of a text pasted from a terminal or a README: separated by line ends, `;`, `&&` and `|`, with comments, prompts, quotes, and lines that go on
 * after `\`, `^` or a backtick at their end. Never fails: a quote that is not closed ends with the text.
 */
export function shellCommands(text: string): readonly ShellCommand[] {
  const joined = text
    .replace(/\r\n?/g, '\n')
    .replace(prompt, '$1')
    // A comment between lines that go on ends the command for a shell; whoever wrote it meant otherwise.
    .replace(/((?:\\|\^|`)[ \t]*\n)(?:[ \t]*#[^\n]*\n)+/g, '$1')
    // sh, cmd and PowerShell each have a sign of their own for "goes on"; what is after it must be the next line.
    .replace(/[ \t]*(?:\\|\^|`)[ \t]*\n[ \t]*/g, ' ');
  return new Splitter(joined).commands();
}

/** `user@host:~$`, `PS C:\\>`, `C:\\work>` before a command. */
const prompt =
  /^[ \t]*(?:PS [^>\n]*>|[A-Za-z]:\\[^>\n]*>|(?:\([^)\n]*\)[ \t]*)?\[?[\w.-]+@[\w.-]+[^$#%\n]*[$#%])[ \t]*((?:sudo[ \t]|docker|podman|nerdctl)[^\n]*)/gm;

class Splitter {
  readonly #text: string;
  readonly #commands: ShellCommand[] = [];
  #at = 0;
  #begin = 0;
  #words: string[] = [];
  #word: string | undefined;
  #substitutions: string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  commands(): readonly ShellCommand[] {
    while (this.#at < this.#text.length) this.#step();
    this.#endCommand();
    return this.#commands;
  }

  #step(): void {
    const char = this.#text[this.#at] ?? '';
    if (char === '\n' || char === ';' || char === '&' || char === '|') this.#endCommand(1);
    else if (/\s/.test(char)) this.#endWord(1);
    else if (char === '#' && this.#word === undefined) this.#skipComment();
    else if (char === "'") this.#singleQuoted();
    else if (char === '"') this.#doubleQuoted();
    else if (char === '\\') this.#escaped();
    else if (char === '$') this.#dollar();
    else if (char === '`') this.#substitution('`', this.#at + 1);
    else this.#add(char, 1);
  }

  #add(text: string, length: number): void {
    this.#word = (this.#word ?? '') + text;
    this.#at += length;
  }

  #skipComment(): void {
    const end = this.#text.indexOf('\n', this.#at);
    const stop = end < 0 ? this.#text.length : end;
    // A comment is no part of the command's text.
    this.#endCommand();
    this.#at = stop;
    this.#begin = stop;
  }

  #singleQuoted(): void {
    const end = this.#indexOr("'", this.#at + 1);
    const literal = this.#text.slice(this.#at + 1, end);
    this.#add(literal.replaceAll('$', '$$$$'), end + 1 - this.#at);
  }

  #doubleQuoted(): void {
    this.#add('', 1);
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"') {
      const char = this.#text[this.#at] ?? '';
      const next = this.#text[this.#at + 1] ?? '';
      if (char === '\\' && '"\\$`\n'.includes(next)) this.#add(next === '$' ? '$$' : next, 2);
      else if (char === '$') this.#dollar();
      else if (char === '`') this.#substitution('`', this.#at + 1);
      else this.#add(char, 1);
    }
    this.#at += 1;
  }

  /** A Windows path has backslashes that mean themselves. */
  #escaped(): void {
    const next = this.#text[this.#at + 1] ?? '';
    if (/^[A-Za-z]:/.test(this.#word ?? '') && /[\w.]/.test(next)) this.#add('\\', 1);
    else if (/^(?:\$\{PWD\}|%cd%)/i.test(this.#word ?? '') && /[\w.]/.test(next)) this.#add('/', 1);
    else this.#add(next === '$' ? '$$' : next, 2);
  }

  #dollar(): void {
    const rest = this.#text.slice(this.#at);
    if (rest.startsWith('$(')) {
      this.#substitution(')', this.#at + 2);
      return;
    }
    const name = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/.exec(rest);
    if (name !== null) this.#add(`\${${name[1] ?? name[2]}}`, name[0].length);
    // With an operator: Compose has the same ones, by and large.
    else if (/^\$\{[A-Za-z_]\w*:?[-+?]/.test(rest))
      this.#add(rest.slice(0, rest.indexOf('}') + 1), rest.indexOf('}') + 1);
    else this.#add('$$', 1);
  }

  /** `$(pwd)` is where the compose file will be; another command's output is not known: it stays to be seen. */
  #substitution(closing: string, begin: number): void {
    const end = this.#indexOr(closing, begin);
    const command = this.#text.slice(begin, end).trim();
    const written = this.#text.slice(this.#at, end + 1);
    if (command !== 'pwd') this.#substitutions.push(written);
    this.#add(command === 'pwd' ? WORKING_DIRECTORY : written.replaceAll('$', '$$$$'), end + 1 - this.#at);
  }

  #indexOr(what: string, from: number): number {
    const index = this.#text.indexOf(what, from);
    return index < 0 ? this.#text.length : index;
  }

  #endWord(length = 0): void {
    if (this.#word !== undefined) this.#words.push(this.#word);
    this.#word = undefined;
    this.#at += length;
  }

  #endCommand(length = 0): void {
    this.#endWord();
    const words = withoutPrefix(this.#words);
    const text = this.#text.slice(this.#begin, this.#at).trim();
    if (words.length > 0) this.#commands.push({ words, text, substitutions: this.#substitutions });
    this.#words = [];
    this.#substitutions = [];
    this.#at += length;
    this.#begin = this.#at;
  }
}

/** Where the shell stands, in a word. Compose resolves a path that begins with `.` from the compose file's folder. */
export const WORKING_DIRECTORY = '${PWD}';

/** Without a prompt, `sudo` with its options, and variables set for the command. */
function withoutPrefix(words: readonly string[]): readonly string[] {
  let rest = words;
  for (;;) {
    const [first = '', option = ''] = rest;
    if (/^(?:sudo|doas)$/.test(first) && option.startsWith('-')) {
      rest = [first, ...rest.slice(/^-[ugpChT]$/.test(option) ? 3 : 2)];
      continue;
    }
    if (/^(?:\$\$|\$|>|%|PS>?|sudo|doas|time|exec|winpty)$/.test(first)) rest = rest.slice(1);
    else if (/^[A-Za-z_]\w*=/.test(first)) rest = rest.slice(1);
    else return rest;
  }
}
