import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callEngine } from '../../scripts/lib/engine-api.mjs';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { freePort } from '../../scripts/lib/vscode.mjs';
import { removeProject, testEngine } from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-doctor';

describe('Check Before Up', () => {
  let session: TestFolder;
  const blocker = createServer();
  let taken = 0;
  let other = 0;

  beforeAll(async () => {
    taken = await freePort();
    await new Promise<void>((resolve) => blocker.listen(taken, '0.0.0.0', resolve));
    other = await freePort();
    const socket = testEngine().replace('unix://', '');
    const labels = { 'com.docker.compose.project': 'ui-doctor-other' };
    await callEngine(socket, 'POST', '/networks/create', {
      body: { Name: 'ui-doctor-other', Labels: labels },
    });
    await callEngine(socket, 'POST', `/containers/create?name=${project}-elsewhere`, {
      body: {
        Image: 'nginx:alpine',
        Labels: labels,
        ExposedPorts: { '80/tcp': {} },
        HostConfig: {
          NetworkMode: 'ui-doctor-other',
          PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: String(other) }] },
        },
      },
    });
    await callEngine(socket, 'POST', `/containers/${project}-elsewhere/start`);
    session = await openFolder({
      files: {
        'compose.yaml': `name: ${project}
services:
  web:
    image: nginx:alpine
    ports:
      - "${taken}:80"
      - "127.0.0.1:${other}:81"
    volumes:
      - ./missing.conf:/etc/app.conf
    environment:
      KEY: \${NOT_SET_ANYWHERE}
  api:
    build: ./api
  far:
    image: nosuch.invalid/far:1
`,
      },
    });
    await session.workbench.openView('Compose');
    await session.workbench.waitForRows('declared', (rows) => rows.some((row) => row.startsWith('web')));
  });
  afterAll(async () => {
    blocker.close();
    await session?.close();
    await removeProject('ui-doctor-other');
  });

  async function check(): Promise<readonly string[]> {
    const { workbench } = session;
    await workbench.clickMenu(/^ui-doctor/, 'Check Before Up');
    const list = workbench.page.locator('.quick-input-widget:visible .monaco-list-row');
    await list.filter({ hasText: 'nosuch.invalid' }).first().waitFor({ timeout: 60_000 });
    return (await list.allInnerTexts()).map((text) => text.replace(/\s*\n\s*/g, ' '));
  }

  it('tells what stands in the way, by whom, and what to do', async () => {
    const { workbench, shot } = session;
    const found = (await check()).join('\n');
    await shot('doctor');
    expect(found).toMatch(/missing\.conf is missing but is mounted by web/);
    expect(found).toMatch(/NOT_SET_ANYWHERE/);
    expect(found).toMatch(new RegExp(`Port ${taken} of web is used by .*\\(${process.pid}\\)`));
    expect(found).toMatch(new RegExp(`Port ${other} of web is used by container ${project}-elsewhere`));
    expect(found).toMatch(/nosuch\.invalid\/far:1 is not on the engine, and cannot be pulled/);
    await workbench.page.keyboard.press('Escape');
    await workbench.openFile('compose.yaml');
    await workbench.page.locator('.squiggly-error').first().waitFor();
    await shot('doctor-problems');
  });

  it('mends what it can: the container in the way is stopped, and everything looked at again', async () => {
    const { workbench } = session;
    await check();
    await workbench.choose(`Stop ${project}-elsewhere`);
    const list = workbench.page.locator('.quick-input-widget:visible .monaco-list-row');
    await waitFor('the second check', 60_000, async () => {
      const text = (await list.allInnerTexts()).join('\n');
      return text.includes('nosuch.invalid') && !text.includes(`${project}-elsewhere`);
    });
  });
});
