import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { addressesOf } from '../../scripts/lib/repository.mjs';
import { webviewWith } from './webview.ts';
import type { TestWindow } from './window.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The page of the installed extension, as its details view shows it, in light and in dark: every picture is there, nothing is wider than the view. */
export async function readFrontPage({ workbench, folder, shot }: TestWindow): Promise<void> {
  const { page } = workbench;
  const { files } = addressesOf(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  // What the page takes from the project's address is, before it is published, here.
  await page.context().route(`${files}/**`, async (route) => {
    const path = join(root, new URL(route.request().url()).pathname.split('/').slice(5).join('/'));
    await route.fulfill({ body: await readFile(path), contentType: 'image/png' });
  });
  await page.setViewportSize({ width: 1280, height: 1500 });
  await workbench.runCommand('Extensions: Show Installed Extensions');
  await page.locator('.extensions-viewlet .monaco-list-row', { hasText: 'Composure' }).first().click();
  for (const [theme, kind] of [
    ['Default Light Modern', 'vscode-light'],
    ['Default Dark Modern', 'vscode-dark'],
  ] as const) {
    const settings = join(folder, '.vscode/settings.json');
    await mkdir(dirname(settings), { recursive: true });
    await writeFile(settings, JSON.stringify({ 'workbench.colorTheme': theme }));
    // VS Code draws the page anew for another theme, once or twice.
    const faults = async () => {
      const readme = await webviewWith(workbench, `body.${kind} img[alt^="Typing a Compose file"]`);
      const pictures = () =>
        [...document.querySelectorAll('img')].map(({ naturalWidth, src, width }) => ({
          src,
          isThere: naturalWidth > 0,
          fits: width <= document.body.clientWidth,
        }));
      const all = await readme.evaluate(pictures).catch(() => []);
      return all.length > 5 ? all.filter(({ isThere, fits }) => !isThere || !fits) : 'too few pictures';
    };
    await expect.poll(faults).toEqual([]);
    await shot(`front-page-${kind}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** The walkthrough: the step about writing shows its picture, and is done once a file is saved, also when something was written before; nobody has brought anything up. */
export async function walkThrough({ workbench, shot }: TestWindow): Promise<void> {
  const { page } = workbench;
  const write = async () => {
    await workbench.openFile('docker-compose.yml');
    const written = async () => (await workbench.editorText()).split('# written').length;
    const before = await written();
    // A file that is opened does not have the keyboard at once, and the page of the walkthrough may take it back.
    await waitFor('what is typed to stand in the file', 60_000, async () => {
      await page.locator('.editor-instance .view-lines').first().click();
      await page.keyboard.press('Control+End');
      await page.keyboard.press('Enter');
      await page.keyboard.type('# written');
      return (await written()) > before;
    });
  };
  await write();
  await workbench.runCommand('Welcome: Open Walkthrough...');
  await workbench.choose('Get Started with Docker Compose');
  const stepOf = (title: string) => page.locator('.getting-started-step', { hasText: title });
  await stepOf('Bring it up').locator('.codicon-getting-started-step-unchecked').waitFor();
  const step = stepOf('Write the Compose file');
  await step.click();
  const picture = await webviewWith(workbench, 'img[src*="write.png"]');
  const width = () =>
    picture.evaluate(() => document.querySelector<HTMLImageElement>('img[src*="write.png"]')?.naturalWidth);
  await expect.poll(width).toBeGreaterThan(0);
  await shot('walkthrough');

  await write();
  await page.keyboard.press('Control+S');
  await page.locator('.tab', { hasText: 'Welcome' }).first().click();
  await step.locator('.codicon-getting-started-step-checked').waitFor();
  expect(await stepOf('Bring it up').locator('.codicon-getting-started-step-checked').count()).toBe(0);
}
