import type { GraphModel, GraphService } from './protocol.ts';

/** All in pixels. */
export const card = { width: 210, head: 50, line: 20, foot: 10 } as const;
export const volumeSize = { width: 150, height: 34 } as const;
const gap = { column: 92, row: 26 } as const;
const margin = 24;
const wayHeight = 12;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly services: ReadonlyMap<string, Box>;
  readonly volumes: ReadonlyMap<string, Box>;
  /** Where a line from one service to another passes between the things of the columns it crosses, from left to right. */
  readonly ways: (from: string, to: string) => readonly Box[];
  readonly width: number;
  readonly height: number;
}

/**
 * In columns: who depends on something stands left of it, volumes right of all. Within a column, things stand near what they are joined to,
 * so that few lines cross. The same model has the same layout. Circles, which Compose refuses, are drawn all the same.
 */
export function layOut({ services, volumes }: GraphModel): Layout {
  const byName = new Map(services.map((service) => [service.name, service]));
  const depths = depthsOf(byName);
  const columns: string[][] = Array.from({ length: Math.max(0, ...depths.values()) + 1 }, () => []);
  for (const [name, depth] of depths) columns[depth]?.push(name);
  const links: (readonly [string, string])[] = [];
  const link = (from: string, to: string, first: number, last: number) => {
    let before = from;
    for (let depth = first; depth < last; depth++) {
      const way = wayKey(from, to, depth);
      columns[depth]?.push(way);
      links.push([before, way]);
      before = way;
    }
    links.push([before, to]);
  };
  for (const { name, dependencies } of services)
    for (const { on } of dependencies) {
      const depth = depths.get(on);
      if (depth !== undefined) link(name, on, (depths.get(name) ?? 0) + 1, depth);
    }
  const used = volumes.filter((name) => services.some((service) => service.volumes.includes(name)));
  for (const { name, volumes: mounted } of services)
    for (const volume of mounted) link(name, volumeKey(volume), (depths.get(name) ?? 0) + 1, columns.length);
  const neighbours = neighboursOf(links);
  const all = [...columns, used.map(volumeKey)].filter(({ length }) => length > 0);
  uncross(all, neighbours);

  const heightOf = (key: string) => {
    const service = byName.get(key);
    if (service !== undefined) return cardHeight(service);
    return isWay(key) ? wayHeight : volumeSize.height;
  };
  const tall = (column: readonly string[]) =>
    column.reduce((sum, key) => sum + heightOf(key) + gap.row, -gap.row);
  const height = Math.max(0, ...all.map(tall));
  const boxes = new Map<string, Box>();
  let x = margin;
  for (const column of all) {
    let y = margin + (height - tall(column)) / 2;
    const width = column.some((key) => byName.has(key)) ? card.width : volumeSize.width;
    for (const key of column) {
      boxes.set(key, { x, y, width, height: heightOf(key) });
      y += heightOf(key) + gap.row;
    }
    x += width + gap.column;
  }
  const pick = (keys: readonly string[], keyOf: (name: string) => string) =>
    new Map(
      keys.flatMap((name) => {
        const box = boxes.get(keyOf(name));
        return box === undefined ? [] : [[name, box] as const];
      }),
    );
  return {
    services: pick([...byName.keys()], (name) => name),
    volumes: pick(used, volumeKey),
    ways: (from, to) =>
      [...columns.keys()].flatMap(
        (depth) => boxes.get(wayKey(from, to, depth)) ?? boxes.get(wayKey(from, volumeKey(to), depth)) ?? [],
      ),
    width: Math.max(2 * margin, x - gap.column + margin),
    height: height + 2 * margin,
  };
}

export function cardHeight({ ports, networks }: GraphService): number {
  return card.head + (ports.length > 0 ? card.line : 0) + (networks.length > 0 ? card.line : 0) + card.foot;
}

/** Not a name of a service. */
function volumeKey(name: string): string {
  return `volume/${name}`;
}

/** A place kept free for a line in a column that it crosses. */
function wayKey(from: string, to: string, depth: number): string {
  return `way/${from}/${to}/${depth}`;
}

function isWay(key: string): boolean {
  return key.startsWith('way/');
}

/** How far from the left: the longest way from those that nothing depends on. */
function depthsOf(services: ReadonlyMap<string, GraphService>): ReadonlyMap<string, number> {
  const depths = new Map([...services.keys()].map((name) => [name, 0]));
  // No way is longer than there are services; in a circle it ends all the same.
  for (let round = 0; round < services.size; round++) {
    let changed = false;
    for (const [name, { dependencies }] of services)
      for (const { on } of dependencies) {
        const wanted = Math.min(services.size - 1, (depths.get(name) ?? 0) + 1);
        if ((depths.get(on) ?? wanted) >= wanted) continue;
        depths.set(on, wanted);
        changed = true;
      }
    if (!changed) break;
  }
  return depths;
}

function neighboursOf(
  links: readonly (readonly [string, string])[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const neighbours = new Map<string, Set<string>>();
  for (const [a, b] of links) {
    neighbours.set(a, (neighbours.get(a) ?? new Set()).add(b));
    neighbours.set(b, (neighbours.get(b) ?? new Set()).add(a));
  }
  return neighbours;
}

/** Sorts each column by where the neighbours of its things stand, forth and back, until little changes. */
function uncross(columns: string[][], neighbours: ReadonlyMap<string, ReadonlySet<string>>): void {
  const sweeps = 4;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const order = sweep % 2 === 0 ? columns : [...columns].reverse();
    for (const column of order) {
      const places = new Map(
        columns.flatMap((each) => each.map((key, at) => [key, (at + 0.5) / each.length])),
      );
      const middle = (key: string, at: number) => {
        const around = [...(neighbours.get(key) ?? [])].filter((other) => !column.includes(other));
        if (around.length === 0) return (at + 0.5) / column.length;
        return around.reduce((sum, other) => sum + (places.get(other) ?? 0.5), 0) / around.length;
      };
      const wanted = new Map(column.map((key, at) => [key, middle(key, at)]));
      column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
    }
  }
}
