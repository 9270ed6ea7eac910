import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWindow } from './window.ts';

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
