import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/lib/vscode.mjs';
import { removeProject } from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-in-file';

const file = (port: number, worker: string) => `name: ${project}
services:
  web:
    image: nginx:alpine
    ports:
      - "127.0.0.1:${port}:80"
  worker:
    image: busybox
    command: ["sh", "-c", "${worker}"]
    stop_grace_period: 0s
`;

const crash = "echo starting; sleep 1; echo 'Error: no database, API_KEY=hunter2'; exit 3";

describe('in the file', () => {
  let session: TestFolder;
  let port = 0;

  beforeAll(async () => {
    await removeProject(project);
    port = await freePort();
    session = await openFolder({ files: { 'compose.yaml': file(port, crash) } });
    await session.workbench.openFile('compose.yaml');
  });
  afterAll(async () => {
    await session?.close();
    await removeProject(project);
  });

  const lenses = () => session.workbench.page.locator('.codelens-decoration');
  const problems = () => session.workbench.page.locator('.markers-panel .monaco-list-row');

  it('stands what can be done, without the view having been opened', async () => {
    await lenses().filter({ hasText: 'Up' }).nth(2).waitFor();
    expect((await lenses().first().innerText()).trim()).toBe('Up');
  });

  it('stands what services are doing once they run, with an icon beside their lines', async () => {
    const { page } = session.workbench;
    await lenses().first().locator('a', { hasText: 'Up' }).click();
    await lenses()
      .filter({ hasText: new RegExp(`healthy · :${port}`) })
      .first()
      .waitFor({ timeout: 60_000 });
    await lenses()
      .filter({ hasText: /exited \(3\)/ })
      .first()
      .waitFor();
    expect(await page.locator('.margin .cgmr[class*="ced-"]').count()).toBeGreaterThan(1);
  });

  it('says on the service’s line why it crashed, without secrets', async () => {
    const { workbench } = session;
    await workbench.runCommand('Problems: Focus on Problems View');
    const problem = problems().filter({ hasText: 'worker has crashed with exit code 3: Error: no database' });
    await problem.first().waitFor();
    expect(await problem.first().innerText()).not.toContain('hunter2');
    await session.shot('in-file');
  });

  it('tells of the crash once, and leads to the logs', async () => {
    const { workbench } = session;
    await workbench.runCommand('Notifications: Show Notifications');
    const told = workbench.page.locator('.notification-list-item', { hasText: 'worker has crashed' });
    await told.first().waitFor();
    expect(await told.count()).toBe(1);
    expect(await told.first().innerText()).toContain('Show Logs');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('makes published ports links', async () => {
    await session.workbench.page
      .locator('.view-line', { hasText: `${port}:80` })
      .locator('.detected-link')
      .first()
      .waitFor();
  });

  it('shows what a service uses, on hover', async () => {
    const { page } = session.workbench;
    await page.mouse.move(0, 0);
    await page.locator('.editor-instance .view-line span span', { hasText: /^web$/ }).first().hover();
    await page
      .locator('.monaco-hover', { hasText: /web-1\s·\shealthy\s·\s[\d.]+%\sCPU\s·\s[\d.]+\sMB/ })
      .waitFor();
    await session.shot('in-file-hover');
    await page.mouse.move(0, 0);
  });

  it('forgets the crash when the service runs again', async () => {
    const { workbench } = session;
    await session.write('compose.yaml', file(port, 'sleep 1000'));
    await lenses()
      .filter({ hasText: /exited \(3\)/ })
      .first()
      .locator('a', { hasText: 'Up' })
      .click();
    await lenses()
      .filter({ hasText: /running/ })
      .first()
      .waitFor({ timeout: 60_000 });
    await problems().filter({ hasText: 'worker has crashed' }).first().waitFor({ state: 'detached' });
    expect(await workbench.editorText()).toContain('sleep 1000');
  });

  it('says who has the port that is taken, at the port', async () => {
    const server = createServer();
    const taken = await freePort();
    await new Promise<void>((resolve) => server.listen(taken, '127.0.0.1', resolve));
    try {
      await session.write('compose.yaml', file(taken, 'sleep 1000'));
      await session.workbench.page.locator('.view-line', { hasText: `${taken}:80` }).waitFor();
      await lenses().first().locator('a', { hasText: 'Up' }).click();
      const problem = problems()
        .filter({ hasText: new RegExp(`Port ${taken} is in use by .* \\(${process.pid}\\)`) })
        .first();
      await problem.waitFor({ timeout: 60_000 });
      expect(await problem.innerText()).toContain('Ln 6');
      await session.shot('in-file-port');
    } finally {
      server.close();
    }
  });
});
