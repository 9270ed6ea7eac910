import { containerStats, type ContainerStats } from '../engine/stats.ts';
import type { EnginePort } from '../engine/port.ts';
import type { Translate } from '../translate.ts';

/** With more containers than this in view, the first ones are followed. */
const mostFollowed = 32;

/** Samples that the little curve is drawn from. */
const history = 8;

/** How often the numbers in the tree change, in ms: slower than the engine's samples, so that they can be read. */
const drawPeriod = 2000;

/** What one container uses, and how its processor time went. */
export interface Usage {
  readonly now: Pick<ContainerStats, 'cpuPercent' | 'memory'>;
  /** Percent, oldest first. */
  readonly cpu: readonly number[];
}

/** Follows what containers use while somebody looks: one stream of samples each, ended when they are no longer named or on `dispose`. */
export class UsageWatch {
  readonly #engine: () => EnginePort | undefined;
  readonly #onChange: () => void;
  readonly #streams = new Map<string, AbortController>();
  readonly #usages = new Map<string, Usage>();
  #timer: NodeJS.Timeout | undefined;

  constructor(engine: () => EnginePort | undefined, onChange: () => void) {
    this.#engine = engine;
    this.#onChange = onChange;
  }

  /** Exactly these, by id, from now on. */
  follow(ids: readonly string[]): void {
    const wanted = new Set(ids.slice(0, mostFollowed));
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
    const engine = this.#engine();
    if (engine === undefined) return;
    const abort = new AbortController();
    this.#streams.set(id, abort);
    try {
      for await (const now of containerStats(engine, id, { stream: true }, abort.signal)) {
        if (abort.signal.aborted) return;
        const before = this.#usages.get(id)?.cpu ?? [];
        this.#usages.set(id, { now, cpu: [...before, now.cpuPercent].slice(-history) });
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          this.#onChange();
        }, drawPeriod);
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

/** `12 MB · 0.3 % ▁▁▂▁`, of several containers together; empty when nothing is known. */
export function usageText(usages: readonly Usage[], t: Translate): string {
  if (usages.length === 0) return '';
  const memory = usages.reduce((sum, { now }) => sum + now.memory, 0);
  const cpu = usages.reduce((sum, { now }) => sum + now.cpuPercent, 0);
  const length = Math.max(...usages.map((each) => each.cpu.length));
  const curve = Array.from({ length }, (_, back) =>
    usages.reduce((sum, each) => sum + (each.cpu.at(back - length) ?? 0), 0),
  );
  return [
    t('{0} MB', memory < 10_000_000 ? (memory / 1_000_000).toFixed(1) : Math.round(memory / 1_000_000)),
    `${t('{0} %', cpu.toFixed(1))} ${sparkline(curve)}`,
  ].join(' · ');
}

/** The highest bar is the most of these, but at least 10 %: a container that idles draws no mountains. */
function sparkline(percent: readonly number[]): string {
  const most = Math.max(10, ...percent);
  return percent.map((each) => bars[Math.round((each / most) * (bars.length - 1))] ?? '').join('');
}
