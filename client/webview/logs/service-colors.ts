import type { LogSource } from './protocol.ts';
import { serviceKey } from './source-names.ts';

/** How many colours the style sheet has. */
const colorCount = 8;

/** A service has the same colour whichever part of the logs is shown, and in whatever order it appears. */
export class ServiceColors {
  #colors = new Map<string, number>();

  reset(projects: readonly { readonly name: string; readonly services: readonly string[] }[]): void {
    this.#colors = new Map();
    for (const { name, services } of projects)
      for (const service of [...services].sort()) this.of({ project: name, service });
  }

  of(source: Pick<LogSource, 'project' | 'service'>): number {
    const key = serviceKey(source);
    const known = this.#colors.get(key);
    if (known !== undefined) return known;
    const color = this.#colors.size % colorCount;
    this.#colors.set(key, color);
    return color;
  }
}
