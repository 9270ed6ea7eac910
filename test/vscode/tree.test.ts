import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test } from 'vitest';
import { type Engine, installEngine, startEngine } from '../../scripts/lib/engine.mjs';
import { callEngine } from '../../scripts/lib/engine-api.mjs';
import { seedImages } from '../../scripts/lib/images.mjs';
import { run, waitFor } from '../../scripts/lib/processes.mjs';
import { containersOf, networksOf, removeProject, testEngine, volumesOf } from './engine.ts';
import { median, watchRow } from './row-times.ts';
import { seriousFaults } from './webview.ts';
import { openFolder, type TestFolder } from './window.ts';

const has = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));

const sleeper = 'image: busybox\n    command: ["sleep", "1000"]\n    stop_grace_period: 0s\n';

describe('networks, volumes, several rows at once', () => {
  const project = 'ui-tree';
  const files = {
    'compose.yaml': `name: ${project}
services:
  a:
    ${sleeper}    volumes: ["data:/data"]
  b:
    ${sleeper}  c:
    ${sleeper}  fragile:
    image: busybox
    command: ["sh", "-c", "trap 'exit 3' USR1; while :; do sleep 0.1; done"]
    stop_grace_period: 0s
volumes:
  data:
  old:
`,
  };
  let session: TestFolder;

  beforeAll(async () => {
    session = await openFolder({ files });
    await session.workbench.openView('Compose');
    await session.workbench.clickInline(/^ui-tree/, 'Up');
    await session.workbench.waitForRows('up', has(/^ui-tree *4\/4 running/), 60_000);
    const socket = testEngine().replace('unix://', '');
    const body = { Name: `${project}_old`, Labels: { 'com.docker.compose.project': project } };
    await callEngine(socket, 'POST', '/volumes/create', { body });
  });
  afterAll(async () => {
    await session?.close();
    await removeProject(project);
  });

  it('say who uses them, and are inspected', async () => {
    const { workbench, shot } = session;
    await workbench.expand(/^Volumes/);
    await workbench.expand(/^Networks/);
    await workbench.waitForRows('volumes', (rows) => has(/^data *a$/)(rows) && has(/^old *unused/)(rows));
    await workbench.waitForRows('network', has(/^default *a, b, c, fragile/));
    await shot('tree-resources');
    await workbench.clickMenu(/^default/, 'Inspect');
    await waitFor('the details', 60_000, async () =>
      (await workbench.editorText()).includes(`"name": "${project}_default"`),
    );
  });

  it('what is unused is removed after asking; what is used is not', async () => {
    const { workbench } = session;
    await workbench.clickMenu(/^data/, 'Remove');
    await workbench.runCommand('Notifications: Show Notifications');
    await workbench.page
      .locator('.notification-list-item-message', { hasText: 'ui-tree_data is used by a' })
      .first()
      .waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.clickMenu(/^Volumes/, 'Remove Unused');
    expect(await workbench.question()).toContain('ui-tree_old');
    await workbench.answer('Remove');
    await waitFor('its end', 60_000, async () => (await volumesOf(project)).length === 1);
    await workbench.waitForRows('its row', (rows) => !has(/^old/)(rows));
    expect(await networksOf(project)).toEqual([`${project}_default`]);
  });

  it('what is chosen together is stopped together, and nothing else', async () => {
    const { workbench } = session;
    await workbench.row(/^b *running/).click();
    // A click opens the service's line, and an editor that opens closes menus.
    await workbench.page.locator('.statusbar-item', { hasText: 'Ln 8' }).first().waitFor();
    await workbench.row(/^c *running/).click({ modifiers: ['Control'] });
    await workbench.clickMenu(/^c *running/, 'Stop');
    await workbench.waitForRows(
      'stopped',
      (rows) => has(/^b *exited/)(rows) && has(/^c *exited/)(rows),
      60_000,
    );
    await workbench.waitForRows('the third', has(/^a *running/));
  });

  it('rows say aloud what they show, and the keyboard reaches their menus', async () => {
    const { page } = session.workbench;
    const row = session.workbench.row(/^a *running/);
    expect(await row.getAttribute('aria-label')).toMatch(/^service, a, running/);
    const faults = await seriousFaults(
      page.mainFrame(),
      '--vscode-sideBar-background',
      '.sidebar .monaco-list',
    );
    // VS Code puts label and description side by side without a space, as no name can have them.
    expect(faults.filter((fault) => !fault.startsWith('label-content-name-mismatch:'))).toEqual([]);
    const entry = page.locator('.monaco-menu .action-label', { hasText: 'Restart' }).first();
    // Whatever takes the focus in between, such as a notification, takes the key too.
    await waitFor('the menu', 60_000, async () => {
      await row.click();
      await page.keyboard.press('Shift+F10');
      return entry.waitFor({ timeout: 5000 }).then(
        () => true,
        // What is open is the menu of what took the focus, and covers the row.
        () => page.keyboard.press('Escape').then(() => false),
      );
    });
    await waitFor('the menu to close', 60_000, async () => {
      if (!(await entry.isVisible())) return true;
      await page.keyboard.press('Escape');
      return false;
    });
  });

  it('what containers use is shown when it is wanted, and no longer', async () => {
    const { workbench, shot } = session;
    await workbench.runCommand('Compose: Show CPU and Memory');
    await workbench.waitForRows('numbers', has(/^a *running.* MB · \d+\.\d% [▁-█]/));
    expect(await workbench.row(/^a *running/).getAttribute('aria-label')).not.toContain('%');
    await shot('tree-stats');
    await workbench.runCommand('Compose: Hide CPU and Memory');
    await workbench.waitForRows('none', (rows) => !has(/%/)(rows));
  });

  it('a crash is counted on the view’s badge', async () => {
    const { workbench } = session;
    const badge = workbench.page.locator('.activitybar .action-item .badge-content');
    const socket = testEngine().replace('unix://', '');
    await callEngine(socket, 'POST', `/containers/${project}-fragile-1/kill?signal=USR1`);
    await workbench.waitForRows('crashed', has(/^fragile *exited \(3\)/));
    await waitFor('the badge', 60_000, async () => (await badge.allInnerTexts()).includes('1'));
    await session.shot('tree-badge');
  });
});

