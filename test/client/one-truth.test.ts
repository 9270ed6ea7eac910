import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { listedState } from '#engine/observe/states.ts';
import { label } from '#engine/project/labels.ts';
import { downCommand } from '../../client/src/stack/down-commands.ts';
import { restartCommand, stopCommand } from '../../client/src/stack/lifecycle-commands.ts';
import { upCommand } from '../../client/src/stack/up-commands.ts';
import { fc } from '../property.ts';
import { MemoryEngine } from './support/memory-engine.ts';
import { disagreements } from './support/surfaces.ts';
import { openWorkbench, stackNamed, type TestWorkbench } from './support/workbench.ts';

const composeFile = (replicas: number, extra: boolean) => `name: shop
services:
  web: {image: busybox, scale: ${replicas}}
  db: {image: busybox}
${extra ? '  cache: {image: busybox}\n' : ''}`;

const settings = { 'composure.previewUp': 'never' };

type Step =
  | { readonly kind: 'click'; readonly what: 'up' | 'stop' | 'restart' | 'down'; readonly on: string }
  | {
      readonly kind: 'event';
      readonly what: 'crash' | 'restart' | 'ill' | 'end' | 'vanish';
      readonly at: number;
    }
  | { readonly kind: 'one-off' | 'lose' | 'return' | 'hold' | 'release' | 'pass' }
  | { readonly kind: 'edit'; readonly replicas: number; readonly extra: boolean };

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('click' as const),
        what: fc.constantFrom('up', 'stop', 'restart', 'down'),
        on: fc.constantFrom('', 'web', 'db'),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('event' as const),
        what: fc.constantFrom('crash', 'restart', 'ill', 'end', 'vanish'),
        at: fc.nat(5),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom('one-off' as const, 'lose', 'return', 'hold', 'release', 'pass'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('edit' as const),
        replicas: fc.integer({ min: 0, max: 3 }),
        extra: fc.boolean(),
      }),
    },
  ),
  { minLength: 3, maxLength: 14 },
);

/** A window on one project, and everything that can happen to it. */
class Shop {
  readonly engine = new MemoryEngine();
  readonly #workbench: TestWorkbench;
  readonly #clicks: Promise<unknown>[] = [];
  /** What was wrong after any notification. */
  readonly wrong: string[] = [];
  #release = () => {};
  #oneOffs = 0;

  private constructor(workbench: TestWorkbench, engine: MemoryEngine) {
    this.#workbench = workbench;
    this.engine = engine;
    // Whoever is told of a change finds that everything shows it.
    workbench.stacks.onDidChange(() => this.compare());
  }

  static async open(): Promise<Shop> {
    const engine = new MemoryEngine();
    engine.hasImage('busybox');
    engine.has('shop', 'db');
    const files = { 'compose.yaml': composeFile(2, false) };
    return new Shop(await openWorkbench({ files, engines: { '': engine }, settings }), engine);
  }

  compare(): void {
    const { stacks, engines } = this.#workbench;
    this.wrong.push(...disagreements(stacks.stacks, engines.chosen.snapshot));
  }

  async do(step: Step): Promise<void> {
    switch (step.kind) {
      case 'click':
        return this.#click(step.what, step.on);
      case 'event':
        return this.#happens(step.what, step.at);
      case 'one-off':
        return this.#runs();
      case 'lose':
        return this.engine.breaks();
      case 'return':
        this.engine.isReachable = true;
        return this.#workbench.engines.chosen.retry();
      case 'hold':
        this.#release();
        this.engine.held = new Promise((resolve) => {
          this.#release = resolve;
        });
        return;
      case 'release':
        return this.release();
      case 'pass':
        await delay(60);
        return;
      case 'edit':
        await writeFile(this.#workbench.path('compose.yaml'), composeFile(step.replicas, step.extra));
        await this.#workbench.files.refresh();
    }
  }

  release(): void {
    this.#release();
    this.engine.held = undefined;
  }

  /** Nothing is asked for, nothing is held, there is an engine: what is shown is what is. */
  async becomesQuiet(): Promise<void> {
    this.release();
    this.engine.isReachable = true;
    this.#workbench.engines.chosen.retry();
    await Promise.all(this.#clicks);
    await expect.poll(() => this.#differences(), { timeout: 15_000, interval: 20 }).toEqual([]);
  }

  #differences(): readonly string[] {
    const { services, view } = stackNamed(this.#workbench, 'shop');
    const all = [...this.engine.containers.values()];
    const found: string[] = view.doing === undefined ? [] : [`still ${view.doing}`];
    for (const { name, view: shown } of services) {
      const own = all.filter(({ labels }) => labels[label.service] === name);
      const ids = own.map(({ id }) => id).sort();
      if (
        ids.join() !==
        shown.containers
          .map(({ container }) => container.id)
          .sort()
          .join()
      )
        found.push(`${name}: ${shown.containers.length} of ${ids.length} containers`);
      for (const { container, observed, loop } of shown.containers) {
        const is = all.find(({ id }) => id === container.id);
        const state = is === undefined ? 'gone' : listedState(is);
        const isSame =
          observed === state || (observed === 'done' && state === 'exited') || loop !== undefined;
        if (!isSame) found.push(`${container.name}: ${observed}, and is ${state}`);
      }
    }
    return found;
  }

  #click(what: 'up' | 'stop' | 'restart' | 'down', on: string): void {
    const { key } = stackNamed(this.#workbench, 'shop');
    const row =
      on === '' || what === 'down'
        ? { kind: 'project', id: 'p', stack: key }
        : { kind: 'service', id: 's', stack: key, service: on };
    const commands = { up: upCommand, stop: stopCommand, restart: restartCommand, down: downCommand };
    this.#clicks.push(Promise.resolve(commands[what](this.#workbench, [row])).catch(() => undefined));
  }

  #happens(what: 'crash' | 'restart' | 'ill' | 'end' | 'vanish', at: number): void {
    const all = [...this.engine.containers.values()];
    const { id, state } = all[at % Math.max(1, all.length)] ?? {};
    if (id === undefined) return;
    if (what === 'vanish') this.engine.goes(id);
    else if (state !== 'running') return;
    else if (what === 'ill') this.engine.happens('health_status: unhealthy', id, { health: 'unhealthy' });
    else if (what === 'end') this.engine.happens('die', id, { state: 'exited', exitCode: 0 }, 0);
    else if (what === 'crash') this.engine.happens('die', id, { state: 'exited', exitCode: 3 }, 3);
    else this.engine.crashes(id, 3);
  }

  #runs(): void {
    this.#oneOffs += 1;
    const name = `shop-web-run-${this.#oneOffs}`;
    const made = this.engine.has('shop', 'web', { name, labels: { [label.oneOff]: 'True' } });
    this.engine.happens('start', made.id);
  }
}

describe('whatever happens, in whatever order', () => {
  it('all that is shown agrees at every moment, and with the engine once it is quiet', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const shop = await Shop.open();
        for (const step of sequence) {
          await shop.do(step as Step);
          shop.compare();
          expect(shop.wrong).toEqual([]);
        }
        await shop.becomesQuiet();
        shop.compare();
        expect(shop.wrong).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
