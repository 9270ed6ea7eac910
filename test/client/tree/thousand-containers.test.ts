import { beforeEach, describe, expect, it } from 'vitest';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { FileAccess } from '../../../client/src/files/file-access.ts';
import { ComposeTree } from '../../../client/src/tree/tree.ts';
import type { TreeRow } from '../../../client/src/tree/tree-row.ts';
import { UsageWatch } from '../../../client/src/tree/usage.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { openWorkbench } from '../support/workbench.ts';

const projects = 40;
const services = 25;

/** Counts what it is asked. */
class CountingEngine extends MemoryEngine {
  readonly asked: string[] = [];

  override get port(): EnginePort {
    return new Proxy(super.port, {
      get: (port, name: keyof EnginePort & string) => {
        const call: unknown = port[name];
        if (typeof call !== 'function') return call;
        return (...args: readonly unknown[]) => {
          this.asked.push(name);
          return Reflect.apply(call, port, args) as unknown;
        };
      },
    });
  }
}

/** 1,000 containers in 40 projects, all of them drawn; and what VS Code is told of from then on. */
async function open() {
  const engine = new CountingEngine();
  for (let project = 0; project < projects; project++)
    for (let service = 0; service < services; service++) engine.has(`p${project}`, `s${service}`);
  const workbench = await openWorkbench({ engines: { '': engine } });
  const { stacks, engines, since, swarm } = workbench;
  const usage = new UsageWatch(
    () => undefined,
    () => {},
  );
  const tree = new ComposeTree(stacks, engines, since, usage, new FileAccess(engines), swarm, {
    order: 'file',
    filter: undefined,
    isFavourite: () => false,
  });
  const asksToPaint = [...engine.asked];
  const drawAll = async (row?: TreeRow): Promise<number> => {
    if (row !== undefined) tree.getTreeItem(row);
    if (row?.kind === 'container') return 1;
    const below = await Promise.all((await tree.getChildren(row)).map(drawAll));
    return below.reduce((sum, each) => sum + each, row === undefined ? 0 : 1);
  };
  const drawn = await drawAll();
  const told: string[][] = [];
  let looks = 0;
  stacks.onDidChange((keys) => {
    looks += 1;
    const rows = tree.changed(keys && new Set(keys));
    told.push(rows?.map(({ id }) => id) ?? ['everything']);
  });
  engine.asked.length = 0;
  return { engine, engines, tree, told, drawn, asksToPaint, looks: () => looks };
}

const idOf = (project: number, service: number) => `id-of-p${project}-s${service}-1`;

describe('with 1,000 containers', () => {
  let it1000: Awaited<ReturnType<typeof open>>;
  beforeEach(async () => {
    it1000 = await open();
  });

  it('the first picture takes one listing of each kind, and asks about no container alone', () => {
    expect(it1000.drawn).toBe(projects + 2 * projects * services);
    expect(it1000.asksToPaint.filter((name) => name.startsWith('list')).sort()).toEqual([
      'listContainers',
      'listNetworks',
      'listVolumes',
    ]);
    expect(it1000.asksToPaint).not.toContain('inspectContainer');
  });

  it('200 events of one container are one listing of its project, and draw its row alone', async () => {
    const { engine, told } = it1000;
    for (let event = 0; event < 200; event++)
      engine.happens('health_status', idOf(7, 3), { health: event % 2 === 0 ? 'healthy' : 'starting' });
    await expect.poll(() => told.flat()).not.toEqual([]);
    expect(told.flat()).toEqual(['service engine:p7 s3']);
    expect(engine.asked).toEqual(['listContainers']);
  });

  it('an event leaves the other 39 projects, and the other 24 containers, the objects that they were', async () => {
    const { engine, engines, told } = it1000;
    const before = engines.chosen.snapshot.projects;
    engine.happens('health_status', idOf(7, 3), { health: 'unhealthy' });
    await expect.poll(() => told.flat()).not.toEqual([]);
    const after = engines.chosen.snapshot.projects;
    expect(after.filter((project, at) => project !== before[at]).map(({ name }) => name)).toEqual(['p7']);
    const containersOf = (all: typeof after) =>
      all.find(({ name }) => name === 'p7')?.services.flatMap(({ containers }) => containers) ?? [];
    const old = new Set(containersOf(before));
    expect(containersOf(after).filter((container) => !old.has(container))).toHaveLength(1);
  });

  it('200 events all over are one listing, one change, and draw their 40 projects once', async () => {
    const { engine, told, looks } = it1000;
    for (let at = 0; at < 200; at++)
      engine.happens('health_status', idOf(at % projects, Math.floor(at / projects)), {
        health: 'unhealthy',
      });
    await expect.poll(() => told.flat()).not.toEqual([]);
    expect(engine.asked).toEqual(['listContainers']);
    expect(looks()).toBe(1);
    // Each of the 40 projects says that something is wrong, and VS Code asks for what is below a row it is told of.
    expect(told.flat().every((id) => /^(?:project|service) engine:p\d+/.test(id))).toBe(true);
    expect(told.flat()).toHaveLength(projects);
  });

  it('however many events come while the engine answers, there is one more look', async () => {
    const { engine, told, looks } = it1000;
    let answer = () => {};
    engine.held = new Promise((resolve) => {
      answer = resolve;
    });
    engine.happens('health_status', idOf(0, 0), { health: 'unhealthy' });
    await expect.poll(() => engine.asked).toEqual(['listContainers']);
    for (let event = 0; event < 200; event++)
      engine.happens('health_status', idOf(1, event % services), { health: 'unhealthy' });
    engine.held = undefined;
    answer();
    await expect.poll(() => told.flat().some((id) => id.includes('engine:p1'))).toBe(true);
    expect(engine.asked).toHaveLength(2);
    expect(looks()).toBe(2);
  });

  it('an event that shows in no row is one listing and draws nothing', async () => {
    const { engine, told } = it1000;
    engine.happens('update', idOf(7, 3), { command: 'another' });
    await expect.poll(() => told).toEqual([[]]);
    expect(engine.asked).toEqual(['listContainers']);
  });
});
