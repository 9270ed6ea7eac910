import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFolder, type TestFolder } from './window.ts';

describe('in French', () => {
  let session: TestFolder;

  beforeAll(async () => {
    session = await openFolder({
      files: { 'compose.yaml': 'name: ui-french\nservices:\n  web:\n    image: nginx:alpine\n' },
      language: 'fr',
    });
    await session.workbench.openFile('compose.yaml');
    await session.workbench.openView('Compose');
  });
  afterAll(() => session?.close());

  it('speaks the tree', async () => {
    const { workbench } = session;
    await workbench.waitForRows('declared', (rows) => rows.some((row) => /^web *non créé/.test(row)));
  });

  it('speaks the lenses and the menus', async () => {
    const { workbench } = session;
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Démarrer' }).first().waitFor();
    const entries = await workbench.menuEntries(/^ui-french/);
    expect(entries).toEqual(
      expect.arrayContaining(['Plus', 'Ajouter un service…', 'Ajouter un environnement…']),
    );
    await session.shot('french');
  });

  it('speaks the palette and what it asks', async () => {
    const { workbench } = session;
    await workbench.runCommand('Compose: Nouveau projet');
    await workbench.page
      .locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'Site statique' })
      .first()
      .waitFor();
    await workbench.page.keyboard.press('Escape');
  });
});
