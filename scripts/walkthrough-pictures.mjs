// node scripts/look.mjs --steps scripts/walkthrough-pictures.mjs: renews the pictures of the walkthrough, in English and in French.
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
  for (const words of languages) {
    const size = { width: 760, height: 460 };
    const workbench = await openWorkbench(browser, first.page.url(), { ...size, language: words.language });
    await pictures(workbench, words);
    await workbench.close();
    await writeFile(file, text);
  }
}

const languages = [
  { language: 'en', ending: 'png', newProject: 'New Project', logs: 'Logs' },
  { language: 'fr', ending: 'fr.png', newProject: 'Nouveau projet', logs: 'Journaux' },
];

/** @param {import('./lib/workbench.mjs').Workbench} workbench @param {typeof languages[number]} words */
async function pictures(workbench, { ending, logs, newProject }) {
  const { page } = workbench;
  const take = async (/** @type {string} */ name) => {
    // The pointer is out of the way, and colours are few, so that the package stays small.
    await page.mouse.move(650, 80);
    const picture = readPng(await page.screenshot());
    await writeFile(join(folder, `${name}.${ending}`), animatedPng([{ picture, milliseconds: 1000 }], 48));
  };
  const lenses = page.locator('.codelens-decoration');
  const picks = page.locator('.quick-input-widget:visible .monaco-list-row');
  await workbench.openFile('docker-compose.yml');
  await workbench.openView('Compose');
  await lenses.locator('a').nth(3).waitFor();
  await workbench.waitForRows('the project', (rows) => rows.some((row) => /^web.*:\d/.test(row)));
  await take('run');

  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget:visible input.input').fill(`>${newProject}`);
  await picks.filter({ hasText: 'Compose: ' }).first().click();
  await picks.nth(1).waitFor();
  await take('begin');
  await page.keyboard.press('Escape');

  await page.locator('.statusbar-item', { hasText: 'ourse' }).last().click();
  await picks.nth(2).waitFor();
  await take('environments');
  await page.keyboard.press('Escape');

  await lenses.locator('a', { hasText: logs }).first().click();
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
