import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFolder, type TestFolder } from './window.ts';

describe('from an empty folder', () => {
  let session: TestFolder;

  beforeAll(async () => {
    session = await openFolder({ files: {} });
    await session.workbench.openView('Compose');
  });
  afterAll(() => session?.close());

  async function answer(text: string): Promise<void> {
    const { page } = session.workbench;
    await page.locator('.quick-input-widget:visible input.input').fill(text);
    await page.keyboard.press('Enter');
  }

  it('a new project, from the view that has nothing to show', async () => {
    const { workbench } = session;
    const button = workbench.page.locator('.sidebar .monaco-button', { hasText: 'New Project' });
    await button.waitFor();
    await session.shot('welcome');
    await button.click();
    await workbench.choose('Web application', 'Web');
    await workbench.page.locator('.quick-input-widget:visible', { hasText: 'Project name' }).waitFor();
    await answer('shop');
    await workbench.page.locator('.tab', { hasText: 'docker-compose.yml' }).first().waitFor();
    expect((await readdir(session.folder)).sort()).toEqual(
      expect.arrayContaining(['.dockerignore', '.env', '.env.example', 'config', 'scripts', 'services']),
    );
    expect((await stat(join(session.folder, 'scripts/deploy.sh'))).mode & 0o111).not.toBe(0);
    await workbench.waitForRows('the services', (rows) => rows.some((row) => /^backend/.test(row)));
  });

  it('without a remark in the editor', async () => {
    const { page } = session.workbench;
    await page.locator('.codelens-decoration').first().waitFor();
    await session.shot('scaffold');
    expect(await page.locator('.editor-instance [class*="squiggly-"]').count()).toBe(0);
    await page
      .locator('.statusbar-item[aria-label*="No Problems"], .statusbar-item[aria-label*="Errors: 0"]')
      .first()
      .waitFor();
  });

  it('a service in the file that is open', async () => {
    const { workbench } = session;
    await workbench.runCommand('Compose: Add Service');
    await workbench.choose('Redis', 'Redis');
    await workbench.page.locator('.quick-input-widget:visible', { hasText: 'Service name' }).waitFor();
    await answer('cache');
    await workbench.page.locator('.view-line', { hasText: 'cache:' }).first().waitFor();
    await workbench.runCommand('File: Save');
    await workbench.waitForRows('the service', (rows) => rows.some((row) => /^cache/.test(row)));
    expect(await readFile(join(session.folder, 'docker-compose.yml'), 'utf8')).toContain('cache-data:');
  });

  it('an environment', async () => {
    const { workbench } = session;
    await workbench.clickMenu(/^shop/, 'Add Environment');
    await workbench.choose('Development', 'Development');
    await workbench.page.locator('.tab', { hasText: 'docker-compose.dev.yml' }).first().waitFor();
    const variables = await readFile(join(session.folder, '.env.dev'), 'utf8');
    expect(variables).toContain('# DB_PASSWORD=');
    expect(variables).not.toContain('change-me');
  });
});
