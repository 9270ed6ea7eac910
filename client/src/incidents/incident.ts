import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { Loop } from '#engine/observe/crash-history.ts';
import type { ContainerView } from '#engine/observe/service-view.ts';
import type { Stack } from '../workspace/stacks.ts';

/** Something that went wrong with a service and still is. */
export interface Incident {
  /** The same for as long as it lasts. */
  readonly key: string;
  readonly kind: 'crashed' | 'crash-loop' | 'unhealthy';
  /** The stack's key. */
  readonly stack: string;
  readonly project: string;
  /** The name of the engine it is on, where that is not the chosen one. */
  readonly engine?: string;
  readonly service: string;
  readonly container: ContainerSummary;
  /** How often it was started again, where it crashes over and over. */
  readonly loop?: Loop;
}

/** What is wrong with a project now, one incident a service: that of the first container that has one. */
export function incidentsOf(stack: Stack): readonly Incident[] {
  return stack.services.flatMap((service): readonly Incident[] => {
    for (const view of service.view.containers) {
      const kind = view.isOneOff ? undefined : kindOf(view);
      if (kind !== undefined)
        return [
          {
            // A crash that becomes a loop is still the same.
            key: `${kind === 'unhealthy' ? kind : 'crashed'} ${stack.engine ?? ''}/${stack.name}/${service.name}`,
            kind,
            stack: stack.key,
            project: stack.name,
            ...(stack.engine !== undefined && { engine: stack.engine }),
            service: service.name,
            container: view.container,
            ...(kind === 'crash-loop' && view.loop !== undefined && { loop: view.loop }),
          },
        ];
    }
    return [];
  });
}

function kindOf({ observed, container }: ContainerView): Incident['kind'] | undefined {
  switch (observed) {
    case 'crash-loop':
      return 'crash-loop';
    case 'failed':
    case 'dead':
      return 'crashed';
    case 'restarting':
      // A container that ends well and is started again does what it was told to.
      return container.exitCode === 0 ? undefined : 'crashed';
    case 'unhealthy':
      return 'unhealthy';
    default:
      return undefined;
  }
}

/** What comes back sooner than this after it was over is the same incident: a container that crashes, restarts and crashes. In ms. */
const calm = 30_000;

/** Which incidents began and which are over, told once each. */
export class IncidentTracker {
  readonly #now: () => number;
  #active = new Map<string, Incident>();
  readonly #endedAt = new Map<string, number>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get active(): readonly Incident[] {
    return [...this.#active.values()];
  }

  /** `began`: also those that were there when looking began; `fresh` are those of `began` that nobody has heard of. */
  update(stacks: readonly Stack[]): {
    readonly began: readonly Incident[];
    readonly fresh: readonly Incident[];
    readonly ended: readonly Incident[];
    /** Those that go on, and of which there is something else to say. */
    readonly changed: readonly Incident[];
  } {
    const now = this.#now();
    const current = new Map(stacks.flatMap(incidentsOf).map((incident) => [incident.key, incident]));
    const began = [...current.values()].filter(({ key }) => !this.#active.has(key));
    const ended = [...this.#active.values()].filter(({ key }) => !current.has(key));
    const fresh = began.filter(({ key }) => now - (this.#endedAt.get(key) ?? -calm) >= calm);
    const changed = [...current.values()].filter((incident) => {
      const before = this.#active.get(incident.key);
      return before !== undefined && before.loop?.restarts !== incident.loop?.restarts;
    });
    for (const { key } of ended) this.#endedAt.set(key, now);
    this.#active = current;
    return { began, fresh, ended, changed };
  }

  /** It was over before anybody could be told: should it come back, it is fresh. */
  untold(key: string): void {
    this.#endedAt.delete(key);
  }
}
