import { afterAll, beforeAll, describe, expect, it, onTestFinished, test } from 'vitest';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { containersOf, removeProject } from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-plan';

const stack = (change: Readonly<Record<string, string>> = {}) => `name: ${project}
services:
  app:
    image: busybox
    command: ["sleep", "${change.sleep ?? '1000'}"]
    stop_grace_period: 0s
    environment:
      DEBUG: "${change.debug ?? '0'}"
      API_TOKEN: ${change.token ?? 'first'}
    volumes:
      - data:/data
${
  change.other === 'gone'
    ? ''
    : `  other:
    image: busybox
    command: ["sleep", "1000"]
    stop_grace_period: 0s
`
}volumes:
  data:
    labels:
      rev: "${change.volume ?? '1'}"
`;

const has = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));

describe('the plan before Up', () => {
  let session: TestFolder;

  beforeAll(async () => {
    session = await openFolder({
      files: { 'compose.yaml': stack() },
      settings: { 'composure.previewUp': 'changes' },
    });
    await session.workbench.openView('Compose');
    await session.workbench.waitForRows('declared', has(/^other/));
  });
  afterAll(async () => {
    await session?.close();
    await removeProject(project);
  });

  async function planText(wanted: RegExp): Promise<string> {
    let text = '';
    await waitFor(`a plan with ${wanted}`, 60_000, async () => {
      text = await session.workbench.editorText();
      return wanted.test(text);
    });
    return text;
  }
  const lens = (label: string) =>
    session.workbench.page.locator('.codelens-decoration a', { hasText: label }).first();

  it('is shown whenever it is asked for; nothing happens before it is applied', async () => {
    const { workbench } = session;
    await workbench.clickMenu(/^ui-plan/, 'Preview Up');
    const text = await planText(/Containers: 2 created/);
    expect(text).toMatch(/create volume ui-plan_data \(it does not exist yet\)/);
    expect(await containersOf(project)).toEqual([]);
    await lens('Cancel').click();
    await waitFor(
      'the plan to close',
      60_000,
      async () => !(await workbench.editorText()).includes('2 created'),
    );
    expect(await containersOf(project)).toEqual([]);
    await workbench.clickMenu(/^ui-plan/, 'Preview Up');
    await planText(/2 created/);
    await lens('Apply').click();
    await workbench.waitForRows('up', has(/^ui-plan *2\/2 running/), 60_000);
  });

  it('comes by itself when a container is recreated, with what changed; secrets are masked', async () => {
    const { workbench, shot } = session;
    await session.write('compose.yaml', stack({ debug: '1', token: 'second', sleep: '2000' }));
    await workbench.waitForRows('the mark', has(/^app.*outdated/));
    await workbench.clickInline(/^ui-plan/, 'Up');
    const text = await planText(/ui-plan-app-1 will be recreated: its settings changed/);
    expect(text).toMatch(/- +environment\.DEBUG: 0\n\+ +environment\.DEBUG: 1/);
    expect(text).toMatch(/- +environment\.API_TOKEN: \*\*\*\n\+ +environment\.API_TOKEN: \*\*\*/);
    expect(text).not.toMatch(/first|second/);
    expect(text).toMatch(/Not changed @@\n +ui-plan-other-1/);
    await lens('Apply').waitFor();
    await shot('plan');
    await workbench.page.keyboard.press('Control+Enter');
    await workbench.waitForRows(
      'applied',
      (rows) => has(/^app *running/)(rows) && !has(/outdated/)(rows),
      60_000,
    );
  });

  it('does not come when nothing is taken away', async () => {
    const { workbench } = session;
    await workbench.clickInline(/^other/, 'Stop');
    await workbench.waitForRows('stopped', has(/^other *exited/));
    await workbench.clickMenu(/^ui-plan/, 'Up');
    await workbench.waitForRows('up', has(/^other *running/), 60_000);
  });

  it('says which data may be lost; closing it cancels', async () => {
    const { workbench, shot } = session;
    await session.write('compose.yaml', stack({ debug: '1', token: 'second', sleep: '2000', volume: '2' }));
    await workbench.waitForRows('read', has(/^ui-plan/));
    await workbench.clickMenu(/^ui-plan/, 'Preview Up');
    await planText(/ui-plan_data already exists with different settings/);
    await lens('Apply').waitFor();
    await shot('plan-loss');
    const before = await containersOf(project);
    await workbench.runCommand('View: Close Editor');
    await waitFor(
      'the plan to close',
      60_000,
      async () => !(await workbench.editorText()).includes('different settings'),
    );
    expect(await containersOf(project)).toEqual(before);
  });
});

test('in French, in light colours', async () => {
  const name = 'ui-plan-fr';
  const session = await openFolder({
    files: { 'compose.yaml': stack().replaceAll(project, name) },
    language: 'fr',
    settings: { 'workbench.colorTheme': 'Default Light Modern' },
  });
  onTestFinished(() => session.close());
  const { workbench, shot } = session;
  await workbench.openView('Compose');
  await workbench.waitForRows('declared', has(/^ui-plan-fr *non créé/));
  await workbench.clickMenu(/^ui-plan-fr/, 'Aperçu du lancement');
  await waitFor('the plan', 60_000, async () => /Conteneurs\s: 2 à créer/.test(await workbench.editorText()));
  expect(await workbench.editorText()).toMatch(/créer le volume ui-plan-fr_data \(il n’existe pas encore\)/);
  await workbench.page.locator('.codelens-decoration a', { hasText: 'Annuler' }).first().waitFor();
  await shot('plan-french-light');
});

test('in Restricted Mode nothing is planned, checked or chosen', async () => {
  const session = await openFolder({ files: { 'compose.yaml': stack() }, trust: false });
  onTestFinished(() => session.close());
  const { page } = session.workbench;
  const no = page.locator('.monaco-dialog-box .monaco-button', { hasText: 'No' });
  const restricted = page.locator('.statusbar-item', { hasText: 'Restricted Mode' });
  await no.or(restricted).first().waitFor();
  if (await no.first().isVisible()) await no.first().click();
  await session.workbench.openFile('compose.yaml');
  await page.keyboard.press('F1');
  const widget = page.locator('.quick-input-widget:visible');
  await widget.locator('input.input').fill('>Compose:');
  const entries = widget.locator('.monaco-list-row');
  await entries.filter({ hasText: 'Compose: Show Output' }).first().waitFor();
  const listed = (await entries.allInnerTexts()).join('\n');
  expect(listed).not.toMatch(/Preview Up|Check Before Up|Choose Environment|Show Merged Project|Compare/);
  expect(await page.locator('.statusbar-item[id$="composure.environment"]').count()).toBe(0);
});
