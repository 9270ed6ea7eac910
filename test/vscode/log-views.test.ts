import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { removeProject } from './engine.ts';
import { seriousFaults } from './webview.ts';
import { openFolder, type TestFolder } from './window.ts';

const many = Array.from({ length: 12 }, (_, i) => `part-${i + 1}`);
const shop = `name: ui-shop
services:
  api:
    image: busybox
    stop_grace_period: 0s
    command:
      - sh
      - -c
      - |
        echo '{"msg":{"toString":1}}'
        echo '{"event":{"action":"login"},"message":"hello"}'
        i=0; while [ $$i -lt 200 ]; do i=$$((i+1)); head -c 12000 /dev/urandom | base64 -w 0; echo; done
        head -c 9000 /dev/zero | tr '\\0' '['; echo
        echo "{\\"a\\":$$(head -c 9000 /dev/zero | tr '\\0' '[')$$(head -c 9000 /dev/zero | tr '\\0' ']')}"
        echo last of api
        sleep 1000
  web:
    image: busybox
    stop_grace_period: 0s
    command: ["sh", "-c", "n=0; while true; do n=$$((n+1)); echo page $$n; sleep 1; done"]
`;
const blog = `name: ui-blog
services:
${many
  .map(
    (name) => `  ${name}:
    image: busybox
    stop_grace_period: 0s
    command: ["sh", "-c", "echo hello from ${name}; sleep 1000"]
`,
  )
  .join('')}`;

