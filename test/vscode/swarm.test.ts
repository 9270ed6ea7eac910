import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../../scripts/lib/engine.mjs';
import { seedImages } from '../../scripts/lib/images.mjs';
import { swarmTurn, takeTurn } from '../../scripts/lib/turn.mjs';
import { openFolder, type TestFolder } from './window.ts';

/** As the course has it for production; the port in mode host, as the test engines leave the firewall, which the routing mesh needs, alone. */
const stack = (conf: string, more = '') => `name: shop
services:
  web:
    image: nginx:alpine
    security_opt: [no-new-privileges]
    ports: [{ target: 80, mode: host }]
    configs: [{ source: conf, target: /etc/site.conf }]
    deploy:
      replicas: 3
      resources: { limits: { cpus: '0.50', memory: 64M } }
      update_config: { parallelism: 2, order: start-first, monitor: 500ms }
      rollback_config: { parallelism: 0, monitor: 500ms }
  db:
    image: postgres:13
    environment: { POSTGRES_PASSWORD: x }
    volumes: ['data:/var/lib/postgresql/data']
    deploy: { update_config: { monitor: 500ms } }
${more}
volumes: { data: {} }
configs: { conf: { content: '${conf}' } }
`;

const has = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));
const patience = 60_000;

describe('a swarm, by clicking', () => {
  let engine: Engine;
  let session: TestFolder;

  let endTurn: () => Promise<void>;
  beforeAll(async () => {
    endTurn = await takeTurn(swarmTurn);
    engine = await startEngine();
    await seedImages(engine);
    session = await openFolder({
      files: { 'compose.yaml': stack('a', '  extra: { image: busybox, command: sleep 1000 }') },
      engine: engine.host,
    });
    await session.workbench.openView('Compose');
    await session.workbench.waitForRows('declared', has(/^shop/));
  });
  afterAll(async () => {
    await session?.close();
    await docker('swarm', 'leave', '--force').catch(() => '');
    await docker('network', 'rm', 'docker_gwbridge').catch(() => '');
    await engine?.stop();
    await endTurn?.();
  });

  /** What the Docker CLI sees. */
  async function docker(...words: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(join(engine.installed.bin, 'docker'), words, {
      env: { ...process.env, ...engine.installed.env, DOCKER_HOST: engine.host },
    });
    return stdout;
  }
  const tasks = async (service: string) =>
    (
      await docker(
        'service',
        'ps',
        service,
        '-f',
        'desired-state=running',
        '--format',
        '{{.Image}} {{.CurrentState}}',
      )
    )
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' ').slice(0, 2).join(' '));
  async function type(text: string): Promise<void> {
    const { page } = session.workbench;
    await page.locator('.quick-input-widget:visible input.input').fill(text);
    await page.keyboard.press('Enter');
  }
  const web = /^web *\d/;

  it('is begun when a project is deployed, after what is done and what is left out was agreed to', async () => {
    const { workbench } = session;
    await workbench.clickSubmenu(/^shop/, 'More', 'Deploy to Swarm');
    expect(await workbench.question()).toContain('not part of a swarm');
    await workbench.answer('Initialize Swarm');
    const address = workbench.page.locator('.quick-input-widget:visible', { hasText: 'several addresses' });
    const plan = workbench.page.locator('.monaco-dialog-box', { hasText: 'Deploy shop to the swarm?' });
    await address.or(plan).first().waitFor();
    if (await address.isVisible()) await type('127.0.0.1');
    await plan.waitFor();
    const question = await workbench.question();
    await session.shot('swarm-deploy');
    expect(question).toContain('Create the service shop_web');
    expect(question).toContain('services.web.security_opt');
    await workbench.answer('Deploy');
    await workbench.waitForRows('the stack', has(/^web *3\/3 running/), patience);
    await workbench.waitForRows('the swarm', has(/^Swarm *1 node/));
    expect(await tasks('shop_web')).toEqual(Array(3).fill('nginx:alpine Running'));
    expect(await docker('stack', 'ls', '--format', '{{.Name}} {{.Services}}')).toBe('shop 3\n');
  });

  it('shows tasks with their nodes', async () => {
    await session.workbench.expand(web);
    await session.workbench.waitForRows('tasks', has(/^web\.3 *running · \S+ · \d+ s/));
    await session.shot('swarm-tree');
  });

  it('is scaled', async () => {
    await session.workbench.clickMenu(web, 'Scale Swarm Service');
    await type('5');
    await session.workbench.waitForRows('five', has(/^web *5\/5 running/), patience);
    expect(await tasks('shop_web')).toHaveLength(5);
  });

  it('is updated and rolled back', async () => {
    const { workbench } = session;
    await workbench.clickMenu(web, 'Update Swarm Service Image');
    await type('nginx:1.21-alpine');
    await workbench.waitForRows('the new image', has(/^web *5\/5 running · nginx:1\.21-alpine/), patience);
    await expect.poll(() => tasks('shop_web')).toEqual(Array(5).fill('nginx:1.21-alpine Running'));
    await workbench.clickMenu(web, 'Roll Back Swarm Service');
    expect(await workbench.question()).toContain('nginx:1.21-alpine → nginx:alpine');
    await workbench.answer('Roll Back');
    await expect.poll(() => tasks('shop_web')).toEqual(Array(5).fill('nginx:alpine Running'));
    await workbench.waitForRows(
      'rolled back',
      has(/^web *5\/5 running · (rolled back · )?nginx:alpine/),
      patience,
    );
  });

  it('shows the logs of all tasks', async () => {
    await session.workbench.clickMenu(/^db *1/, 'Show Swarm Service Logs');
    await session.workbench.waitForTerminal(/shop_db\.1\.\w{12}@/);
    await session.workbench.runCommand('Terminal: Kill All Terminals');
  });

  it('deploys changed configs under a new name when asked to, and removes what has gone from the files', async () => {
    const { workbench } = session;
    await session.write('compose.yaml', stack('b'));
    await workbench.clickSubmenu(/^shop *(not|\d)/, 'More', 'Deploy to Swarm');
    expect(await workbench.question()).toContain('still running: shop_extra');
    await workbench.answer('Deploy and Remove shop_extra');
    await workbench.page.locator('.monaco-dialog-box', { hasText: 'config shop_conf' }).waitFor();
    await workbench.answer('Deploy as shop_conf_2');
    await workbench.waitForRows('gone', (rows) => !has(/^extra *\d/)(rows), patience);
    await expect
      .poll(() =>
        docker(
          'service',
          'inspect',
          'shop_web',
          '--format',
          '{{json .Spec.TaskTemplate.ContainerSpec.Configs}}',
        ),
      )
      .toContain('"ConfigName":"shop_conf_2"');
  });

  it('has nodes, which are drained and take tasks again', async () => {
    const { workbench } = session;
    const availability = async () =>
      (await docker('node', 'inspect', 'self', '--format', '{{.Spec.Availability}}')).trim();
    const manage = async (action: string) => {
      await workbench.clickMenu(/^Swarm/, 'Manage Nodes');
      const [host = ''] = (await docker('node', 'ls', '--format', '{{.Hostname}}')).split('\n');
      await workbench.choose(host);
      await workbench.choose(action);
    };
    await workbench.waitForRows('no update', (rows) => !has(/updating/)(rows), patience);
    await manage('Drain');
    expect(await workbench.question()).toContain('started on other nodes');
    await session.shot('swarm-nodes');
    await workbench.answer('Drain');
    await expect.poll(availability, { timeout: patience }).toBe('drain');
    await workbench.waitForRows('nothing runs', has(/^db *0\/1/), patience);
    await manage('Activate');
    await expect.poll(availability, { timeout: patience }).toBe('active');
    await workbench.waitForRows('it runs again', has(/^db *1\/1 running/), patience);
  });

  it('is removed, and left', async () => {
    const { workbench } = session;
    await workbench.clickMenu(/^shop *\d\/\d running/, 'Remove Stack');
    expect(await workbench.question()).toContain('Its volumes will be kept');
    await workbench.answer('Remove');
    await workbench.waitForRows('no stack', (rows) => !has(/^web *\d/)(rows), patience);
    expect(await docker('stack', 'ls', '--format', '{{.Name}}')).toBe('');
    expect(await docker('volume', 'ls', '-q')).toContain('shop_data');
    await workbench.clickMenu(/^Swarm/, 'Leave Swarm');
    await workbench.answer('Leave Swarm');
    await workbench.waitForRows('no swarm', (rows) => !has(/^Swarm/)(rows), patience);
  });
});
