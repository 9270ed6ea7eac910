import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { removeProject } from './engine.ts';
import { seriousFaults, webviewWith } from './webview.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-logs';
const compose = `name: ${project}
services:
  api:
    image: busybox
    stop_grace_period: 0s
    volumes: [".:/app"]
    command:
      - sh
      - -c
      - |
        echo '{"level":30,"time":1,"msg":"listening","port":3000}'
        printf '\\033[32mready\\033[0m on http://localhost:3000/\\n'
        echo 'ERROR: cannot connect'
        echo '    at connect (/app/src/db.js:2:7)'
        echo '    at escape (/app/../../../../../../etc/os-release.conf:1:1)'
        echo '    at link (/app/src/link.js:1:1)'
        echo 'request 1'
        sleep 1 # the engine stamps each output by itself: lines of the two at once have no order
        echo 'on the other output' >&2
        n=1; while sleep 1; do n=$$((n+1)); echo "request $$n"; done
  worker:
    image: busybox
    stop_grace_period: 0s
    command: ["sh", "-c", "i=0; while [ $$i -lt 3000 ]; do i=$$((i+1)); echo job $$i; done; sleep 1000"]
`;

describe('the log panel', () => {
  let session: TestFolder;
  let page: Frame;
  const texts = () => page.locator('.row .text').allInnerTexts();
  const shown = (what: string, wanted: (rows: readonly string[]) => boolean) =>
    waitFor(what, 60_000, async () => wanted(await texts()));
  const tool = (label: string) => page.locator(`.tool[aria-label="${label}"]`).first();

  beforeAll(async () => {
    session = await openFolder({
      files: { 'compose.yaml': compose, 'src/db.js': 'const a = 1;\nthrow new Error();\n' },
      settings: { 'composure.logs.open': 'panel' },
    });
    await symlink('/etc/passwd', join(session.folder, 'src/link.js'));
    const { workbench } = session;
    await workbench.openView('Compose');
    await workbench.clickInline(/^ui-logs/, 'Up');
    await workbench.waitForRows(
      'running',
      (rows) => rows.some((row) => /^ui-logs *2\/2 running/.test(row)),
      60_000,
    );
    await workbench.clickInline(/^ui-logs/, 'Logs');
    page = await webviewWith(workbench, '.log[role=log]');
  });
  afterAll(async () => {
    await removeProject(project);
    await session?.close();
  });

  it('follows the services, merged', async () => {
    await shown('the last request', (rows) => rows.some((row) => /^request \d+$/.test(row)));
    const before = (await texts()).at(-1);
    await shown('the next', (rows) => rows.at(-1) !== before);
    expect(await page.locator('.service').allInnerTexts()).toEqual(['api', 'worker']);
    expect(await tool('Follow').getAttribute('aria-pressed')).toBe('true');
    await session.shot('log-panel');
  });

  it('shows one service alone', async () => {
    await page.locator('.service', { hasText: 'worker' }).click();
    // Who has waited long is far from the first line.
    await page.locator('.log[role=log]').hover();
    await session.workbench.page.mouse.wheel(0, -100_000);
    await shown('api alone', (rows) => rows[0]?.includes('listening') === true);
    await session.shot('log-panel-api');
    const rows = await texts();
    expect(rows[0]).toContain('listening  port=3000');
    expect(rows[1]).toBe('ready on http://localhost:3000/');
    expect(await page.locator('.fg-2', { hasText: 'ready' }).count()).toBe(1);
  });

  it('opens the file that a stack trace names, and none outside of the workspace', async () => {
    await page.locator('a.file', { hasText: 'link.js' }).click();
    await page.locator('a.file', { hasText: 'os-release.conf' }).click();
    await page.locator('a.file', { hasText: '/app/src/db.js:2:7' }).click();
    await session.workbench.page.locator('.statusbar-item', { hasText: 'Ln 2, Col 7' }).first().waitFor();
    const tabs = await session.workbench.page.locator('.tabs-container .tab').allInnerTexts();
    expect(tabs.map((tab) => tab.replaceAll(/\s/g, ''))).toEqual(['db.js']);
    if ((await tool('Follow').getAttribute('aria-pressed')) === 'false') await tool('Follow').click();
  });

  it('filters by level and by text', async () => {
    await page.getByLabel('Levels').selectOption({ label: 'Errors' });
    await shown('errors', (rows) => rows.length === 4 && rows[0] === 'ERROR: cannot connect');
    await page.getByLabel('Levels').selectOption({ label: 'All levels' });
    await page.locator('.service', { hasText: 'worker' }).click();
    await page.getByLabel('Filter').fill('job 299\\d');
    await tool('Use regular expression').click();
    await shown('ten jobs', (rows) => rows.length === 10 && rows[9] === 'job 2999');
    await page.getByLabel('Filter').press('Escape');
    await shown('all', (rows) => rows.some((row) => !row.startsWith('job 299')));
  });

  it('shows one of the two outputs', async () => {
    await page.getByLabel('Output streams').selectOption({ label: 'Standard error' });
    await shown('what went to it', (rows) => rows.length === 1 && rows[0] === 'on the other output');
    await page.getByLabel('Output streams').selectOption({ label: 'Both streams' });
  });

  it('goes back as far as it is asked to', async () => {
    const jobs = () => page.locator('.count').first().innerText();
    await page.locator('.service', { hasText: 'api' }).click();
    await waitFor('the last thousand', 60_000, async () => /^1[.,]000 of /.test(await jobs()));
    await page.getByLabel('Time range').selectOption({ label: 'From the start' });
    await waitFor('all of them', 60_000, async () => /^3[.,]000 of |^3[.,]0\d\d lines/.test(await jobs()));
    await session.shot('log-panel-all');
    expect(await page.locator('.service[aria-pressed=false]').count()).toBe(0);
  });

  it('searches what was never loaded, counts it, and goes there', async () => {
    const box = page.getByRole('textbox', { name: 'Find' });
    const count = page.locator('.find .count');
    await page.getByLabel('Time range').selectOption('tail');
    await page.locator('.log').press('Control+f');
    await box.fill('job 77');
    // Only the last thousand jobs are there.
    await waitFor('nothing', 60_000, async () => (await count.innerText()) === 'No matches');
    await tool('Search from the first line ever written').click();
    await waitFor('all of them', 60_000, async () => (await count.innerText()) === '– of 11');
    expect(await tool('Search from the first line ever written').isVisible()).toBe(false);
    expect(await box.inputValue()).toBe('job 77');
    await box.press('Enter');
    await waitFor('the first of them', 60_000, async () => (await count.innerText()) === '1 of 11');
    expect(await page.locator('.row.current .text').innerText()).toBe('job 77');
    await session.shot('log-panel-find-all');
    await box.press('Escape');
    await page.locator('.log').press('End');
  });

  it('has several lines chosen, and copies those', async () => {
    const chosenAre = (wanted: readonly string[]) =>
      expect.poll(() => page.locator('.row.chosen .text').allInnerTexts()).toEqual(wanted);
    await page.getByLabel('Filter').fill('job 10[0-7]?$');
    await page.locator('.row', { hasText: /job 10$/ }).click();
    await page.locator('.row', { hasText: /job 101$/ }).click({ modifiers: ['Shift'] });
    await page.locator('.row', { hasText: /job 105$/ }).click({ modifiers: ['Control'] });
    await chosenAre(['job 10', 'job 100', 'job 101', 'job 105']);
    await session.shot('log-panel-chosen');
    await page.locator('.log').press('ArrowDown');
    await chosenAre(['job 106']);
    await page.locator('.log').press('Shift+ArrowDown');
    await chosenAre(['job 106', 'job 107']);
    await page.getByLabel('Filter').press('Escape');
    await page.getByLabel('Time range').selectOption('tail');
    await waitFor('fewer', 60_000, async () =>
      /^1[.,]0\d\d lines/.test(await page.locator('.count').first().innerText()),
    );
  });

  it('shows lines over time, those of a while, and a line among all', async () => {
    const count = () => page.locator('.row').count();
    const press = (label: string) => page.locator(`.tool[aria-label^="${label}"]`).first().click();
    await press('More actions');
    await press('Lines over time');
    const bars = page.getByRole('slider');
    await expect.poll(() => bars.getAttribute('aria-valuetext')).toMatch(/lines 1[.,]0/);
    await bars.press('Home');
    await bars.press('ArrowRight');
    const range = await bars.getAttribute('aria-valuetext');
    expect(range).toMatch(/^\d\d:\d\d:\d\d–\d\d:\d\d:\d\d: lines [\d.,]+, errors \d+$/);
    await bars.press('End');
    await shown('the last', (rows) => rows.length > 0 && rows.every((row) => /^request \d+$/.test(row)));
    await session.shot('log-panel-times');
    expect(await seriousFaults(page, '--vscode-panel-background')).toEqual([]);
    await page.locator('.row').first().click();
    const few = await count();
    await page.locator('.log').press('Enter');
    await expect.poll(count).toBeGreaterThan(few);
    await expect.poll(() => page.locator('.row.current').count()).toBe(1);
    await page.locator('.log').press('Enter');
    await bars.press('Escape');
    await press('Lines over time');
    await press('More actions');
  });

  it('finds, forwards and backwards, and stops following there', async () => {
    await page.locator('.log').press('Control+f');
    await page.getByRole('textbox', { name: 'Find' }).fill('job 22');
    const count = page.locator('.find .count');
    const place = async () => Number(/^(\d+) of 100$/.exec(await count.innerText())?.[1] ?? Number.NaN);
    await waitFor('a count', 60_000, async () => (await count.innerText()) === '– of 100');
    await page.getByRole('textbox', { name: 'Find' }).press('Enter');
    await waitFor('a match', 60_000, async () => (await place()) > 0);
    const first = await place();
    expect(await page.locator('.row.current .text').innerText()).toBe(`job ${2199 + first}`);
    expect(await tool('Follow').getAttribute('aria-pressed')).toBe('false');
    await page.getByRole('textbox', { name: 'Find' }).press('Shift+Enter');
    await waitFor('the one before', 60_000, async () => (await place()) === ((first + 98) % 100) + 1);
    await session.shot('log-panel-find');
    await page.getByRole('textbox', { name: 'Find' }).press('Escape');
  });

  it('keeps its place and its state while hidden', async () => {
    const { workbench } = session;
    const before = (await texts())[0];
    await workbench.runCommand('Problems: Focus on Problems View');
    await workbench.page.locator('.markers-panel').first().waitFor();
    await workbench.runCommand('Compose Logs: Focus on Compose Logs View');
    page = await webviewWith(workbench, '.log[role=log]');
    expect((await texts())[0]).toBe(before);
    await tool('Follow').click();
    await shown('requests', (rows) => /^request \d+$/.test(rows.at(-1) ?? ''));
  });

  it('is read without a mouse, and axe finds no serious fault', async () => {
    expect(await seriousFaults(page, '--vscode-panel-background')).toEqual([]);
    await page.locator('.log').focus();
    await page.locator('.log').press('Control+l');
    await shown('little', (rows) => rows.length < 5);
  });
});
