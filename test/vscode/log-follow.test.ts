import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { removeProject } from './engine.ts';
import { webviewWith } from './webview.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-follow';
const compose = `name: ${project}
services:
  clock:
    image: busybox
    stop_grace_period: 0s
    command: ["sh", "-c", "n=0; while true; do n=$$((n+1)); echo tick $$n; sleep 0.2; done"]
`;

describe('the log panel follows', () => {
  let session: TestFolder;
  let page: Frame;
  const isFollowing = async () =>
    (await page.locator('.tool[aria-label="Follow"]').getAttribute('aria-pressed')) === 'true';
  const lastTick = async () =>
    Number(/tick (\d+)/.exec((await page.locator('.row .text').last().innerText()) ?? '')?.[1] ?? 0);
  /** The last line that is drawn is new, and stands at the bottom of what is seen. */
  const goesOn = async (after: string) => {
    const before = await lastTick();
    await waitFor(`new lines after ${after}`, 60_000, async () => (await lastTick()) > before + 3);
    expect(await isFollowing(), after).toBe(true);
    const gap = await page.evaluate(() => {
      const rows = document.querySelectorAll('.row');
      const last = rows[rows.length - 1]?.getBoundingClientRect().bottom ?? 0;
      return last - (document.querySelector('.log')?.getBoundingClientRect().bottom ?? 0);
    });
    expect(Math.abs(gap), after).toBeLessThan(30);
  };

  beforeAll(async () => {
    session = await openFolder({
      files: { 'compose.yaml': compose },
      settings: { 'composure.logs.open': 'panel' },
    });
    const { workbench } = session;
    await workbench.openView('Compose');
    await workbench.clickInline(/^ui-follow/, 'Up');
    await workbench.waitForRows(
      'running',
      (rows) => rows.some((row) => /^ui-follow *1\/1 running/.test(row)),
      60_000,
    );
    await workbench.clickInline(/^ui-follow/, 'Logs');
    page = await webviewWith(workbench, '.log[role=log]');
    await waitFor('more lines than there is room for', 60_000, async () => (await lastTick()) > 60);
  });
  afterAll(async () => {
    await removeProject(project);
    await session?.close();
  });

  it('over other tabs of the panel, sizes of the window, and being maximised', async () => {
    const { workbench } = session;
    await goesOn('opening');
    for (let round = 0; round < 2; round++) {
      await workbench.runCommand('Terminal: Focus on Terminal View');
      await workbench.page.locator('.terminal-wrapper.active').waitFor();
      await workbench.runCommand('Compose Logs: Focus on Compose Logs View');
      await goesOn('the terminal was in front');
      await workbench.page.setViewportSize({ width: 1700, height: 900 });
      await goesOn('the window grew');
      await workbench.page.setViewportSize({ width: 900, height: 600 });
      await goesOn('the window shrank');
      await workbench.page.setViewportSize({ width: 1280, height: 800 });
      await goesOn('the window was as before');
      await workbench.runCommand('View: Toggle Maximized Panel');
      await goesOn('the panel was maximised');
      await workbench.runCommand('View: Toggle Maximized Panel');
      await goesOn('the panel was as before');
      await workbench.runCommand('View: Toggle Panel Visibility');
      await workbench.runCommand('Compose Logs: Focus on Compose Logs View');
      await goesOn('the panel was closed');
    }
  });

  it('until a person scrolls up, and again at the end', async () => {
    await page.locator('.log').hover();
    await session.workbench.page.mouse.wheel(0, -200);
    await waitFor('an end of following', 60_000, async () => !(await isFollowing()));
    const first = await page.locator('.row .text').first().innerText();
    await session.workbench.page.setViewportSize({ width: 1500, height: 850 });
    await session.workbench.page.setViewportSize({ width: 1280, height: 800 });
    expect(await isFollowing()).toBe(false);
    expect(await page.locator('.row .text').first().innerText()).toBe(first);
    await page.locator('.log').press('End');
    await goesOn('the End key');
  });

  it('shows the log at the first click after the window was loaded anew', async () => {
    const { workbench } = session;
    await workbench.reload();
    // Nothing was clicked: the panel was open, and shows what it showed.
    page = await webviewWith(workbench, '.row');
    await goesOn('a reload');
    await workbench.row(/^clock/).waitFor({ timeout: 60_000 });
    await workbench.clickMenu(/^clock/, 'Logs');
    await waitFor(
      'the service',
      60_000,
      async () => (await page.locator('.title-text').innerText()) === 'ui-follow · clock',
    );
    await waitFor('its lines', 60_000, async () => (await page.locator('.row').count()) > 5);
    await goesOn('the first click');
  });
});
