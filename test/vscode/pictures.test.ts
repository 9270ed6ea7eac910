import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { freePort } from '../../scripts/lib/vscode.mjs';
import { removeProject } from './engine.ts';
import { filmOf } from './film.ts';
import { webviewWith } from './webview.ts';
import { openFolder, openWindow, pictureFile } from './window.ts';

// The pictures of the README show what these tests saw: `npm run pictures` renews them.

test('the stack beside its file, its logs below', async () => {
  const { workbench, port, shot } = await openWindow();
  await workbench.openFile('docker-compose.yml');
  await workbench.openView('Compose');
  await workbench.clickMenu('course', 'Up');
  await workbench.waitForRows(
    'both services healthy',
    (rows) => rows.filter((row) => /^(web|db)\s*healthy/.test(row)).length === 2,
    60_000,
  );
  await workbench.clickMenu('course', 'Logs');
  for (const page of ['', 'index.html', 'missing.html']) await fetch(`http://127.0.0.1:${port}/${page}`);
  await workbench.waitForTerminal(/missing\.html[\s\S]*404/);
  await workbench.expand('web');
  await workbench.waitForRows('the container', (rows) => rows.some((row) => row.startsWith('web-1')));
  await shot('stack');
  const rows = await workbench.rowTexts();
  expect(rows[0]).toMatch(/^course\s*2\/2 running/);
});

const mistakes = `services:
  api:
    image: node:22-alpine
    port:
      - "3000:3000"
    depends_on:
      database:
        condition: service_healthy
    environment:
      LEVEL: \${LOG_LEVEL:-info}
  db:
    image: postgres:13
    restart: sometimes
`;

