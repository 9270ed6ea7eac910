import { describe, expect, it } from 'vitest';
import { label } from '#engine/project/labels.ts';
import { graphModel } from '../../../client/src/graph/graph-model.ts';
import { showGraphCommand } from '../../../client/src/graph/graph-panel.ts';
import { Since } from '../../../client/src/tree/since.ts';
import { container, joined, port, runtime } from '../containers.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { state } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';
import { english } from '../translate.ts';

const view = { t: english, since: new Since(), now: 0 };
const text = `name: shop
services:
  web:
    image: nginx
    ports: ['8080:80', '90']
    depends_on: {db: {condition: service_healthy}, cache: {condition: service_started, required: false}}
    networks: [front]
  db: {image: postgres, volumes: ['data:/data', '.:/here']}
  cache: {image: redis, network_mode: host}
networks: {front: {}}
volumes: {data: {}}
`;

describe('the picture of a project', () => {
  it('is what its files say', async () => {
    const workbench = await openWorkbench({ files: { 'compose.yaml': text } });
    const { title, services, networks, volumes } = graphModel(stackNamed(workbench, 'shop'), view);
    const [cache, db, web] = services;
    expect({ title, networks, volumes }).toEqual({
      title: 'shop',
      networks: ['default', 'front'],
      volumes: ['data'],
    });
    expect(web?.dependencies).toEqual([
      { on: 'db', condition: 'healthy', required: true },
      { on: 'cache', condition: '', required: false },
    ]);
    expect(web?.ports).toEqual(['8080 → 80', '90']);
    expect(cache?.networks).toEqual([]);
    expect(db).toMatchObject({
      state: 'absent',
      image: 'postgres',
      volumes: ['data'],
      can: { file: true, logs: false, shell: false },
    });
  });

  it('is, without files, what the containers and their labels say', () => {
    const web = container({
      name: 'shop-web-1',
      ports: [port(8080), { ...port(0, 90), hostPort: undefined }],
      networks: { shop_front: { networkId: 'x' }, other: { networkId: 'y' } },
      mounts: [{ type: 'volume', name: 'shop_data', source: '', destination: '/data', readOnly: false }],
      labels: { [label.dependsOn]: 'db:service_completed_successfully:false' },
    });
    const [stack] = joined([], [runtime('shop', { web: [web] })], false);
    if (stack === undefined) throw new Error('no stack');
    expect(graphModel(stack, view).services).toMatchObject([
      {
        ports: ['8080 → 80'],
        networks: ['front', 'other'],
        volumes: ['data'],
        dependencies: [{ on: 'db', condition: 'completed', required: true }],
        can: { file: false, logs: true, shell: true },
      },
    ]);
  });
});

describe('the panel', () => {
  async function opened() {
    const engine = new MemoryEngine();
    const web = engine.has('shop', 'web');
    const workbench = await openWorkbench({ files: { 'compose.yaml': text }, engines: { '': engine } });
    const row = { kind: 'project', id: 'p', stack: stackNamed(workbench, 'shop').key };
    await showGraphCommand(workbench, [row]);
    const [panel] = state.panels;
    if (panel === undefined) throw new Error('no panel');
    const drawn = () => panel.posted as { readonly model: ReturnType<typeof graphModel> }[];
    return { engine, workbench, row, panel, web, drawn };
  }

  it('is opened once for a project, and anew once it was closed', async () => {
    const { workbench, row, panel } = await opened();
    await showGraphCommand(workbench, [row]);
    expect([state.panels.length, panel.revealed]).toEqual([1, 1]);
    panel.closed.fire();
    await showGraphCommand(workbench, [row]);
    expect(state.panels).toHaveLength(2);
  });

  it('loads its own script only', async () => {
    const { panel } = await opened();
    expect(panel.webview.html).toMatch(
      /default-src 'none'; style-src https:\/\/page; script-src 'nonce-\w{32}'/,
    );
    expect(panel.webview.html).toContain('<title>shop: graph</title>');
  });

  it('draws when the page is ready, and again only when something looks different', async () => {
    const { engine, panel, web, drawn } = await opened();
    panel.received.fire({ type: 'ready' });
    expect(drawn().map(({ model }) => model.title)).toEqual(['shop']);
    panel.viewState.fire();
    await engine.port.stopContainer(web.id, {}, AbortSignal.timeout(1000));
    await expect.poll(() => drawn().at(-1)?.model.services.at(-1)?.state).toBe('exited');
    expect(drawn()).toHaveLength(2);
  });

  it('draws nothing that nobody sees', async () => {
    const { panel, drawn } = await opened();
    panel.visible = false;
    panel.received.fire({ type: 'ready' });
    expect(drawn()).toEqual([]);
  });

  it('leads to a service', async () => {
    const { panel, row } = await opened();
    for (const what of ['file', 'logs', 'shell']) panel.received.fire({ type: 'open', what, service: 'web' });
    expect(person.commands.map(({ id }) => id)).toEqual([
      'composure.openFile',
      'composure.logs',
      'composure.shell',
    ]);
    expect(person.commands[0]?.args).toMatchObject([{ kind: 'service', stack: row.stack, service: 'web' }]);
  });

  it('is saved where the user says, under the name of the project', async () => {
    const { workbench, panel } = await opened();
    const path = workbench.path('picture.svg');
    person.answers(path);
    panel.received.fire({ type: 'export', svg: '<svg/>' });
    const { readFile } = await import('node:fs/promises');
    await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toBe('<svg/>');
    expect(person.saw('save')).toEqual([workbench.path('shop.svg')]);
  });
});