describe('several views of logs', () => {
  let session: TestFolder;
  /** The pages of logs that are there, by the title each shows. */
  const pages = async () => {
    const found = new Map<string, Frame>();
    for (const frame of session.workbench.page.frames()) {
      // As it stands: a page that is about to go is not waited for.
      const [title] = await frame
        .locator('.title-text')
        .allInnerTexts()
        .catch((): string[] => []);
      if (title !== undefined) found.set(title, frame);
    }
    return found;
  };
  const pageOf = async (title: string): Promise<Frame> => {
    let found: Frame | undefined;
    await waitFor(`a page of ${title}`, 60_000, async () => {
      found = (await pages()).get(title);
      return found !== undefined;
    });
    if (found === undefined) throw new Error(`no page of ${title}`);
    return found;
  };
  const texts = (page: Frame) => page.locator('.row .text').allInnerTexts();
  const tabs = async () =>
    (await session.workbench.page.locator('.tabs-container .tab').allInnerTexts()).map((tab) => tab.trim());

  beforeAll(async () => {
    session = await openFolder({
      files: { 'shop/compose.yaml': shop, 'blog/compose.yaml': blog },
      settings: { 'composure.logs.open': 'panel' },
    });
    const { workbench } = session;
    await workbench.page.setViewportSize({ width: 1700, height: 1000 });
    await workbench.openView('Compose');
    for (const name of ['ui-blog', 'ui-shop']) {
      await workbench.clickMenu(new RegExp(`^${name}`), 'Up');
      await workbench.waitForRows(
        'running',
        (rows) => rows.some((row) => new RegExp(`^${name} *(2/2|12/12) running`).test(row)),
        120_000,
      );
    }
  });
  afterAll(async () => {
    await removeProject('ui-shop');
    await removeProject('ui-blog');
    await session?.close();
  });

  it('takes any bytes', async () => {
    await session.workbench.clickMenu(/^ui-shop/, 'Logs');
    const page = await pageOf('ui-shop');
    await page.locator('.service', { hasText: 'web' }).click();
    await waitFor('the last line', 60_000, async () => (await texts(page)).at(-1) === 'last of api');
    await page.locator('.log').press('Home');
    await page.locator('.log').hover();
    for (let i = 0; i < 10; i++) await session.workbench.page.mouse.wheel(0, -20_000);
    await waitFor('the first', 60_000, async () => (await texts(page))[0]?.includes('toString') === true);
    const rows = await texts(page);
    expect(rows[0]).toContain('msg={"toString": 1}');
    expect(rows[1]).toContain('hello  event={"action": "login"}');
    expect(rows[2]?.length).toBe(16_000);
    await page.locator('.service', { hasText: 'web' }).click();
  });

  it('finds a service among many, in one row of tools', async () => {
    await session.workbench.clickMenu(/^ui-blog/, 'Logs');
    const page = await pageOf('ui-blog');
    await waitFor('all twelve', 60_000, async () =>
      /12/.test(await page.locator('.service-button').innerText()),
    );
    const height = await page.locator('.bar-top').evaluate((bar) => bar.getBoundingClientRect().height);
    expect(height).toBeLessThan(40);
    await page.locator('.service-button').click();
    await page.getByRole('textbox', { name: 'Find a service' }).fill('part-1');
    await waitFor('four', 60_000, async () => (await page.locator('.service-row').count()) === 4);
    await session.shot('log-services');
    expect(await seriousFaults(page, '--vscode-panel-background')).toEqual([]);
    await page.locator('.service-row', { hasText: 'part-12' }).hover();
    await page.getByRole('button', { name: 'Only: part-12' }).click();
    await waitFor('one line', 60_000, async () => (await texts(page)).join() === 'hello from part-12');
    expect(await page.locator('.service-button').innerText()).toContain('1/12');
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await page.getByRole('textbox', { name: 'Find a service' }).press('Escape');
    await waitFor('all lines', 60_000, async () => (await texts(page)).length > 3);
  });

  it('leaves out what is excluded', async () => {
    const page = await pageOf('ui-blog');
    await page.getByLabel('Filter', { exact: true }).fill('part-1');
    await page.getByLabel('Exclude', { exact: true }).fill('part-12');
    const wanted = ['part-1', 'part-10', 'part-11'].map((name) => `hello from ${name}`);
    await waitFor(
      'three lines',
      60_000,
      async () => [...(await texts(page))].sort().join() === wanted.join(),
    );
    for (const label of ['Filter', 'Exclude']) await page.getByLabel(label, { exact: true }).press('Escape');
  });

  it('goes with what is selected, where that is wanted, and leaves the keyboard in the tree', async () => {
    const { workbench } = session;
    await workbench.runCommand('Compose: Follow Selection in Log Panel');
    await workbench.row(/^part-1\s*running/).click();
    await pageOf('ui-blog · part-1');
    await workbench.row(/^part-2\s*running/).click();
    const page = await pageOf('ui-blog · part-2');
    await waitFor('its line', 60_000, async () => (await texts(page)).join() === 'hello from part-2');
    const inTree = () => workbench.page.evaluate(() => document.activeElement?.closest('.sidebar') !== null);
    expect(await inTree()).toBe(true);
    await workbench.runCommand('Compose: Stop Following Selection in Log Panel');
    await workbench.row(/^part-3\s*running/).click();
    // Longer than a selection has to stay.
    await workbench.menuEntries(/^part-3\s*running/);
    expect([...(await pages()).keys()]).toEqual(['ui-blog · part-2']);
    await workbench.runCommand('View: Close All Editors');
  });

  it('says whose a line is where several projects are shown', async () => {
    const { workbench } = session;
    await workbench.row(/^ui-blog/).click();
    await workbench.row(/^ui-shop/).click({ modifiers: ['Control'] });
    await workbench.clickMenu(/^ui-shop/, 'Logs');
    const page = await pageOf('ui-blog, ui-shop');
    await waitFor('lines', 60_000, async () => (await texts(page)).at(-1)?.startsWith('page ') === true);
    expect(await page.locator('.row .name').last().innerText()).toBe('ui-shop · web-1');
    await page.locator('.service-button').click();
    expect(await page.locator('.service-name').first().innerText()).toBe('ui-blog · part-1');
    await session.shot('log-projects');
    await page.getByRole('textbox', { name: 'Find a service' }).press('Escape');
  });

  it('has tabs side by side, each with its own logs, which stay', async () => {
    const { workbench } = session;
    await workbench.row(/^ui-blog/).click();
    await workbench.clickSubmenu(/^ui-blog/, 'More', 'Logs in Editor Tab');
    await pageOf('ui-blog');
    await workbench.runCommand('View: Pin Editor');
    await workbench.expand(/^ui-shop/);
    await workbench.clickSubmenu(/^web/, 'More', 'Logs in Editor Tab');
    const web = await pageOf('ui-shop · web');
    expect(await tabs()).toEqual(['Logs: ui-blog', 'Logs: ui-shop · web']);
    await workbench.runCommand('View: Move Editor into Right Group');
    await waitFor('both beside each other', 60_000, async () => {
      const shown = await workbench.page.locator('.tab.active').allInnerTexts();
      return shown.map((tab) => tab.trim()).join() === 'Logs: ui-blog,Logs: ui-shop · web';
    });
    await waitFor('lines', 60_000, async () => /^page \d+$/.test((await texts(web)).at(-1) ?? ''));
    await workbench.clickMenu(/^web/, 'Logs');
    await session.shot('log-tabs');
    expect(await tabs()).toEqual(['Logs: ui-blog', 'Logs: ui-shop · web']);
    await workbench.row(/^ui-blog/).click();
    await workbench.clickSubmenu(/^ui-blog/, 'More', 'Logs in Editor Tab');
    expect(await tabs()).toEqual(['Logs: ui-blog', 'Logs: ui-shop · web']);
  });

  it('shows them again when the window was loaded anew', async () => {
    await session.workbench.reload(['Logs: ui-blog', 'Logs: ui-shop · web']);
    await waitFor('the tabs', 60_000, async () => (await tabs()).length === 2);
    const web = await pageOf('ui-shop · web');
    await waitFor('lines', 60_000, async () => /^page \d+$/.test((await texts(web)).at(-1) ?? ''));
    expect(await tabs()).toEqual(['Logs: ui-blog', 'Logs: ui-shop · web']);
  });
});
