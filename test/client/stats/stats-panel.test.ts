import { describe, expect, it } from 'vitest';
import { statsCommand } from '../../../client/src/stats/stats-command.ts';
import type { FromStats, StatsSample } from '../../../client/webview/stats/protocol.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { Panel } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

interface Posted {
  readonly samples: readonly StatsSample[];
  readonly projects: readonly string[];
  readonly project: string;
  readonly left: number;
}

const sample = (total: number) => ({
  cpu_stats: { cpu_usage: { total_usage: total }, system_cpu_usage: 1000 + total, online_cpus: 2 },
  precpu_stats: { cpu_usage: { total_usage: 0 }, system_cpu_usage: 1000 },
  memory_stats: { usage: 2048, limit: 4096 },
  pids_stats: { current: 3 },
});

async function engineWithTwo() {
  const engine = new MemoryEngine();
  const web = engine.has('shop', 'web', { name: 'shop-web-1' });
  engine.samples.set(web.id, [sample(100)]);
  engine.has('shop', 'job', { state: 'exited', exitCode: 0 });
  const app = engine.has('blog', 'app');
  engine.samples.set(app.id, [sample(200)]);
  const workbench = await openWorkbench({ engines: { '': engine } });
  const view = new Panel('stats');
  const panel = await workbench.panels.stats();
  panel.resolve(view as never);
  return {
    engine,
    workbench,
    view,
    web,
    says: (message: FromStats) => view.received.fire(message),
    last: () => view.posted.at(-1) as Posted | undefined,
    shop: stackNamed(workbench, 'shop').key,
  };
}

describe('the statistics', () => {
  it('are of what runs, of all projects, once the page is ready and there are samples', async () => {
    const { says, last, view } = await engineWithTwo();
    expect(view.posted).toEqual([]);
    says({ type: 'ready' });
    await expect.poll(() => last()?.samples.length, { timeout: 10_000 }).toBe(2);
    expect(last()).toMatchObject({ projects: ['blog', 'shop'], project: '', left: 0 });
    expect(
      last()
        ?.samples.map(({ name }) => name)
        .sort(),
    ).toEqual(['app-1', 'web-1']);
    expect(last()?.samples.find(({ name }) => name === 'web-1')).toMatchObject({
      project: 'shop',
      service: 'web',
      stateText: 'running',
      memory: 2048,
      memoryLimit: 4096,
      processes: 3,
    });
  });

  it('are of one project when a command or the page says so', async () => {
    const { workbench, says, last, shop } = await engineWithTwo();
    says({ type: 'ready' });
    await statsCommand(workbench, [{ kind: 'project', id: 'p', stack: shop }]);
    expect(person.commands.at(-1)?.id).toBe('composure.statsView.focus');
    expect(last()?.project).toBe('shop');
    says({ type: 'project', project: 'gone' });
    expect(last()).toMatchObject({ project: 'gone', projects: ['blog', 'gone', 'shop'], samples: [] });
    await statsCommand(workbench, []);
    expect(last()?.project).toBe('');
  });

  it('are not asked for while nobody sees them', async () => {
    const { says, view } = await engineWithTwo();
    view.visible = false;
    says({ type: 'ready' });
    view.viewState.fire();
    expect(view.posted).toEqual([]);
  });

  it('lead to a service or one container of it', async () => {
    const { says, web, shop } = await engineWithTwo();
    says({ type: 'open', what: 'logs', stack: shop, service: 'web' } as FromStats);
    says({ type: 'open', what: 'stop', stack: shop, service: 'web', container: web.id } as FromStats);
    expect(person.commands).toMatchObject([
      { id: 'composure.logs', args: [{ kind: 'service', service: 'web' }] },
      { id: 'composure.stop', args: [{ kind: 'container', container: web.id }] },
    ]);
  });

  it('end with the page', async () => {
    const { says, view, workbench } = await engineWithTwo();
    says({ type: 'ready' });
    const before = view.posted.length;
    view.closed.fire();
    await statsCommand(workbench, []);
    expect(view.posted).toHaveLength(before);
  });
});
