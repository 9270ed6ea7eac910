// node scripts/look.mjs --steps scripts/walkthrough-pictures.mjs: renews the pictures of the walkthrough, which both languages show.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { animatedPng, readPng } from './lib/png.mjs';
import { openWorkbench } from './lib/workbench.mjs';

const folder = fileURLToPath(new URL('../media/walkthrough', import.meta.url));

/** @param {import('./lib/workbench.mjs').Workbench} first @param {{ readonly workspace: string }} place */
export async function steps(first, { workspace }) {
  const browser = first.page.context().browser();
  if (browser === null) throw new Error('The window has no browser.');
  const file = join(workspace, 'docker-compose.yml');
  const text = await readFile(file, 'utf8');
  await writeFile(join(workspace, 'docker-compose.prod.yml'), 'services:\n  web:\n    restart: always\n');
  await first.openFile('docker-compose.yml');
  await first.page.locator('.codelens-decoration a', { hasText: 'Up' }).first().click();
  await first.openView('Compose');
  await first.waitForRows(
    'both healthy',
    (rows) => rows.filter((row) => /^(web|db)\s*healthy/.test(row)).length === 2,
    60_000,
  );
  const workbench = await openWorkbench(browser, first.page.url(), { width: 760, height: 460 });
  await pictures(workbench);
  await writeFile(file, text);
  await workbench.close();
}

/** @param {import('./lib/workbench.mjs').Workbench} workbench */
async function pictures(workbench) {
  const { page } = workbench;
  const take = async (/** @type {string} */ name) => {
    // The pointer is out of the way, and colours are few, so that the package stays small.
    await page.mouse.move(500, 440);
    const picture = readPng(await page.screenshot());
    await writeFile(join(folder, `${name}.png`), animatedPng([{ picture, milliseconds: 1000 }]));
  };
  const lenses = page.locator('.codelens-decoration');
  const picks = page.locator('.quick-input-widget:visible .monaco-list-row');
  await workbench.openFile('docker-compose.yml');
  await workbench.openView('Compose');
  await lenses.locator('a').nth(3).waitFor();
  await workbench.waitForRows('the project', (rows) => rows.some((row) => /^web.*:\d/.test(row)));
  await take('run');

  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget:visible input.input').fill('>New Project');
  await picks.filter({ hasText: 'Compose: ' }).first().click();
  await picks.nth(1).waitFor();
  await take('begin');
  await page.keyboard.press('Escape');

  await page.locator('.statusbar-item', { hasText: 'ourse' }).last().click();
  await picks.nth(2).waitFor();
  await take('environments');
  await page.keyboard.press('Escape');

  await lenses.first().locator('a').nth(1).click();
  await page.locator('.part.panel .composite.title, .part.panel .pane-header').first().waitFor();
  await page.locator('iframe.webview.ready').first().waitFor();
  await page.waitForTimeout(2000);
  await take('look');
  await page.keyboard.press('Control+J');

  await page.locator('.tab', { hasText: 'docker-compose.yml' }).first().click();
  await page.keyboard.press('Control+Home');
  await page.locator('.editor-instance .view-line', { hasText: 'image:' }).first().click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('rest');
  await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'restart' }).first().waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+Space');
  await page
    .locator('.suggest-widget.visible .monaco-list-row', { hasText: 'unless-stopped' })
    .first()
    .waitFor();
  await take('write');
}
