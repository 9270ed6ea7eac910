import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineProxy } from '../engine/live/proxy.ts';
import { containersOf, removeProject, testEngine } from './engine.ts';
import { seriousFaults, webviewWith } from './webview.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-stats';
const compose = `name: ${project}
services:
  busy:
    image: busybox
    command: sh -c 'while true; do head -c 200000000 /dev/zero | md5sum >/dev/null; sleep 0.2; done'
    stop_grace_period: 0s
  web:
    image: busybox
    command: sleep 1000
    stop_grace_period: 0s
    deploy: { replicas: 2 }
  idle:
    image: busybox
    command: sleep 1000
    stop_grace_period: 0s
`;

const ground = '--vscode-panel-background';

describe('the statistics', () => {
  let session: TestFolder;
  let proxy: EngineProxy;
  let page: Frame;
  const names = () => page.locator('tbody .name').allInnerTexts();
  const line = (name: string) => page.locator(`tbody tr[data-name="${name}"]`);
  /** Streams of samples that are open, seen from outside: each is a connection of its own. */
  const streams = () => proxy.openRequests(/^GET \S*\/stats\?/);

  beforeAll(async () => {
    proxy = await EngineProxy.listen(testEngine());
    session = await openFolder({ files: { 'compose.yaml': compose }, engine: proxy.host });
    const { workbench } = session;
    await workbench.openView('Compose');
    await workbench.waitForRows('declared', (rows) => rows.some((row) => row.startsWith('web')));
    await workbench.clickInline(/^ui-stats/, 'Up');
    await workbench.waitForRows('running', (rows) => rows.some((row) => /^ui-stats *3\/3/.test(row)), 60_000);
    expect(streams()).toBe(0);
    await workbench.clickMenu(/^ui-stats/, 'Show Statistics');
    page = await webviewWith(workbench, 'tbody tr');
  });
  afterAll(async () => {
    await removeProject(project);
    await session?.close();
    await proxy.close();
  });

  it('show what every container uses, with curves', async () => {
    await expect.poll(names).toEqual(['busy-1', 'idle-1', 'web-1', 'web-2']);
    await expect.poll(() => line('busy-1').innerText()).toMatch(/[1-9][\d.]*\s?%/);
    expect(await line('idle-1').innerText()).toMatch(/0\.\d\s?%[\s\S]*[\d.]+ [kM]?B[\s\S]*B\/s/);
    // At least three points of a curve.
    await expect
      .poll(async () => (await line('busy-1').locator('polyline').first().getAttribute('points')) ?? '')
      .toMatch(/\S+ \S+ \S+/);
    expect(streams()).toBe(4);
    expect(await page.locator('select').inputValue()).toBe(project);
  });

  it('are sorted by what is asked for', async () => {
    await page.getByRole('button', { name: 'CPU' }).click();
    expect(await page.locator('th.column-cpu').getAttribute('aria-sort')).toBe('descending');
    await expect.poll(async () => (await names())[0]).toBe('busy-1');
    await page.getByRole('button', { name: 'Name' }).click();
    await page.getByRole('button', { name: 'Name' }).click();
    await expect.poll(names).toEqual(['web-2', 'web-1', 'idle-1', 'busy-1']);
    await page.getByRole('button', { name: 'Name' }).click();
  });

  it('are summed by service, where that is wanted', async () => {
    await page.getByRole('button', { name: 'By service' }).click();
    await expect.poll(names).toEqual(['busy', 'idle', 'web']);
    expect(await line('web').innerText()).toContain('2 containers');
    await session.shot('stats-services');
    await page.getByRole('button', { name: 'By service' }).click();
    await expect.poll(names).toHaveLength(4);
  });

  it('are filtered by name, and keep every number at every width', async () => {
    await page.locator('tbody tr').first().focus();
    await page.locator('tbody tr:focus').press('/');
    await page.locator('input:focus').fill('web is:running');
    await expect.poll(names).toEqual(['web-1', 'web-2']);
    await page.locator('input:focus').press('Escape');
    await expect.poll(names).toHaveLength(4);
    await page.locator('input:focus').press('Enter');
    await page.locator('tbody tr:focus').press('?');
    expect(await page.locator('.keys').innerText()).toContain('s Stop');
    await page.locator('tbody tr:focus').press('Escape');
    const window = session.workbench.page.viewportSize() ?? { width: 1280, height: 800 };
    for (const width of [window.width, 1100, 1000, 660]) {
      await session.workbench.page.setViewportSize({ width, height: window.height });
      await expect
        .poll(() =>
          page.evaluate(() =>
            [...document.querySelectorAll('tbody td, tfoot td:not(.last)')].every((cell) => {
              const { left, right } = cell.getBoundingClientRect();
              return (
                right > left && left >= 0 && right <= innerWidth + 1 && cell.scrollWidth <= right - left + 1
              );
            }),
          ),
        )
        .toBe(true);
      await session.shot(`stats-${width}`);
    }
    await session.workbench.page.setViewportSize(window);
  });

  it('can be read aloud, and used with the keyboard', async () => {
    const themes = ['Default Light Modern', 'Default High Contrast', 'Default Dark Modern'];
    for (const theme of themes) {
      await session.write('.vscode/settings.json', JSON.stringify({ 'workbench.colorTheme': theme }));
      const kind = { L: 'vscode-light', H: 'vscode-high-contrast', D: 'vscode-dark' }[theme[8] ?? ''];
      await page.locator(`body.${kind}`).waitFor();
      await session.shot(`stats-${kind}`);
      expect(await seriousFaults(page, ground), theme).toEqual([]);
    }
    expect(await page.locator('tbody tr[tabindex="0"]').count()).toBe(1);
    await line('busy-1').focus();
    await page.locator('tbody tr:focus').press('ArrowDown');
    await page.locator('tbody tr:focus').press('ArrowDown');
    expect(await page.locator('tbody tr:focus').getAttribute('data-name')).toBe('web-1');
    await page.locator('tbody tr:focus').press('s');
    await expect.poll(names).toEqual(['busy-1', 'idle-1', 'web-2']);
    expect(await containersOf(project)).toHaveLength(4);
  });

  it('lead to the shell', async () => {
    await line('web-2').hover();
    await line('web-2').getByRole('button', { name: 'Shell' }).click();
    await session.workbench.waitForTerminal(/[#$] *$/);
  });

  it('ask the engine for nothing while they are hidden', async () => {
    // The terminal stands where they were.
    await expect.poll(streams).toBe(0);
    await session.workbench.runCommand('Compose: Show Statistics');
    page = await webviewWith(session.workbench, 'tbody tr');
    await expect.poll(names).toHaveLength(3);
    await expect.poll(streams).toBe(3);
    await session.workbench.runCommand('View: Hide Panel');
    await expect.poll(streams).toBe(0);
  });
});
