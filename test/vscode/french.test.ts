import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeProject } from './engine.ts';
import { webviewWith } from './webview.ts';
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
  afterAll(async () => {
    await removeProject('ui-french');
    await session?.close();
  });

  it('speaks the tree', async () => {
    const { workbench } = session;
    await workbench.waitForRows('declared', (rows) => rows.some((row) => /^ui-french *non créé/.test(row)));
  });

  it('speaks the lenses and the menus', async () => {
    const { workbench } = session;
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Lancer' }).first().waitFor();
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

  it('speaks the statistics and the files', async () => {
    const { workbench } = session;
    await workbench.clickInline(/^ui-french/, 'Lancer');
    await workbench.waitForRows('running', (rows) => rows.some((row) => /^web *sain/.test(row)), 60_000);
    await workbench.clickMenu(/^ui-french/, 'Afficher les statistiques');
    const page = await webviewWith(workbench, 'tbody tr');
    expect((await page.locator('thead th').allInnerTexts()).slice(0, 5)).toEqual([
      'Nom',
      'Processeur',
      'Mémoire',
      'Réseau',
      'Disque',
    ]);
    // A comma, and octets.
    expect(await page.locator('tbody tr').innerText()).toMatch(/\d,\d\s%[\s\S]*[kM]o[\s\S]*É 0,0\sko\/s/);
    await workbench.clickMenu(/^web *sain/, 'Parcourir les fichiers');
    await workbench.waitForRows('the files', (rows) =>
      rows.some((row) => /^docker-entrypoint.sh *lien/.test(row)),
    );
    expect(await workbench.menuEntries(/^etc$/)).toEqual(
      expect.arrayContaining([
        'Nouveau fichier…',
        'Télécharger…',
        'Téléverser des fichiers…',
        'Copier le chemin',
      ]),
    );
    await session.shot('french-files');
  });
});
