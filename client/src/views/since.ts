import type { ContainerSummary } from '../engine/port.ts';

const units: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
  year: 31_536_000_000,
};

/** How long ago a container came into its state and how exact that is, in ms, from the engine's own sentence; `undefined` if it does not say. */
export function parseStatus(
  status: string,
): { readonly age: number; readonly precision: number } | undefined {
  const match =
    /(?:^Up |\) )(?:About )?(Less than a|an?|\d+) (second|minute|hour|day|week|month|year)s?/.exec(status);
  const [, count = '', unitName = ''] = match ?? [];
  const unit = units[unitName];
  if (unit === undefined) return undefined;
  if (count === 'Less than a') return { age: 0, precision: unit };
  return { age: (/^an?$/.test(count) ? 1 : Number(count)) * unit, precision: unit };
}

/**
 * Since when containers are in their state. The engine's listings round it more the longer it is ago, so what was known more exactly
 * is kept as long as the listings agree with it.
 */
export class Since {
  readonly #listed = new WeakMap<ContainerSummary, number | undefined>();
  readonly #known = new Map<string, { readonly state: string; readonly at: number }>();

  /** Unix time, ms. `now` counts when this listing of the container is seen for the first time. */
  of(container: ContainerSummary, now: number): number | undefined {
    if (!this.#listed.has(container)) this.#listed.set(container, this.#estimate(container, now));
    return this.#listed.get(container);
  }

  #estimate({ id, state, status }: ContainerSummary, now: number): number | undefined {
    const parsed = parseStatus(status);
    if (parsed === undefined) return undefined;
    const known = this.#known.get(id);
    const at = now - parsed.age;
    if (known?.state === state && Math.abs(known.at - at) <= 2 * parsed.precision) return known.at;
    this.#known.set(id, { state, at });
    return at;
  }
}
