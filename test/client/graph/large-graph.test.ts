import { describe, expect, it } from 'vitest';
import { Details } from '../../../client/webview/graph/details.ts';
import { groupOf, matching } from '../../../client/webview/graph/highlight.ts';
import { type Box, type Layout, layOut } from '../../../client/webview/graph/layout.ts';
import { toMermaid } from '../../../client/webview/graph/mermaid.ts';
import { isOnPath, pathOf } from '../../../client/webview/graph/paths.ts';
import type { GraphModel, GraphService } from '../../../client/webview/graph/protocol.ts';
import { begin, isWhole, pan, reveal, whole, zoom } from '../../../client/webview/graph/view.ts';

const service = (name: string, on: readonly string[], change: Partial<GraphService> = {}): GraphService => ({
  name,
  state: 'running',
  tone: 'good',
  glyph: '●',
  description: 'running',
  image: undefined,
  ports: [],
  networks: [],
  profiles: [],
  volumes: [],
  dependencies: on.map((each) => ({ on: each, condition: '', required: true })),
  can: { file: true, logs: true, shell: true },
  ...change,
});

/** A system of so many services: each needs up to three of those after it, every fifth none. */
function system(size: number): GraphModel {
  const services = Array.from({ length: size }, (_, at) => {
    const needs = at % 5 === 0 ? [] : [at * 2 + 1, at + 7, at + 3].filter((other) => other < size);
    return service(
      `service-${at}`,
      needs.map((other) => `service-${other}`),
      {
        networks: [['front', 'back', 'data'][at % 3] ?? ''],
        volumes: at % 10 === 9 ? [`data-${at}`] : [],
      },
    );
  });
  return { title: 'system', services, networks: [], volumes: services.flatMap(({ volumes }) => volumes) };
}

const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

/** The pairs that lie over each other: things, and places of lines. */
function overlaps(model: GraphModel, layout: Layout): number {
  const ways = model.services.flatMap(({ name, dependencies }) =>
    dependencies.flatMap(({ on }) => layout.ways(name, on)),
  );
  const boxes = [...layout.services.values(), ...layout.volumes.values(), ...ways];
  return boxes.reduce((sum, a, at) => sum + boxes.slice(at + 1).filter((b) => !apart(a, b)).length, 0);
}

describe.each([30, 50, 200])('%i services', (size) => {
  const model = system(size);

  it('lie nowhere over each other, nor over a line on its way', () => {
    const layout = layOut(model);
    expect(layout.services.size).toBe(size);
    expect(overlaps(model, layout)).toBe(0);
  });

  it('stand in the frames of their networks, which do not touch', () => {
    const layout = layOut(model, groupOf('network', 'none'));
    expect(overlaps(model, layout)).toBe(0);
    expect([...layout.groups.keys()]).toEqual(['back', 'data', 'front']);
    const frames = [...layout.groups.values()];
    for (const [at, a] of frames.entries())
      for (const b of frames.slice(at + 1)) expect(apart(a, b)).toBe(true);
    for (const { name, networks } of model.services) {
      const [box, frame] = [layout.services.get(name), layout.groups.get(networks[0] ?? '')];
      if (box === undefined || frame === undefined) throw new Error(`${name} is nowhere.`);
      expect(box.x).toBeGreaterThanOrEqual(frame.x);
      expect(box.y).toBeGreaterThanOrEqual(frame.y);
      expect(box.x + box.width).toBeLessThanOrEqual(frame.x + frame.width);
      expect(box.y + box.height).toBeLessThanOrEqual(frame.y + frame.height);
    }
  });
});

it('four times the services are less than twenty times the work', () => {
  const workOf = (size: number) => {
    let reads = 0;
    const { services, ...rest } = system(size);
    const counted = services.map(
      (each) =>
        new Proxy(each, {
          get: (target, key, receiver) => {
            reads++;
            return Reflect.get(target, key, receiver) as unknown;
          },
        }),
    );
    layOut({ ...rest, services: counted });
    return reads;
  };
  expect(workOf(200) / workOf(50)).toBeLessThan(20);
});

describe('texts of 200 services', () => {
  const drawnOf = (layout: Layout) => {
    const details = new Details();
    const drawn: string[] = [];
    for (const [name, box] of layout.services) details.add(box, () => drawn.push(name));
    return { details, drawn };
  };
  const layout = layOut(system(200));
  const screen = { width: 1200, height: 800 };
  const { x, y, scale } = begin(layout, screen);
  const part = { x, y, width: screen.width / scale, height: screen.height / scale };

  it('are drawn at once where they are in view: less than a third; the others in turns of 40, each once', () => {
    const { details, drawn } = drawnOf(layout);
    details.within(part);
    expect(new Set(drawn)).toEqual(
      new Set([...layout.services].filter(([, box]) => !apart(box, part)).map(([name]) => name)),
    );
    expect(drawn.length).toBeGreaterThan(0);
    expect(drawn.length).toBeLessThan(200 / 3);
    const before = drawn.length;
    expect(details.more()).toBe(true);
    expect(drawn).toHaveLength(before + 40);
    while (details.more());
    expect(drawn).toHaveLength(200);
    expect(new Set(drawn).size).toBe(200);
  });

  it('are all there when the picture is saved', () => {
    const { details, drawn } = drawnOf(layout);
    details.all();
    details.all();
    expect(drawn).toHaveLength(200);
    expect(details.more()).toBe(false);
  });
});

