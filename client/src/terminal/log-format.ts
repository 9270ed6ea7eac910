import type { LogLine } from '#engine/logs/log-source.ts';
import { sanitizeLine } from './sanitize.ts';

/** Foregrounds that every theme keeps apart: cyan, yellow, green, magenta, blue, then their bright sisters. */
const colors = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];
const dim = '\x1b[2m';
const reset = '\x1b[0m';

/** Turns log lines into a terminal's text: `web-1  | …`, a colour for each service, prefixes as wide as the widest seen. */
export class LogFormatter {
  readonly #project: string;
  readonly #timestamps: boolean;
  readonly #colorOf = new Map<string, number>();
  #width = 0;

  /** `services`: all of the project's, so that a service has the same colour whichever part of the logs is shown. */
  constructor(project: string, services: readonly string[], timestamps: boolean) {
    this.#project = project;
    this.#timestamps = timestamps;
    for (const service of [...services].sort()) this.#color(service);
  }

  /** Ends with a line end. */
  format({ containerName, service, text, time }: LogLine): string {
    const name = containerName.startsWith(`${this.#project}-`)
      ? containerName.slice(this.#project.length + 1)
      : containerName;
    this.#width = Math.max(this.#width, name.length);
    const stamp = this.#timestamps && time !== undefined ? `${dim}${time.slice(0, 23)}Z${reset} ` : '';
    const prefix = `\x1b[${this.#color(service)}m${name.padEnd(this.#width)} |${reset} `;
    return `${prefix}${stamp}${sanitizeLine(text)}${reset}\r\n`;
  }

  /** A line of our own between those of the services. */
  note(text: string): string {
    return `${dim}── ${text} ──${reset}\r\n`;
  }

  #color(service: string): number {
    const known = this.#colorOf.get(service);
    if (known !== undefined) return known;
    const color = colors[this.#colorOf.size % colors.length] ?? 36;
    this.#colorOf.set(service, color);
    return color;
  }
}
