import type { GraphModel, GraphService } from './protocol.ts';

/** All in pixels. */
export const card = { width: 260, head: 50, line: 20, foot: 10 } as const;
export const volumeSize = { width: 150, height: 34 } as const;
const gap = { column: 92, row: 26 } as const;
const margin = 24;
/** Around and above the services of a group. */
const frame = { side: 14, head: 30 } as const;
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
  /** The groups as frames, in order; none without groups. */
  readonly groups: ReadonlyMap<string, Box>;
  readonly width: number;
  readonly height: number;
}

/**
 * In columns: who depends on something stands left of it, volumes right of all. Within a column, things stand near what they are joined to,
 * so that few lines cross. What is joined to nothing fills the columns up. With `groupOf`, each group has a lane of its own from left to right. The same model has the same layout. Circles, which Compose refuses, are drawn all the same.
 */
export function layOut(
  { services, volumes }: GraphModel,
  groupOf?: (service: GraphService) => string,
): Layout {
  const byName = new Map(services.map((service) => [service.name, service]));
  const depths = depthsOf(byName);
  const columns: string[][] = Array.from({ length: Math.max(0, ...depths.values()) + 1 }, () => []);
  const alone = aloneOf(services);
  while (columns.length < Math.ceil(Math.sqrt(alone.size / 2))) columns.push([]);
  for (const [name, depth] of depths) if (!alone.has(name)) columns[depth]?.push(name);
  const links: (readonly [string, string])[] = [];
  const ways = new Map<string, readonly string[]>();
  const link = (from: string, to: string, first: number, last: number) => {
    let before = from;
    const passed: string[] = [];
    for (let depth = first; depth < last; depth++) {
      const way = `way/${from}/${to}/${depth}`;
      columns[depth]?.push(way);
      links.push([before, way]);
      passed.push(way);
      before = way;
    }
    ways.set(joined(from, to), passed);
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
  for (const name of alone)
    columns.reduce((least, column) => (column.length < least.length ? column : least)).push(name);
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
  const laneOf = lanesOf(services, links, groupOf);
  const lanes = [...new Set(services.map(({ name }) => laneOf(name)))];
  const boxes = new Map<string, Box>();
  const groups = new Map<string, Box>();
  const side = groupOf === undefined ? 0 : frame.side;
  const head = groupOf === undefined ? 0 : frame.head;
  let top = margin;
  let width = margin;
  for (const lane of lanes.sort()) {
    const own = all.map((column) => column.filter((key) => laneOf(key) === lane));
    const height = Math.max(0, ...own.map(tall));
    let x = margin + side;
    for (const [at, column] of own.entries()) {
      let y = top + head + (height - tall(column)) / 2;
      const wide = all[at]?.some((key) => byName.has(key)) === true ? card.width : volumeSize.width;
      for (const key of column) {
        boxes.set(key, { x, y, width: wide, height: heightOf(key) });
        y += heightOf(key) + gap.row;
      }
      x += wide + gap.column;
    }
    width = Math.max(width, x - gap.column + side);
    const box = { x: margin, y: top, width: width - margin, height: height + head + side };
    if (groupOf !== undefined) groups.set(lane, box);
    top += box.height + gap.row;
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
      (ways.get(joined(from, to)) ?? ways.get(joined(from, volumeKey(to))) ?? []).flatMap(
        (way) => boxes.get(way) ?? [],
      ),
    groups,
    width: width + margin,
    height: Math.max(0, top - gap.row) + margin,
  };
}

export function cardHeight({ ports, networks }: GraphService): number {
  return card.head + (ports.length > 0 ? card.line : 0) + (networks.length > 0 ? card.line : 0) + card.foot;
}

/** Not a name of a service. */
function volumeKey(name: string): string {
  return `volume/${name}`;
}

function joined(from: string, to: string): string {
  return `${from}/${to}`;
}

/** A place kept free for a line in a column that it crosses. */
function isWay(key: string): boolean {
  return key.startsWith('way/');
}

/** Those that nothing is joined to. */
function aloneOf(services: readonly GraphService[]): ReadonlySet<string> {
  const needed = new Set(services.flatMap(({ dependencies }) => dependencies.map(({ on }) => on)));
  return new Set(
    services
      .filter(
        ({ name, dependencies, volumes }) =>
          dependencies.length === 0 && volumes.length === 0 && !needed.has(name),
      )
      .map(({ name }) => name),
  );
}

/** The group of each thing: of a line's way that of where it comes from, of a volume that of who mounts it first. */
function lanesOf(
  services: readonly GraphService[],
  links: readonly (readonly [string, string])[],
  groupOf: ((service: GraphService) => string) | undefined,
): (key: string) => string {
  if (groupOf === undefined) return () => '';
  const lanes = new Map(services.map((service) => [service.name, groupOf(service)]));
  for (const [from, to] of links) if (!lanes.has(to)) lanes.set(to, lanes.get(from) ?? '');
  return (key) => lanes.get(key) ?? '';
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
  const columnOf = new Map(columns.flatMap((column) => column.map((key) => [key, column] as const)));
  const places = new Map<string, number>();
  const place = (column: readonly string[]) => {
    for (const [at, key] of column.entries()) places.set(key, (at + 0.5) / column.length);
  };
  columns.forEach(place);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const order = sweep % 2 === 0 ? columns : [...columns].reverse();
    for (const column of order) {
      const middle = (key: string) => {
        const around = [...(neighbours.get(key) ?? [])].filter((other) => columnOf.get(other) !== column);
        if (around.length === 0) return places.get(key) ?? 0;
        return around.reduce((sum, other) => sum + (places.get(other) ?? 0.5), 0) / around.length;
      };
      const wanted = new Map(column.map((key) => [key, middle(key)]));
      column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      place(column);
    }
  }
}
