import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startBrowser } from '../../scripts/lib/browser.mjs';
import { copyOf, startVSCode } from '../../scripts/lib/vscode.mjs';
import { testEngine } from './engine.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('inside the extension host: activation, commands, language features', async () => {
  const workspace = await copyOf(join(root, 'samples/course'));
  onTestFinished(() => workspace.remove());
  const code = await startVSCode({
    workspace: workspace.path,
    extensionPath: root,
    env: { DOCKER_HOST: testEngine() },
  });
  onTestFinished(() => code.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());

  const page = await browser.newPage();
  const lines: string[] = [];
  const exit = new Promise<number>((resolve) => {
    // What VS Code's page calls to pass on the output and the end of a test run in its extension host.
    void page.exposeFunction('codeAutomationLog', (_type: string, words: unknown[]) =>
      lines.push(words.map(String).join(' ')),
    );
    void page.exposeFunction('codeAutomationExit', resolve);
  });
  await page.goto(code.urlWith({ extensionTestsPath: code.remote(join(root, 'test/vscode/host/run.cjs')) }));
  const status = await exit;
  const output = lines.filter((line) => !/snippet file/.test(line)).join('\n');
  console.log(/activation: .*/.exec(output)?.[0] ?? 'activation: not measured');
  expect(status, output).toBe(0);
});
