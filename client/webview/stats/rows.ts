import type { StatsSample } from './protocol.ts';

/** Samples that are kept of each container: a minute of them. */
export const history = 60;

/** One line of the table: a container, or the containers of a service together. */
export interface StatsRow {
  readonly key: string;
  readonly stack: string;
  readonly project: string;
  readonly service: string;
  readonly name: string;
  /** Absent for a service of several. */
  readonly container: string | undefined;
  readonly ids: readonly string[];
  readonly state: string;
  readonly tone: string;
  readonly stateText: string;
  readonly cpuPercent: number;
  readonly memory: number;
  readonly memoryLimit: number;
  readonly received: number;
  readonly sent: number;
  readonly read: number;
  readonly written: number;
  readonly processes: number;
}

export type SortColumn = 'name' | 'cpu' | 'memory' | 'network' | 'disk' | 'processes';

export interface Sorting {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** The samples as lines of the table: each for itself, or those of a service together. */
export function toRows(samples: readonly StatsSample[], byService: boolean): readonly StatsRow[] {
  if (!byService)
    return samples.map((sample) => ({ ...sample, key: sample.id, container: sample.id, ids: [sample.id] }));
  const services = new Map<string, StatsSample[]>();
  for (const sample of samples) {
    const key = `${sample.stack}\n${sample.service}`;
    const own = services.get(key) ?? [];
    services.set(key, own);
    own.push(sample);
  }
  return [...services].flatMap(([key, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    return [
      {
        ...first,
        ...sumOf(own),
        key,
        name: first.service,
        container: own.length === 1 ? first.id : undefined,
        ids: own.map(({ id }) => id),
      },
    ];
  });
}

type Used = Pick<
  StatsSample,
  'cpuPercent' | 'memory' | 'memoryLimit' | 'received' | 'sent' | 'read' | 'written' | 'processes'
>;

/** What they use together. A limit that several share, the machine's memory, is not counted twice. */
export function sumOf(samples: readonly Used[]) {
  const sum = (of: (sample: Used) => number) => samples.reduce((total, sample) => total + of(sample), 0);
  const limits = samples.map(({ memoryLimit }) => memoryLimit);
  return {
    cpuPercent: sum(({ cpuPercent }) => cpuPercent),
    memory: sum(({ memory }) => memory),
    memoryLimit: new Set(limits).size === 1 ? (limits[0] ?? 0) : 0,
    received: sum(({ received }) => received),
    sent: sum(({ sent }) => sent),
    read: sum(({ read }) => read),
    written: sum(({ written }) => written),
    processes: sum(({ processes }) => processes),
  };
}

/** In a new order; lines that are equal in the column stay by name. */
export function sortRows(rows: readonly StatsRow[], { column, descending }: Sorting): readonly StatsRow[] {
  const value = (row: StatsRow) => {
    switch (column) {
      case 'name':
        return 0;
      case 'cpu':
        return row.cpuPercent;
      case 'memory':
        return row.memory;
      case 'network':
        return row.received + row.sent;
      case 'disk':
        return row.read + row.written;
      case 'processes':
        return row.processes;
    }
  };
  const byName = (a: StatsRow, b: StatsRow) =>
    a.project.localeCompare(b.project) || a.name.localeCompare(b.name, undefined, { numeric: true });
  const turn = descending ? -1 : 1;
  return [...rows].sort((a, b) =>
    column === 'name' ? turn * byName(a, b) : turn * (value(a) - value(b)) || byName(a, b),
  );
}

/** What is drawn as a curve of a line, oldest first. */
export interface Curves {
  readonly cpu: readonly number[];
  readonly memory: readonly number[];
  readonly network: readonly number[];
}

const noCurves: Curves = { cpu: [], memory: [], network: [] };

/** The last samples of every container; those of containers that have gone are forgotten. */
export class History {
  #curves: ReadonlyMap<string, Curves> = new Map();

  add(samples: readonly StatsSample[]): void {
    this.#curves = new Map(
      samples.map(({ id, cpuPercent, memory, received, sent }) => {
        const known = this.#curves.get(id) ?? noCurves;
        return [
          id,
          {
            cpu: [...known.cpu, cpuPercent].slice(-history),
            memory: [...known.memory, memory].slice(-history),
            network: [...known.network, received + sent].slice(-history),
          },
        ];
      }),
    );
  }

  /** Of several containers together, as far back as the oldest of them. */
  of(ids: readonly string[]): Curves {
    const curves = ids.map((id) => this.#curves.get(id) ?? noCurves);
    return {
      cpu: sumOfCurves(curves.map(({ cpu }) => cpu)),
      memory: sumOfCurves(curves.map(({ memory }) => memory)),
      network: sumOfCurves(curves.map(({ network }) => network)),
    };
  }
}

function sumOfCurves(curves: readonly (readonly number[])[]): readonly number[] {
  const length = Math.max(0, ...curves.map((each) => each.length));
  return Array.from({ length }, (_, at) =>
    curves.reduce((sum, each) => sum + (each.at(at - length) ?? 0), 0),
  );
}
