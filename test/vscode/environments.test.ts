import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { freePort } from '../../scripts/lib/vscode.mjs';
import { containersOf, removeProject } from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-environments';

const base = `name: ${project}
services:
  web:
    image: nginx:alpine
    environment:
      MODE: standard
      TOKEN: \${TOKEN:-none}
      WHERE: \${REGION:-here}
  adminer:
    image: busybox
    command: ["sleep", "1000"]
    stop_grace_period: 0s
    profiles: [debug]
`;

const has = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));

describe('environments', () => {
  let session: TestFolder;
  let port = 0;

  beforeAll(async () => {
    port = await freePort();
    session = await openFolder({
      files: {
        'compose.yaml': base,
        'compose.override.yaml': 'services:\n  web:\n    environment:\n      MODE: dev\n',
        'compose.prod.yaml': `services:
  web:
    environment:
      MODE: prod
    ports:
      - "127.0.0.1:${port}:80"
`,
        '.env': 'TOKEN=everyday\n',
        '.env.prod': 'TOKEN=s3cr3t-of-prod\nREGION=prod-west\n',
      },
      settings: { 'composure.previewUp': 'changes' },
    });
    await session.workbench.openView('Compose');
    await session.workbench.waitForRows('declared', has(/^debug *profile, off/));
  });
  afterAll(async () => {
    await session?.close();
    await removeProject(project);
  });

  const status = () => session.workbench.page.locator('.statusbar-item[id$="composure.environment"]');

  /** Takes an entry of the list of what the project is run with. */
  async function choose(label: string) {
    await status().click();
    await session.workbench.choose(label, '');
  }

  it('are found by their names, and said in the status bar', async () => {
    const { workbench, shot } = session;
    await waitFor('the status bar', 60_000, async () => (await status().innerText()).includes(project));
    await status().click();
    const list = workbench.page.locator('.quick-input-widget:visible .monaco-list-row');
    await list.filter({ hasText: 'prod' }).first().waitFor();
    const texts = (await list.allInnerTexts()).map((text) => text.replace(/\s*\n\s*/g, ' '));
    expect(texts.find((text) => text.startsWith('prod'))).toMatch(
      /compose\.yaml \+ compose\.prod\.yaml.*\.env, \.env\.prod/,
    );
    await shot('environments');
    await workbench.page.keyboard.press('Escape');
  });

  it('one that is chosen is what the tree shows and Up runs', async () => {
    const { workbench } = session;
    await choose('prod');
    await workbench.waitForRows('prod', has(/^ui-environments.*prod/));
    await waitFor('the status bar', 60_000, async () => (await status().innerText()).includes('prod'));
    await workbench.clickInline(/^ui-environments/, 'Up');
    await workbench.waitForRows('up', has(new RegExp(`^web *healthy · :${port}`)), 60_000);
    expect(await containersOf(project)).toEqual([`${project}-web-1`]);
  });

  it('a profile that is checked comes up too, and its services are shown among the others', async () => {
    const { workbench, shot } = session;
    await workbench
      .row(/^debug/)
      .locator('.monaco-custom-toggle, .monaco-checkbox')
      .click();
    await workbench.waitForRows('on', has(/^debug *profile, on/));
    await workbench.waitForRows('its service', has(/^adminer$/));
    await waitFor('the status bar', 60_000, async () => (await status().innerText()).includes('+debug'));
    await shot('profiles');
    await workbench.clickInline(/^ui-environments/, 'Up');
    await workbench.waitForRows('up', has(/^adminer *running/), 60_000);
  });

  it('is what the language server understands the file with', async () => {
    const { workbench } = session;
    await workbench.openFile('compose.yaml');
    // The hint beside ${REGION}, which only the chosen environment's file of variables sets.
    await workbench.page
      .locator('.view-line', { hasText: /REGION.*prod-west/ })
      .first()
      .waitFor();
  });

  it('the merged project shows what is run, secrets masked until asked for, and leads to where it is written', async () => {
    const { workbench, shot } = session;
    await workbench.clickMenu(/^ui-environments/, 'Show Merged Project');
    await waitFor('the text', 60_000, async () => /MODE: prod/.test(await workbench.editorText()));
    expect(await workbench.editorText()).toMatch(/TOKEN: "\*\*\*"/);
    await shot('merged');
    await workbench.runCommand('Compose: Show Secrets');
    await waitFor('the secret', 60_000, async () =>
      (await workbench.editorText()).includes('s3cr3t-of-prod'),
    );
    await workbench.runCommand('Compose: Hide Secrets');
    await waitFor('the mask', 60_000, async () => !(await workbench.editorText()).includes('s3cr3t'));
    await workbench.page.locator('.view-line', { hasText: 'MODE: prod' }).first().click();
    await workbench.runCommand('Show or Focus Hover');
    await workbench.page.locator('.monaco-hover', { hasText: 'compose.prod.yaml:4' }).first().waitFor();
    await shot('merged-hover');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.locator('.view-line', { hasText: 'MODE: prod' }).first().click();
    await workbench.page.keyboard.press('F12');
    await workbench.page.locator('.tab.active[data-resource-name="compose.prod.yaml"]').first().waitFor();
  });

  it('the merged project follows the files', async () => {
    const { workbench } = session;
    await workbench.clickMenu(/^ui-environments/, 'Show Merged Project');
    await session.write('.env.prod', 'TOKEN=x\nMORE=1\n');
    await session.write('compose.yaml', base.replace('MODE: standard', 'MODE: standard\n      ADDED: later'));
    await waitFor('the change', 60_000, async () => /ADDED: later/.test(await workbench.editorText()));
  });

  it('two are compared side by side', async () => {
    const { workbench, shot } = session;
    await workbench.clickMenu(/^ui-environments/, 'Compare Environments');
    await workbench.choose('standard', '');
    await workbench.page
      .locator('.monaco-diff-editor .modified .view-line', { hasText: 'MODE: prod' })
      .first()
      .waitFor();
    await workbench.page
      .locator('.monaco-diff-editor .original .view-line', { hasText: 'MODE: dev' })
      .first()
      .waitFor();
    await shot('compare');
  });

  it('is remembered with the workspace', async () => {
    const { workbench } = session;
    await workbench.reload();
    await workbench.openView('Compose');
    await workbench.waitForRows('prod', has(/^ui-environments.*prod/), 60_000);
    await workbench.waitForRows('profile', has(/^debug *profile, on/));
  });

  it('the standard one is one click away', async () => {
    const { workbench } = session;
    await waitFor('the status bar', 60_000, async () => (await status().innerText()).includes('prod'));
    await choose('Standard');
    await workbench.waitForRows('standard', (rows) => !has(/^ui-environments.*prod/)(rows));
    // The file that is open shows the values of the environment at once.
    const hint = (value: string) =>
      workbench.page.locator('.view-line', { hasText: new RegExp(`REGION.*${value}`) }).first();
    await workbench.openFile('compose.yaml');
    await hint('here').waitFor();
    await session.write('.env.prod', 'TOKEN=x\nREGION=prod-west\n');
    await choose('prod');
    await hint('prod-west').waitFor();
    await choose('Standard');
    await hint('prod-west').waitFor({ state: 'detached' });
  });

  it('an env file has its problem listed before it is opened, and says who uses a name', async () => {
    const { workbench, shot } = session;
    const { page } = workbench;
    await session.write('aside/compose.yaml', 'services:\n  web:\n    image: "x:${ASIDE}"\n');
    await session.write('aside/.env', 'ASIDE=one\nTEXT="not closed\n');
    await workbench.runCommand('Problems: Focus on Problems View');
    const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'The value is not closed' });
    await problem.first().waitFor();
    await problem.first().dblclick();
    await page.locator('.tab.active[data-resource-name=".env"]').first().waitFor();
    await page.locator('.editor-instance .view-line span span', { hasText: 'ASIDE' }).first().hover();
    await page.locator('.monaco-hover', { hasText: 'compose.yaml:3' }).first().waitFor();
    await shot('env-file');
  });
});