test('what Docker Compose does elsewhere is seen at once, also after the engine was restarted', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'composure-tree-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  let engine: Engine = await startEngine({ dir: join(dir, 'engine') });
  onTestFinished(() => engine.stop());
  await seedImages(engine, { 'busybox:latest': 'shell' });
  const file = join(dir, 'compose.yaml');
  await writeFile(file, `name: seen\nservices:\n  app:\n    ${sleeper}`);
  const { bin, env } = await installEngine();
  const compose = (...args: readonly string[]) =>
    run(join(bin, 'docker'), ['compose', '-f', file, ...args], {
      cwd: dir,
      env: { ...env, DOCKER_HOST: engine.host },
    });

  const session = await openFolder({ files: {}, engine: engine.host });
  onTestFinished(() => session.close());
  const { workbench } = session;
  await workbench.openView('Compose');

  /** From the engine's event to the row on the screen, in ms. */
  async function measure(): Promise<readonly number[]> {
    const seen = await watchRow(workbench.page, 'seen');
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      for (const [command, event, text] of [
        ['stop', 'die', /stopped/],
        ['start', 'start', /1\/1 running/],
      ] as const) {
        const since = Date.now();
        await compose(command);
        await workbench.waitForRows(command, (rows) =>
          rows.some((row) => row.startsWith('seen') && text.test(row)),
        );
        const happened = await timeOf(engine, event, since);
        const shown = (await seen()).find(({ at, text: row }) => at >= happened && text.test(row));
        if (shown !== undefined) times.push(shown.at - happened);
      }
    }
    expect(times.length).toBe(10);
    return times;
  }

  await compose('up', '--detach');
  await workbench.waitForRows('the stack', has(/^seen *1\/1 running/));
  const before = await measure();

  await engine.stop();
  await workbench.waitForRows('no engine', has(/^No Docker Engine/));
  await session.shot('tree-engine-lost');
  engine = await startEngine({ dir: join(dir, 'engine') });
  await workbench.waitForRows('the engine again', (rows) => !has(/^No Docker Engine/)(rows), 60_000);
  await compose('up', '--detach');
  await workbench.waitForRows('the stack again', has(/^seen *1\/1 running/));
  const after = await measure();
  console.log(
    `From the engine's event to the row on the screen, median of 10: ${median(before)} ms; after a restart of the engine ${median(after)} ms.`,
  );
});

