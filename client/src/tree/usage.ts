import { containerStats, type ContainerStats } from '#engine/observe/container-stats.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { Translate } from '../shared/translate.ts';
import { ratesBetween, type UsageRates } from './usage-rates.ts';

/** Samples that the little curve is drawn from. */
const history = 8;

/** What one container uses, and how its processor time went. */
export interface Usage {
  readonly now: ContainerStats;
  readonly rates: UsageRates;
  /** Percent, oldest first. */
  readonly cpu: readonly number[];
}

export interface UsageOptions {
  /** With more containers than this, the first ones are followed. */
  readonly most: number;
  /** How often it is told that there is something new, in ms. */
  readonly period: number;
}

/** The numbers in the tree change more slowly than the engine's samples come, so that they can be read. */
const inTree: UsageOptions = { most: 32, period: 2000 };

/** Follows what containers use while somebody looks: one stream of samples each, ended when they are no longer named or on `dispose`. */
export class UsageWatch {
  readonly #engineOf: (container: string) => EnginePort | undefined;
  readonly #onChange: () => void;
  readonly #options: UsageOptions;
  readonly #streams = new Map<string, AbortController>();
  readonly #usages = new Map<string, Usage>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    engineOf: (container: string) => EnginePort | undefined,
    onChange: () => void,
    options: UsageOptions = inTree,
  ) {
    this.#engineOf = engineOf;
    this.#onChange = onChange;
    this.#options = options;
  }

  /** Exactly these, by id, from now on. */
  follow(ids: readonly string[]): void {
    const wanted = new Set(ids.slice(0, this.#options.most));
    for (const [id, stream] of this.#streams) {
      if (wanted.has(id)) continue;
      stream.abort();
      this.#streams.delete(id);
      this.#usages.delete(id);
    }
    for (const id of wanted) if (!this.#streams.has(id)) void this.#stream(id);
  }

  of(id: string): Usage | undefined {
    return this.#usages.get(id);
  }

  dispose(): void {
    this.follow([]);
    clearTimeout(this.#timer);
  }

  async #stream(id: string): Promise<void> {
    const engine = this.#engineOf(id);
    if (engine === undefined) return;
    const abort = new AbortController();
    this.#streams.set(id, abort);
    try {
      for await (const now of containerStats(engine, id, { stream: true }, abort.signal)) {
        if (abort.signal.aborted) return;
        const before = this.#usages.get(id);
        this.#usages.set(id, {
          now,
          rates: ratesBetween(before?.now, now),
          cpu: [...(before?.cpu ?? []), now.cpuPercent].slice(-history),
        });
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          this.#onChange();
        }, this.#options.period);
      }
    } catch {
      // Gone meanwhile, or nobody looks any more.
    } finally {
      if (this.#streams.get(id) === abort) {
        this.#streams.delete(id);
        this.#usages.delete(id);
      }
    }
  }
}

const bars = '▁▂▃▄▅▆▇█';

/** `12 MB · 0.3% ▁▁▂▁ · 1.2 kB/s`, of several containers together; empty when nothing is known. */
export function usageText(usages: readonly Usage[], t: Translate): string {
  if (usages.length === 0) return '';
  const sum = (of: (usage: Usage) => number) => usages.reduce((total, usage) => total + of(usage), 0);
  const memory = sum(({ now }) => now.memory);
  const length = Math.max(...usages.map((each) => each.cpu.length));
  const curve = Array.from({ length }, (_, back) => sum((each) => each.cpu.at(back - length) ?? 0));
  const traffic = sum(({ rates }) => rates.received + rates.sent);
  return [
    t('{0} MB', memory < 10_000_000 ? (memory / 1_000_000).toFixed(1) : Math.round(memory / 1_000_000)),
    `${t('{0}%', sum(({ now }) => now.cpuPercent).toFixed(1))} ${sparkline(curve)}`,
    traffic < 1_000_000
      ? t('{0} kB/s', (traffic / 1000).toFixed(1))
      : t('{0} MB/s', (traffic / 1_000_000).toFixed(1)),
  ].join(' · ');
}

/** The highest bar is the most of these, but at least 10 %: a container that idles draws no mountains. */
function sparkline(percent: readonly number[]): string {
  const most = Math.max(10, ...percent);
  return percent.map((each) => bars[Math.round((each / most) * (bars.length - 1))] ?? '').join('');
}
