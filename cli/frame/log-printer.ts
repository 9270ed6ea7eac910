import type { LogLine } from '#engine/logs/log-source.ts';
import type { Output } from './io.ts';

/** In Docker Compose's order: the first service is cyan. */
const colours = ['36', '33', '32', '35', '34', '36;1', '33;1', '32;1', '35;1', '34;1'];

export interface PrinterOptions {
  readonly project: string;
  readonly colours: boolean;
  readonly prefix: boolean;
  readonly timestamps: boolean;
}

/** Writes log lines as Docker Compose does: the container's name without the project's, filled up to the longest, and ` | `. */
export class LogPrinter {
  readonly #output: Output;
  readonly #options: PrinterOptions;
  readonly #prefixes = new Map<string, string>();
  readonly #colourOf = new Map<string, string>();
  #width = 0;

  constructor(output: Output, options: PrinterOptions) {
    this.#output = output;
    this.#options = options;
  }

  /** Of the column of names, in characters. */
  get width(): number {
    return this.#width;
  }

  /** Makes room for this name from now on. */
  announce(containerName: string): void {
    const name = this.#shorten(containerName);
    if (!this.#colourOf.has(name))
      this.#colourOf.set(name, colours[this.#colourOf.size % colours.length] ?? '36');
    if (name.length <= this.#width) return;
    this.#width = name.length;
    this.#prefixes.clear();
  }

  async print(lines: readonly LogLine[]): Promise<void> {
    const { timestamps } = this.#options;
    let text = '';
    for (const line of lines) {
      const stamp = timestamps && line.time !== undefined ? `${line.time} ` : '';
      text += `${this.prefixOf(line.containerName)}${stamp}${line.text}\n`;
    }
    this.#output.write(text);
    await this.#output.drained();
  }

  /** What goes before each line of this container. */
  prefixOf(containerName: string): string {
    if (!this.#options.prefix) return '';
    const known = this.#prefixes.get(containerName);
    if (known !== undefined) return known;
    this.announce(containerName);
    const name = this.#shorten(containerName);
    const plain = `${name.padEnd(this.#width)}  | `;
    const prefix = this.#options.colours ? `\x1b[${this.#colourOf.get(name)}m${plain}\x1b[0m` : plain;
    this.#prefixes.set(containerName, prefix);
    return prefix;
  }

  #shorten(containerName: string): string {
    const project = `${this.#options.project}-`;
    return containerName.startsWith(project) ? containerName.slice(project.length) : containerName;
  }
}

/** Colours are for people at a terminal who have not said no. */
export function wantsColours(
  output: Output,
  ansi: string,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (ansi === 'always') return true;
  const refused = environment.NO_COLOR !== undefined && environment.NO_COLOR !== '';
  return ansi !== 'never' && !refused && output.isTerminal;
}