it('what is joined to nothing fills the columns instead of one', () => {
  const { services, height } = layOut({
    title: 'many',
    services: Array.from({ length: 24 }, (_, at) => service(`s${at}`, [])),
    networks: [],
    volumes: [],
  });
  expect(new Set([...services.values()].map(({ x }) => x)).size).toBe(4);
  expect(height).toBeLessThan(700);
});

describe('the path of a service', () => {
  const model: GraphModel = {
    title: 'shop',
    services: [
      service('web', ['api']),
      service('api', ['db', 'cache']),
      service('job', ['db']),
      service('db', []),
      service('cache', []),
    ],
    networks: [],
    volumes: [],
  };

  it('is what it needs and what needs it, over others', () => {
    const path = pathOf(model, 'api');
    expect([...path.needs].sort()).toEqual(['cache', 'db']);
    expect([...path.neededBy]).toEqual(['web']);
    expect([...pathOf(model, 'db').neededBy].sort()).toEqual(['api', 'job', 'web']);
    expect(isOnPath(path, 'api', 'web', 'api')).toBe(true);
    expect(isOnPath(path, 'api', 'api', 'db')).toBe(true);
    expect(isOnPath(path, 'api', 'job', 'db')).toBe(false);
  });

  it('ends in a circle', () => {
    const circle = { ...model, services: [service('a', ['b']), service('b', ['a'])] };
    expect([...pathOf(circle, 'a').needs]).toEqual(['b']);
  });

  it('is found by a part of a name', () => {
    expect(matching(model, 'A')).toEqual(['api', 'cache']);
    expect(matching(undefined, 'a')).toEqual([]);
  });
});

it('is Mermaid, whatever names hold', () => {
  const model: GraphModel = {
    title: 'shop',
    services: [
      service('web', [], {
        ports: ['8080 → 80'],
        dependencies: [
          { on: 'db', condition: 'healthy', required: true },
          { on: 'a "b"', condition: '', required: false },
          { on: 'gone', condition: '', required: true },
        ],
      }),
      service('db', [], { volumes: ['data'] }),
      service('a "b"', []),
    ],
    networks: [],
    volumes: ['data', 'unused'],
  };
  expect(toMermaid(model)).toBe(`flowchart LR
  s0["web<br>8080 → 80"]
  s1["db"]
  s2["a #quot;b#quot;"]
  v0[("data")]
  s0 -->|"healthy"| s1
  s0 -.-> s2
  s1 -.- v0
`);
});

describe('what is in view', () => {
  const screen = { width: 800, height: 600 };

  it('is the whole, in the middle, and no larger than it was drawn', () => {
    expect(whole({ width: 400, height: 300 }, screen)).toEqual({ x: -200, y: -150, scale: 1 });
    expect(whole({ width: 1600, height: 600 }, screen)).toEqual({ x: 0, y: -300, scale: 0.5 });
  });

  it('is the whole or a part of it', () => {
    const picture = { width: 1600, height: 600 };
    expect(isWhole(whole(picture, screen), picture, screen)).toBe(true);
    expect(isWhole(begin(picture, screen), picture, screen)).toBe(false);
    expect(isWhole({ x: 1, y: 0, scale: 0.5 }, picture, screen)).toBe(false);
  });

  it('begins where it can be read', () => {
    expect(begin({ width: 8000, height: 6000 }, screen)).toEqual({ x: 0, y: 0, scale: 0.6 });
    expect(begin({ width: 1000, height: 600 }, screen).scale).toBe(0.8);
  });

  it('keeps the point under the pointer while it zooms, within limits', () => {
    const view = { x: 10, y: 20, scale: 1 };
    const at = { x: 100, y: 50 };
    const near = zoom(view, 2, at);
    expect(near.x + at.x / near.scale).toBe(view.x + at.x / view.scale);
    expect(near.y + at.y / near.scale).toBe(view.y + at.y / view.scale);
    expect(zoom(view, 100, at).scale).toBe(2.5);
    expect(zoom(view, 0.001, at).scale).toBe(0.1);
  });

  it('never leaves the picture', () => {
    const picture = { width: 1000, height: 1000 };
    expect(pan({ x: 0, y: 0, scale: 1 }, 5000, 5000, picture, screen)).toMatchObject({ x: 940, y: 940 });
    expect(pan({ x: 0, y: 0, scale: 1 }, -5000, -5000, picture, screen)).toMatchObject({ x: -740, y: -540 });
  });

  it('goes to a box that is outside, and stays for one that is not', () => {
    const view = { x: 0, y: 0, scale: 1 };
    expect(reveal(view, { x: 10, y: 10, width: 100, height: 50 }, screen)).toBe(view);
    expect(reveal(view, { x: 2000, y: 10, width: 100, height: 50 }, screen).x).toBe(1650);
  });
});
