import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { callEngine } from '../../scripts/lib/engine-api.mjs';
import { type Engine, startEngine } from '../../scripts/lib/engine.mjs';
import { seedImages } from '../../scripts/lib/images.mjs';
import { removeProject, testEngine } from './engine.ts';
import { openFolder } from './window.ts';

const project = 'ui-both';
const has = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));

test('two engines at once: each with its stacks, actions and troubles', async () => {
  const docker = await mkdtemp(join(tmpdir(), 'composure-engines-'));
  onTestFinished(() => rm(docker, { recursive: true, force: true }));
  const dir = join(docker, 'engine');
  let old: Engine = await startEngine({ version: '20.10', dir });
  onTestFinished(() => old.stop());
  await seedImages(old, { 'busybox:latest': 'shell' });
  await addContext(docker, 'old', old.host);

  const session = await openFolder({
    files: {
      'compose.yaml': `name: ${project}
services:
  app:
    image: busybox
    command: ["sh", "-c", "trap 'exit 3' USR1; echo hello from $$(hostname); while :; do sleep 0.2; done"]
    stop_grace_period: 0s
    volumes: ["data:/data"]
volumes:
  data:
`,
    },
    env: { DOCKER_CONFIG: docker },
  });
  onTestFinished(async () => {
    await session.close();
    await removeProject(project);
  });
  const { workbench, shot } = session;
  const onOld = () => statesOf(old.host);
  const onChosen = () => statesOf(testEngine());

  await workbench.openView('Compose');
  await workbench.waitForRows('one engine', has(/^ui-both *not created/));
  expect((await workbench.rowTexts())[0]).toMatch(/^ui-both/);

  await workbench.runCommand('Compose: Add Engine…');
  await workbench.choose('old');
  await workbench.waitForRows(
    'both engines',
    (rows) => has(/^Default engine *chosen/)(rows) && has(/^old *no projects · 20\.10/)(rows),
  );

  await workbench.runCommand('Compose: Up on Engine…');
  await workbench.choose('old');
  await workbench.waitForRows('up on the other', has(/^ui-both *1\/1 running/), 60_000);
  expect(await onOld()).toEqual(['running']);
  expect(await onChosen()).toEqual([]);
  await shot('engines-two');

  await workbench.clickInline(/^ui-both *not created/, 'Up');
  await workbench.waitForRows(
    'up on both',
    (rows) => rows.filter((row) => /^ui-both *1\/1 running/.test(row)).length === 2,
    60_000,
  );
  expect(await onChosen()).toEqual(['running']);

  // What crashes there is told of too, and whose it is.
  await onContainer(old.host, 'kill?signal=USR1');
  await workbench.runCommand('Notifications: Show Notifications');
  await workbench.page
    .locator('.notification-list-item', { hasText: `old › ${project} › app has crashed with exit code 3` })
    .waitFor();
  await workbench.runCommand('Notifications: Clear All Notifications');
  await onContainer(old.host, 'start');
  await workbench.waitForRows(
    'both run again',
    (rows) => rows.filter((row) => /^ui-both *1\/1 running/.test(row)).length === 2,
    60_000,
  );

  // The second of the two rows is the other engine's.
  const second = workbench.page.locator('.sidebar .monaco-list-row', { hasText: /^\s*ui-both/ }).nth(1);
  await second.click({ button: 'right' });
  await workbench.clickMenuEntry('Stop');
  await workbench.waitForRows('stopped there', has(/^ui-both *stopped/), 60_000);
  expect(await onOld()).toEqual(['exited']);
  expect(await onChosen()).toEqual(['running']);

  await workbench.clickMenu(/^ui-both *stopped/, 'Logs');
  await workbench.waitForTerminal('hello from');

  await old.stop();
  await workbench.waitForRows('it is gone', has(/^old *not responding, retrying/), 60_000);
  await workbench.clickInline(/^ui-both *1\/1 running/, 'Stop');
  await workbench.waitForRows('the chosen one goes on', has(/^ui-both *stopped/), 60_000);
  await expect.poll(onChosen).toEqual(['exited']);
  await shot('engines-one-lost');

  old = await startEngine({ version: '20.10', dir });
  await workbench.waitForRows('it is back', has(/^old *20\.10/), 60_000);

  // Folded away, it has no connection of ours; opened again, it has.
  await workbench.row(/^old/).locator('.monaco-tl-twistie').click();
  await workbench.waitForRows('not connected', has(/^old *not connected/));
  await expect.poll(() => connectionsTo(old.host)).toBe(0);
  await workbench.row(/^old/).locator('.monaco-tl-twistie').click();
  await workbench.waitForRows('connected again', has(/^old *20\.10/));
  await expect.poll(() => connectionsTo(old.host)).toBeGreaterThan(0);

  await workbench.clickInline(/^old/, 'Remove Engine from Tree');
  await workbench.waitForRows('one engine again', (rows) => !has(/^(old|Default engine)/)(rows));
  await expect.poll(() => connectionsTo(old.host)).toBe(0);
});

async function addContext(docker: string, name: string, host: string): Promise<void> {
  const folder = join(docker, 'contexts/meta', createHash('sha256').update(name).digest('hex'));
  await mkdir(folder, { recursive: true });
  const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host } } };
  await writeFile(join(folder, 'meta.json'), JSON.stringify(meta));
}

async function statesOf(host: string): Promise<readonly string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`com.docker.compose.project=${project}`] }));
  const list = (await callEngine(
    host.replace('unix://', ''),
    'GET',
    `/containers/json?all=1&filters=${filters}`,
  )) as { readonly State: string }[];
  return list.map(({ State }) => State);
}

async function onContainer(host: string, what: string): Promise<void> {
  await callEngine(host.replace('unix://', ''), 'POST', `/containers/${project}-app-1/${what}`);
}

/** Connections that the engine has accepted on its socket: each carries the socket's path, besides the listening one. */
async function connectionsTo(host: string): Promise<number> {
  const path = host.replace('unix://', '');
  const sockets = (await readFile('/proc/net/unix', 'utf8'))
    .split('\n')
    .filter((line) => line.endsWith(path));
  return sockets.length - 1;
}
