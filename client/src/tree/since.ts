import type { ContainerSummary } from '#engine/api/engine-objects.ts';

/** How often views say anew how long ago things were, in ms. */
export const agePeriod = 15_000;

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

/** What the engine's sentences say more coarsely than this has to be asked for, in ms. */
const exactEnough = 1000;

interface Known {
  readonly state: string;
  /** Unix time, ms. */
  readonly at: number;
  readonly exact: boolean;
}

/**
 * Since when containers are in their state. The engine's listings round it more the longer it is ago: what they say is an estimate, shown until the
 * time itself has been learned, and what was learned is kept as long as the listings agree with it.
 */
export class Since {
  readonly #listed = new WeakMap<ContainerSummary, number | undefined>();
  readonly #known = new Map<string, Known>();
  readonly #estimated = new Map<string, ContainerSummary>();

  /** Unix time, ms. `now` counts when this listing of the container is seen for the first time. */
  of(container: ContainerSummary, now: number): number | undefined {
    if (!this.#listed.has(container)) this.#listed.set(container, this.#estimate(container, now));
    return this.#listed.get(container);
  }

  /** The containers that were asked for and of which only an estimate is known; each is named once. */
  takeEstimated(): readonly ContainerSummary[] {
    const containers = [...this.#estimated.values()];
    this.#estimated.clear();
    return containers;
  }

  /** The time itself: what was listed at the latest is right from now on. */
  learn(container: ContainerSummary, at: number): void {
    this.#known.set(container.id, { state: container.state, at, exact: true });
    this.#listed.set(container, at);
  }

  #estimate(container: ContainerSummary, now: number): number | undefined {
    const { id, state, status } = container;
    const parsed = parseStatus(status);
    if (parsed === undefined) return undefined;
    const known = this.#known.get(id);
    const at = now - parsed.age;
    const agrees = known?.state === state && Math.abs(known.at - at) <= 2 * parsed.precision;
    if (agrees && known.exact) return known.at;
    const exact = parsed.precision <= exactEnough;
    if (!exact) this.#estimated.set(id, container);
    if (agrees) return known.at;
    this.#known.set(id, { state, at, exact });
    return at;
  }
}

export interface SinceContext {
  /** Since when containers are in their state, as every view says it. */
  readonly since: Since;
}
