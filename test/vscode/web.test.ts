import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startBrowser } from '../../scripts/lib/browser.mjs';
import { startVSCode } from '../../scripts/lib/vscode.mjs';
import { serveWebExtensions } from '../../scripts/lib/vscode-web.mjs';
import { openWorkbench } from '../../scripts/lib/workbench.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('in the browser alone, with no Node for the extension: the file is understood, running says what it needs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'composure-web-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const workspace = join(folder, 'web.code-workspace');
  await writeFile(workspace, JSON.stringify({ folders: [{ uri: 'memory:/shop' }] }));
  // VS Code's server has no extension of ours: the packaged one comes to the browser, and so do the files.
  const code = await startVSCode({ workspace });
  onTestFinished(() => code.stop());
  const extensions = await serveWebExtensions({
    composure: join(root, 'dist/composure.vsix'),
    files: join(root, 'test/vscode/virtual/memory-files'),
  });
  onTestFinished(() => extensions.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const workbench = await openWorkbench(browser, code.url, { extensions });
  const { page } = workbench;
  onTestFinished(() => workbench.screenshot(join(root, 'test-results/web.png')));

  const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'compose.yaml' });
  // The worker's host starts after that of the server.
  await file.waitFor({ timeout: 90_000 });
  await file.dblclick();
  await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 60_000 });
  await workbench.runCommand('Problems: Focus on Problems View');
  const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'port' });
  await problem.first().waitFor();
  expect(await problem.first().innerText()).toContain('ports');

  await page.locator('.editor-instance .view-line', { hasText: 'image' }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('heal');
  await page.locator('.suggest-widget .monaco-list-row', { hasText: 'healthcheck' }).first().waitFor();
  await page.keyboard.press('Escape');

  // What shows what runs is not offered: its panels would stay empty.
  const panels = page.locator('.part.panel .composite-bar .action-item');
  expect((await panels.allInnerTexts()).join()).toContain('Problems');
  expect((await panels.allInnerTexts()).join()).not.toContain('Compose');

  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'stack' }).click();
  await expect.poll(() => file.count()).toBe(2);
  await file.first().dblclick();
  const editor = page.locator('.editor-instance .view-line');
  await editor
    .locator('span span', { hasText: /^image$/ })
    .first()
    .hover();
  await page
    .locator('.monaco-hover:visible', { hasText: /image to start/i })
    .first()
    .waitFor();
  await editor.filter({ hasText: /-\sdb/ }).locator('span span').last().click();
  await page.keyboard.press('F12');
  await page.locator('.statusbar-item', { hasText: 'Ln 8, Col 3' }).first().waitFor();
  await workbench.runCommand('Compose: Convert to Kubernetes…');
  await expect.poll(() => workbench.editorText(), { timeout: 30_000 }).toContain('kind: Deployment');

  await workbench.runCommand('Compose: Up');
  await workbench.runCommand('Notifications: Show Notifications');
  // Nothing but the browser's program says so.
  const told = page.locator('.notification-list-item', { hasText: 'This needs a Docker Engine' });
  await told.first().waitFor();
});