test('five hundred containers', async () => {
  const socket = testEngine().replace('unix://', '');
  const project = 'ui-many';
  onTestFinished(() => removeProject(project));
  const names = Array.from({ length: 500 }, (_, n) => [`s${n % 100}`, Math.floor(n / 100) + 1] as const);
  const create = async () => {
    for (let next = names.shift(); next !== undefined; next = names.shift()) {
      const [service, number] = next;
      await callEngine(socket, 'POST', `/containers/create?name=${project}-${service}-${number}`, {
        body: {
          Image: 'busybox',
          Labels: {
            'com.docker.compose.project': project,
            'com.docker.compose.service': service,
            'com.docker.compose.container-number': String(number),
            'com.docker.compose.config-hash': 'x',
            'com.docker.compose.oneoff': 'False',
          },
        },
      });
    }
  };
  await Promise.all([create(), create(), create(), create()]);

  const session = await openFolder({
    files: { 'compose.yaml': `name: ${project}\nservices:\n  s0:\n    ${sleeper}` },
  });
  onTestFinished(() => session.close());
  const { workbench } = session;
  // With the extension running already: how long a window takes to start is not its own doing.
  await workbench.openFile('compose.yaml');
  await workbench.runCommand('Compose: Refresh');
  await workbench.page.locator('.statusbar-item[id$="composure.environment"]').waitFor();
  await workbench.openView('Explorer');
  const shown = await workbench.page.evaluate(() => {
    const opened = Date.now();
    return new Promise<number>((resolve) => {
      const look = () => {
        const rows = [...document.querySelectorAll('.sidebar .monaco-list-row')];
        if (rows.some((row) => /^s1\s*0\/5 running/.test((row.textContent ?? '').trim())))
          resolve(Date.now() - opened);
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
      document.querySelector<HTMLElement>('.activitybar .action-label[aria-label^="Compose"]')?.click();
    });
  });
  console.log(`500 containers: from the click on the view to their rows ${shown} ms.`);
  expect((await workbench.rowTexts())[0]).toMatch(/^ui-many/);
  await session.shot('tree-many');
});

test('another engine is chosen from the status bar, for this workspace', async () => {
  const docker = await mkdtemp(join(tmpdir(), 'composure-contexts-'));
  onTestFinished(() => rm(docker, { recursive: true, force: true }));
  const name = 'far-away';
  const folder = join(docker, 'contexts/meta', createHash('sha256').update(name).digest('hex'));
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'meta.json'),
    JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: { Host: 'unix:///no-such.sock' } } }),
  );
  const session = await openFolder({
    files: { 'compose.yaml': `name: ui-contexts\nservices:\n  web:\n    ${sleeper}` },
    env: { DOCKER_CONFIG: docker },
  });
  onTestFinished(() => session.close());
  const { workbench, shot } = session;
  await workbench.openView('Compose');
  await workbench.waitForRows('connected', has(/^ui-contexts *not created/));
  await workbench.page.locator('.statusbar-item[id$="composure.environment"]').click();
  await workbench.choose('Docker engine', '');
  await workbench.choose(name);
  await workbench.page.keyboard.press('Escape');
  await workbench.waitForRows('none there', has(/^No Docker Engine/));
  const engine = workbench.page.locator('.statusbar-item[id$="composure.engine"]');
  await engine.waitFor();
  await shot('tree-context');
  await engine.click();
  await workbench.choose('Same as the docker command');
  await workbench.waitForRows('connected again', (rows) => !has(/^No Docker Engine/)(rows));
  await workbench.waitForRows('and looked at', has(/^ui-contexts *not created/));
});

test('several folders, each with its project', async () => {
  const session = await openFolder({
    files: {
      'one/compose.yaml': `name: ui-one\nservices:\n  web:\n    ${sleeper}`,
      'two/compose.yaml': `name: ui-two\nservices:\n  web:\n    ${sleeper}`,
      'two/compose.prod.yaml': 'services:\n  web:\n    environment: { MODE: prod }\n',
      'all.code-workspace': JSON.stringify({ folders: [{ path: 'one' }, { path: 'two' }] }),
    },
    workspaceFile: 'all.code-workspace',
  });
  onTestFinished(async () => {
    await session.close();
    await removeProject('ui-two');
  });
  const { workbench, shot } = session;
  await workbench.openView('Compose');
  await workbench.waitForRows('both', (rows) => has(/^ui-one/)(rows) && has(/^ui-two/)(rows));
  await workbench.clickMenu(/^ui-two/, 'Choose Environment');
  await workbench.choose('prod', '');
  await workbench.waitForRows(
    'of one only',
    (rows) => has(/^ui-two.*prod/)(rows) && !has(/^ui-one.*prod/)(rows),
  );
  await workbench.clickInline(/^ui-two/, 'Up');
  await workbench.waitForRows('up', has(/^ui-two *1\/1 running/), 60_000);
  expect(await containersOf('ui-one')).toEqual([]);
  await shot('tree-folders');
});

/** When the newest such event since then happened, by the engine's clock: Unix time, ms. */
async function timeOf(engine: Engine, action: string, since: number): Promise<number> {
  const filters = encodeURIComponent(JSON.stringify({ event: [action] }));
  const query = `since=${(since / 1000).toFixed(3)}&until=${((Date.now() + 1) / 1000).toFixed(3)}&filters=${filters}`;
  const answer: unknown = await callEngine(engine.host.replace('unix://', ''), 'GET', `/events?${query}`);
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const times = [...text.matchAll(/"timeNano":(\d+)/g)].map(([, nano]) => Number(nano) / 1_000_000);
  return Math.max(...times);
}
