import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startBrowser } from '../../scripts/lib/browser.mjs';
import { startVSCode } from '../../scripts/lib/vscode.mjs';
import { openWorkbench } from '../../scripts/lib/workbench.mjs';
import { containersOf, testEngine } from './engine.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('a folder that is on no disk: editing works, running says why it cannot', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'composure-virtual-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const workspace = join(folder, 'virtual.code-workspace');
  await writeFile(workspace, JSON.stringify({ folders: [{ uri: 'memory:/shop' }] }));
  const code = await startVSCode({
    workspace,
    vsix: join(root, 'dist/composure.vsix'),
    extensionPath: join(root, 'test/vscode/virtual/memory-files'),
    env: { DOCKER_HOST: testEngine() },
  });
  onTestFinished(() => code.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const workbench = await openWorkbench(browser, code.url);
  const { page } = workbench;
  onTestFinished(() => workbench.screenshot(join(root, 'test-results/virtual.png')));

  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'compose.yaml' }).dblclick();
  await expect.poll(() => workbench.editorText()).toContain('nginx:alpine');
  await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 60_000 });
  await page
    .locator('.editor-instance .view-line span span', { hasText: /^image$/ })
    .first()
    .hover();
  await page.locator('.monaco-hover', { hasText: /image/i }).first().waitFor();

  await workbench.runCommand('Compose: Up');
  await workbench.runCommand('Notifications: Show Notifications');
  const told = page.locator('.notification-list-item', {
    hasText: 'compose.yaml is not on a local disk, so it cannot be run.',
  });
  await told.first().waitFor();
  expect(await containersOf('shop')).toEqual([]);
});
