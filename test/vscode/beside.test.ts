import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startBrowser } from '../../scripts/lib/browser.mjs';
import { copyOf, startVSCode } from '../../scripts/lib/vscode.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('beside another extension for compose files nothing is suggested twice', async () => {
  const workspace = await copyOf(join(root, 'samples/course'));
  onTestFinished(() => workspace.remove());
  const code = await startVSCode({
    workspace: workspace.path,
    vsix: join(root, 'dist/composure.vsix'),
    extensionPath: join(root, 'test/vscode/beside/docker-dx'),
  });
  onTestFinished(() => code.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());

  const page = await browser.newPage();
  const lines: string[] = [];
  const exit = new Promise<number>((resolve) => {
    void page.exposeFunction('codeAutomationLog', (_type: string, words: unknown[]) =>
      lines.push(words.map(String).join(' ')),
    );
    void page.exposeFunction('codeAutomationExit', resolve);
  });
  await page.goto(
    code.urlWith({ extensionTestsPath: code.remote(join(root, 'test/vscode/beside/run.cjs')) }),
  );
  expect(await exit, lines.join('\n')).toBe(0);
});
