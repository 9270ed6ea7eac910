import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { freePort } from '../../scripts/lib/vscode.mjs';
import { containersOf, networksOf, volumesOf } from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-stack';

const stack = (port: number, image = 'nginx:alpine') => `name: ${project}
services:
  web:
    image: ${image}
    ports:
      - "127.0.0.1:${port}:80"
    depends_on:
      db:
        condition: service_healthy
  db:
    image: postgres:13
    environment:
      POSTGRES_PASSWORD: secret
    volumes:
      - data:/var/lib/postgresql/data
  writer:
    image: busybox
    command: ["sh", "-c", "n=0; while true; do n=$$((n+1)); echo line $$n; sleep 1; done"]
    stop_grace_period: 0s
  tools:
    image: busybox
    profiles: [tools]
volumes:
  data:
`;

const has = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));

describe('a stack, by clicking', () => {
  let session: TestFolder;
  let port = 0;

  beforeAll(async () => {
    port = await freePort();
    session = await openFolder({ files: { 'compose.yaml': stack(port) } });
    await session.workbench.openView('Compose');
  });
  afterAll(() => session?.close());

  it('shows what is declared before anything runs', async () => {
    const { workbench } = session;
    await workbench.waitForRows('declared', has(/^tools *profile, off/));
    const rows = await workbench.rowTexts();
    expect(rows.slice(0, 5).map((row) => row.replace(/ /g, ''))).toEqual([
      'ui-stacknotcreated',
      'web',
      'db',
      'writer',
      'toolsprofile,off',
    ]);
  });

  it('goes to a service’s line', async () => {
    const { workbench } = session;
    await workbench.row(/^db/).click();
    await workbench.page.locator('.statusbar-item', { hasText: 'Ln 10' }).first().waitFor();
  });

  it('comes up, healthy, and answers', async () => {
    const { workbench } = session;
    await workbench.clickInline(/^ui-stack/, 'Up');
    await workbench.waitForRows('healthy', has(new RegExp(`^web *healthy · :${port}`)), 60_000);
    await workbench.waitForRows('all running', has(/^ui-stack *3\/3 running/));
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    await session.shot('up');
  });

  it('offers what makes sense in the state', async () => {
    const entries = await session.workbench.menuEntries(/^web/);
    expect(entries).toEqual([
      'Up',
      'Preview Up',
      'Restart',
      'Stop',
      'Logs',
      'Shell',
      'Browse Files',
      'Open in Browser',
      'Run Command in Container…',
      'Run One-Off Command…',
      'Open Compose File',
      'More',
      'Add to Favorites',
      'Copy Name',
    ]);
  });

  it('shows logs as they are written', async () => {
    const { workbench } = session;
    await workbench.clickInline(/^ui-stack/, 'Logs');
    const shown = await workbench.waitForTerminal(/writer-1 +\| line \d+/);
    const last = Math.max(...[...shown.matchAll(/line (\d+)/g)].map(([, n]) => Number(n)));
    await workbench.waitForTerminal(new RegExp(`writer-1 +\\| line ${last + 2}\\b`));
    await session.shot('logs');
  });

  it('follows a container over its restart', async () => {
    const { workbench } = session;
    await workbench.clickMenu(/^writer/, 'Restart');
    await workbench.waitForTerminal(/line 1\s*\n(.*\n)*.*line 2\s*$/m);
  });

  it('gives a shell with the terminal’s size, and says how it ended', async () => {
    const { workbench } = session;
    await workbench.clickMenu(/^web/, 'Shell');
    await workbench.waitForTerminal(/[#$] *$/);
    await workbench.typeInTerminal('echo in-$((40+2)); stty size');
    const shown = await workbench.waitForTerminal(/in-42\s+\d+ \d+/);
    const [, rows, columns] = /in-42\s+(\d+) (\d+)/.exec(shown) ?? [];
    expect(Number(rows)).toBeGreaterThan(3);
    expect(Number(columns)).toBeGreaterThan(40);
    await session.shot('shell');
    await workbench.typeInTerminal('exit 3');
    await workbench.runCommand('Notifications: Show Notifications');
    await workbench.page
      .locator('.notification-list-item-message', { hasText: 'exit code: 3' })
      .first()
      .waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('stops and starts again', async () => {
    const { workbench } = session;
    await workbench.clickInline(/^writer/, 'Stop');
    await workbench.waitForRows('stopped', has(/^writer *exited/));
    await workbench.clickInline(/^writer/, 'Start');
    await workbench.waitForRows('started', has(/^writer *running/));
  });

  it('goes down and keeps its volume', async () => {
    const { workbench } = session;
    await workbench.clickMenu(/^ui-stack/, 'Down');
    await workbench.waitForRows('down', has(/^ui-stack *not created/), 60_000);
    expect(await containersOf(project)).toEqual([]);
    await expect.poll(() => networksOf(project)).toEqual([]);
    expect(await volumesOf(project)).toEqual(['ui-stack_data']);
  });

  it('deletes volumes only after asking, by name', async () => {
    const { workbench } = session;
    await workbench.clickMenu(/^ui-stack/, 'Down and Remove Volumes');
    expect(await workbench.question()).toContain('ui-stack_data');
    await session.shot('down-volumes');
    await workbench.answer('Cancel');
    expect(await volumesOf(project)).toEqual(['ui-stack_data']);
    await workbench.clickMenu(/^ui-stack/, 'Down and Remove Volumes');
    await workbench.answer('Remove Containers and Volumes');
    await waitFor('the volume to go', 60_000, async () => (await volumesOf(project)).length === 0);
  });
});

describe('what goes wrong', () => {
  const name = 'ui-wrong';
  const file = (text: string) => text.replaceAll(project, name);
  let session: TestFolder;
  let port = 0;

  beforeAll(async () => {
    port = await freePort();
    session = await openFolder({ files: { 'compose.yaml': file(stack(port)) } });
    await session.workbench.openView('Compose');
    await session.workbench.waitForRows('declared', has(/^tools/));
  });
  afterAll(async () => {
    await session?.workbench.clickMenu(/^ui-wrong/, 'Down and Remove Volumes').catch(() => {});
    await session?.workbench.answer('Remove Containers and Volumes').catch(() => {});
    await waitFor('an end', 60_000, async () => (await containersOf(name)).length === 0);
    await session?.close();
  });

  /** The message that an Up ends with. */
  async function up(): Promise<string> {
    const { workbench } = session;
    await workbench.clickInline(/^ui-wrong/, 'Up');
    await workbench.runCommand('Notifications: Show Notifications');
    const message = workbench.page.locator('.notification-list-item', {
      has: workbench.page.locator('.codicon-error'),
    });
    await message.first().waitFor();
    const text = (await message.first().innerText()).replace(/\s+/g, ' ');
    await workbench.runCommand('Notifications: Clear All Notifications');
    return text;
  }

  it('errors in the file: nothing is started, all are listed', async () => {
    const { workbench } = session;
    await session.write(
      'compose.yaml',
      file(stack(port)).replace('depends_on', 'depend_on').replace('- data:', '- date:'),
    );
    await workbench.waitForRows('errors', has(/^ui-wrong.*2 errors/));
    const message = await up();
    expect(message).toMatch(/Not started: .*depend_on.* \(and 1 more\)/);
    expect(message).toContain('Show Problems');
    await workbench.page.locator('.statusbar-item[aria-label*="Errors: 2"]').first().waitFor();
    expect(await containersOf(name)).toEqual([]);
  });

  it('an image that is nowhere: said which, with a retry', async () => {
    await session.write('compose.yaml', file(stack(port, 'nosuch.invalid/web:1')));
    await session.workbench.waitForRows('no errors', (rows) => !has(/error/)(rows));
    const message = await up();
    expect(message).toContain('nosuch.invalid');
    expect(message).toContain('Retry');
  });

  it('what takes long can be cancelled, and leaves a tree that is true', async () => {
    const { workbench } = session;
    const { page } = workbench;
    const neverHealthy = `  db:
    image: busybox
    command: ["sleep", "1000"]
    stop_grace_period: 0s
    healthcheck: { test: ["CMD", "false"], interval: 1s, retries: 1000 }
`;
    await session.write(
      'compose.yaml',
      file(stack(port)).replace(/ {2}db:\n {4}image: postgres[\s\S]*?(?= {2}writer:)/, neverHealthy),
    );
    await workbench.clickInline(/^ui-wrong/, 'Up');
    await workbench.waitForRows('waiting', has(/^db *starting/));
    await workbench.runCommand('Notifications: Show Notifications');
    const progress = page.locator('.notification-list-item', { hasText: /Up: ui-wrong.*db-1 waiting/ });
    await progress.locator('.monaco-button', { hasText: 'Cancel' }).click();
    await page.locator('.statusbar-item', { hasText: 'Up: ui-wrong: canceled' }).waitFor();
    expect(await containersOf(name)).toContain('ui-wrong-db-1');
    await workbench.waitForRows('true', has(/^web *created/));
  });

  it('a port in use: said which; a second Up converges', async () => {
    const { workbench } = session;
    await session.write('compose.yaml', file(stack(port)));
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve));
    try {
      expect(await up()).toMatch(new RegExp(`Retry Open File .*Port ${port}.* in use`));
      await workbench.waitForRows('true all the same', has(/^web *created/));
    } finally {
      await new Promise((resolve) => blocker.close(resolve));
    }
    await workbench.clickInline(/^ui-wrong/, 'Up');
    await workbench.waitForRows('running', has(/^ui-wrong *3\/3 running/), 60_000);
  });
});

describe('without an engine', () => {
  let session: TestFolder;
  beforeAll(async () => {
    session = await openFolder({
      files: { 'docker-compose.yml': 'services:\n  web:\n    image: nginx\n' },
      engine: 'unix:///no-such.sock',
    });
    await session.workbench.openView('Compose');
  });
  afterAll(() => session?.close());

  it('the tree says so and shows what is declared', async () => {
    const { workbench } = session;
    await workbench.waitForRows('no engine', has(/^No Docker Engine/));
    await workbench.waitForRows('declared', has(/^web/));
    await workbench.expand(/^No Docker Engine/);
    await workbench.waitForRows('where it was looked for', has(/no-such\.sock/));
    await session.shot('no-engine');
  });
});

describe('in Restricted Mode', () => {
  let session: TestFolder;
  beforeAll(async () => {
    session = await openFolder({
      files: { 'compose.yaml': 'services:\n  web:\n    image: nginx\n' },
      trust: false,
    });
  });
  afterAll(() => session?.close());

  it('nothing is run, and the view leads to trust', async () => {
    const { workbench } = session;
    const { page } = workbench;
    const no = page.locator('.monaco-dialog-box .monaco-button', { hasText: 'No' });
    const restricted = page.locator('.statusbar-item', { hasText: 'Restricted Mode' });
    await no.or(restricted).first().waitFor();
    if (await no.first().isVisible()) await no.first().click();
    await workbench.openView('Compose');
    await page
      .locator('.welcome-view-content .monaco-button', { hasText: 'Manage Workspace Trust' })
      .waitFor();
    expect(await workbench.rowTexts()).toEqual([]);
    await session.shot('restricted');
  });
});