test('mistakes underlined as they are typed, names and values completed', async () => {
  const { workbench, shot } = await openWindow({
    prepare: (folder) => writeFile(join(folder, 'compose.api.yaml'), mistakes),
  });
  const { page } = workbench;
  await workbench.openFile('compose.api.yaml');
  await page.locator('.editor-instance .squiggly-error').first().waitFor();
  await workbench.runCommand('Problems: Focus on Problems View');
  const problems = page.locator('.markers-panel .monaco-list-row');
  await problems.filter({ hasText: 'database' }).first().waitFor();
  await shot('diagnostics');

  await page.locator('.editor-instance .view-line', { hasText: 'sometimes' }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('heal');
  await page.locator('.suggest-widget .monaco-list-row', { hasText: 'healthcheck' }).first().waitFor();
  await shot('completion');
  expect(await problems.count()).toBeGreaterThan(1);
});

const crashing = `services:
  web:
    image: nginx:alpine
    ports:
      - "8080:80"
    depends_on:
      - db
  db:
    image: postgres:13
    environment:
      POSTGRES_PASSWORD: \${DB_PASSWORD:-change-me}
  worker:
    image: busybox
    command: ["sh", "-c", "sleep 1; echo 'Error: queue not found'; exit 3"]
`;

test('states above the services, a crash where the file says it', async () => {
  const own = await freePort();
  const { workbench, shot } = await openWindow({
    prepare: (folder) => writeFile(join(folder, 'docker-compose.yml'), crashing.replace('8080', String(own))),
  });
  await workbench.openFile('docker-compose.yml');
  const lenses = workbench.page.locator('.codelens-decoration');
  await lenses.first().locator('a', { hasText: 'Up' }).click();
  await lenses
    .filter({ hasText: new RegExp(`healthy · :${own}`) })
    .first()
    .waitFor({ timeout: 60_000 });
  await lenses
    .filter({ hasText: /exited \(3\)/ })
    .first()
    .waitFor();
  await workbench.runCommand('Problems: Focus on Problems View');
  const problem = workbench.page.locator('.markers-panel .monaco-list-row', {
    hasText: 'worker has crashed',
  });
  await problem.first().waitFor();
  await workbench.runCommand('Notifications: Clear All Notifications');
  await workbench.openView('Compose');
  await workbench.waitForRows('the crash', (rows) => rows.some((row) => /^worker *exited/.test(row)));
  // It fades away.
  await workbench.page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
  await shot('in-file');
  expect(await problem.count()).toBe(1);
});

const shop = (port: number) => `name: shop
services:
  web:
    image: nginx:alpine
    ports: ["127.0.0.1:${port}:80"]
    networks: [front]
    depends_on:
      api: { condition: service_healthy }
  api:
    image: nginx:alpine
    networks: [front, back]
    volumes: [".:/app"]
    depends_on:
      db: { condition: service_healthy }
  worker:
    image: busybox
    networks: [back]
    stop_grace_period: 0s
    depends_on:
      db: { condition: service_healthy }
    command:
      - sh
      - -c
      - |
        n=0; while true; do n=$$((n+1))
        echo "{\\"level\\":30,\\"time\\":$$n,\\"msg\\":\\"order paid\\",\\"order\\":$$((4000+n)),\\"ms\\":$$((n*7%90))}"
        printf '\\033[33mwarn\\033[0m queue is \\033[1m%s\\033[0m long\\n' $$((n%9+20))
        [ $$((n%3)) = 0 ] && echo 'ERROR no reply from mail.local' && echo '    at send (/app/src/mail.js:12:9)'
        sleep 1; done
  db:
    image: postgres:13
    environment: { POSTGRES_PASSWORD: secret }
    networks: [back]
    volumes: [data:/var/lib/postgresql/data]
networks: { front: {}, back: {} }
volumes: { data: {} }
`;

test('the logs of a stack, and its graph', async () => {
  const port = await freePort();
  const session = await openFolder({
    files: { 'compose.yaml': shop(port), 'src/mail.js': '\n' },
    settings: { 'composure.logs.open': 'panel' },
  });
  onTestFinished(() => session.close());
  onTestFinished(() => removeProject('shop'));
  const { workbench, shot } = session;
  await workbench.openView('Compose');
  await workbench.clickInline(/^shop/, 'Up');
  await workbench.waitForRows(
    'running',
    (rows) => rows.some((row) => /^shop *4\/4 running/.test(row)),
    60_000,
  );
  await workbench.clickMenu(/^shop/, 'Show Graph');
  const graph = await webviewWith(workbench, 'svg.graph');
  await graph.locator('[data-service="web"].state-healthy').waitFor({ timeout: 60_000 });
  await shot('graph');
  await workbench.clickInline(/^shop/, 'Logs');
  const logs = await webviewWith(workbench, '.log[role=log]');
  await logs.locator('a.file', { hasText: 'mail.js' }).first().waitFor();
  await shot('logs');
  expect(await graph.locator('.service').count()).toBe(4);
});

const busy = (port: number) => `name: shop
services:
  web:
    image: nginx:alpine
    ports: ["127.0.0.1:${port}:80"]
  api:
    image: node:20-alpine
    stop_grace_period: 0s
    command: sh -c 'mkdir -p /app/config; printf "[mail]\\nhost = mail.local\\nretries = 3\\n" >/app/config/app.ini; echo "{}" >/app/config/routes.json; exec sleep 1000'
  worker:
    image: busybox
    stop_grace_period: 0s
    deploy: { replicas: 2 }
    command: sh -c 'n=$$(hostname | tr -dc 1-9 | head -c 1); while true; do head -c $$((n*9))000000 /dev/zero | md5sum >/dev/null; sleep 0.$$n; done'
  db:
    image: postgres:13
    environment: { POSTGRES_PASSWORD: secret }
    volumes: [data:/var/lib/postgresql/data]
volumes: { data: {} }
`;

test('a file of a container in an editor, what containers use below', async () => {
  const port = await freePort();
  const session = await openFolder({ files: { 'compose.yaml': busy(port) } });
  onTestFinished(() => session.close());
  onTestFinished(() => removeProject('shop'));
  const { workbench, shot } = session;
  await workbench.openView('Compose');
  await workbench.clickInline(/^shop/, 'Up');
  await workbench.waitForRows(
    'running',
    (rows) => rows.some((row) => /^shop *4\/4 running/.test(row)),
    60_000,
  );
  await workbench.clickMenu(/^shop/, 'Show Statistics');
  const stats = await webviewWith(workbench, 'tbody tr');
  await workbench.clickMenu(/^api *running/, 'Browse Files');
  for (const folder of [/^app$/, /^config$/]) await workbench.expand(folder);
  await workbench.row(/^app\.ini/).click();
  await workbench.page.locator('.tab.active[data-resource-name="app.ini"]').waitFor();
  const curve = stats.locator('tr[data-name="worker-1"] polyline').first();
  for (let at = 0; at < 10; at++) await fetch(`http://127.0.0.1:${port}/`);
  await expect
    .poll(async () => (await curve.getAttribute('points'))?.split(' ').length ?? 0)
    .toBeGreaterThan(40);
  await shot('files');
  expect(await stats.locator('tbody tr').count()).toBe(5);
});

// A hundred frames, each a picture: on a slow machine that takes its time.
test('a moving picture: type, Up, logs', { timeout: 400_000 }, async () => {
  const port = await freePort();
  const session = await openFolder({
    files: { 'shop/compose.yaml': 'name: shop\n' },
    root: 'shop',
    settings: {
      'composure.logs.open': 'panel',
      'editor.minimap.enabled': false,
      'breadcrumbs.enabled': false,
      // Enter is a new line, also where a list comes late.
      'editor.acceptSuggestionOnEnter': 'off',
    },
  });
  onTestFinished(() => session.close());
  onTestFinished(() => removeProject('shop'));
  const { workbench } = session;
  const { page } = workbench;
  await page.setViewportSize({ width: 1000, height: 600 });
  await workbench.openView('Compose');
  await workbench.openFile('compose.yaml');
  const lenses = page.locator('.codelens-decoration');
  // A file that is opened does not have the keyboard at once.
  const atEnd = page.locator('.statusbar-item', { hasText: 'Ln 2, Col 1' });
  await waitFor('the cursor at the end', 60_000, async () => {
    await page.keyboard.press('Control+End');
    return atEnd.first().isVisible();
  });
  const film = filmOf(page);
  const offered = page.locator('.suggest-widget.visible');
  const accept = async (typed: string, label: string) => {
    await film.type(typed);
    const first = offered.locator('.monaco-list-row.focused', { hasText: label }).first();
    // Asked for once more where the list did not come, or went.
    await expect
      .poll(async () => {
        if (
          await first.waitFor({ timeout: 5000 }).then(
            () => true,
            () => false,
          )
        )
          return true;
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+Space');
        // Told where it does not come: what is offered, and what stands in the editor.
        return [...(await offered.allInnerTexts()), ...(await page.locator('.view-line').allInnerTexts())];
      })
      .toBe(true);
    await film.take(700);
    // By the mouse: a key that comes when the list has just gone is text.
    await first.click();
    await page
      .locator('.view-line', { hasText: `${label}:` })
      .last()
      .waitFor();
    await film.take(250);
  };
  const nextLine = async (outdents = 0) => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    for (let times = 0; times < outdents; times++) await page.keyboard.press('Backspace');
    await film.take(150);
  };
  await workbench.waitForRows('the project', (rows) => rows.some((row) => row.startsWith('shop')));
  // The language server answers from now on.
  const services = offered.locator('.monaco-list-row', { hasText: 'services' }).first();
  await expect
    .poll(async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Space');
      return await services.waitFor({ timeout: 3000 }).then(() => true, String);
    })
    .toBe(true);
  await page.keyboard.press('Escape');
  await film.take(700);
  await accept('serv', 'services');
  await film.type('web:');
  await nextLine();
  await accept('ima', 'image');
  await film.type('nginx:alpine');
  await nextLine();
  await accept('por', 'ports');
  await film.type(`${port}:80`);
  await nextLine(2);
  await film.type('db:');
  await nextLine();
  await accept('ima', 'image');
  await film.type('postgres:13');
  await nextLine();
  await accept('env', 'environment');
  await accept('', 'POSTGRES_PASSWORD');
  await film.type('example');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+S');
  const action = (name: string) => lenses.first().locator('a', { hasText: name }).first();
  await action('Up').waitFor();
  await film.take(900);
  await film.click(action('Up'));
  const seen: string[] = [];
  await expect
    .poll(
      async () => {
        const states = (await lenses.allInnerTexts()).join();
        if (states !== seen.at(-1)) await film.take(450);
        seen.push(states);
        return states.match(/healthy/g)?.length;
      },
      { interval: 50 },
    )
    .toBe(2);
  await film.take(1800);
  await film.click(action('Logs'));
  const logs = await webviewWith(workbench, '.log[role=log]');
  for (const path of ['', 'index.html', 'shop', 'cart', 'missing.html']) {
    await fetch(`http://127.0.0.1:${port}/${path}`);
    await logs
      .locator('.row', { hasText: path === '' ? 'GET /' : path })
      .first()
      .waitFor();
    await film.take(400);
  }
  await film.take(3000);
  expect(await film.save(pictureFile('up'))).toBeLessThan(1_000_000);
});
