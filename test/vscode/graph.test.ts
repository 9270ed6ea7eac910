import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/lib/vscode.mjs';
import { removeProject } from './engine.ts';
import { seriousFaults, webviewWith } from './webview.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-graph';
const compose = (port: number) => `name: ${project}
services:
  web:
    image: nginx:alpine
    ports: ["127.0.0.1:${port}:80"]
    networks: [front]
    depends_on:
      api:
        condition: service_healthy
  api:
    image: nginx:alpine
    networks: [front, back]
    depends_on:
      db:
        condition: service_healthy
      migrate:
        condition: service_completed_successfully
  migrate:
    image: busybox
    command: "true"
    networks: [back]
    depends_on: [db]
  db:
    image: postgres:13
    environment: { POSTGRES_PASSWORD: secret }
    networks: [back]
    volumes: [data:/var/lib/postgresql/data]
  worker:
    image: busybox
    command: sleep 1000
    stop_grace_period: 0s
    networks: [back]
    depends_on: [db]
networks:
  front:
  back:
volumes:
  data:
`;

describe('the graph', () => {
  let session: TestFolder;
  let page: Frame;
  const card = (name: string) => page.locator(`[data-service="${name}"]`);

  beforeAll(async () => {
    session = await openFolder({ files: { 'compose.yaml': compose(await freePort()) } });
    const { workbench } = session;
    await workbench.openView('Compose');
    await workbench.waitForRows('declared', (rows) => rows.some((row) => row.startsWith('worker')));
    await workbench.clickMenu(/^ui-graph/, 'Show Graph');
    page = await webviewWith(workbench, 'svg.graph');
  });
  afterAll(async () => {
    await removeProject(project);
    await session?.close();
  });

  it('shows what is declared: services, conditions, networks, volumes, ports', async () => {
    expect(await card('web').getAttribute('class')).toContain('state-absent');
    expect(await page.locator('.service').count()).toBe(5);
    expect((await page.locator('.condition').allTextContents()).sort()).toEqual([
      'completed',
      'healthy',
      'healthy',
    ]);
    expect(await page.locator('.edge:not(.mount)').count()).toBe(5);
    expect(await page.locator('.volume').getAttribute('aria-label')).toBe('Volumes: data');
    expect(await card('web').innerHTML()).toMatch(/\d+ → 80/);
  });

  it('follows what runs', async () => {
    const { workbench } = session;
    await workbench.clickInline(/^ui-graph/, 'Up');
    await page.locator('[data-service="web"].state-healthy').waitFor({ timeout: 60_000 });
    await page.locator('[data-service="worker"].state-running').waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
    await session.shot('graph');
    expect(await seriousFaults(page, '--vscode-editor-background')).toEqual([]);
  });

  it('leads to the shell with the keyboard', async () => {
    await card('worker').locator('.body').press('e');
    await session.workbench.waitForTerminal(/[#$] *$/);
  });

  it('is a list for those who want one', async () => {
    await page.getByRole('button', { name: 'As a list' }).click();
    const api = page.locator('.list li', { hasText: /^api/ });
    expect(await api.innerText()).toMatch(/db \(healthy\), migrate \(completed\)/);
    expect(await seriousFaults(page, '--vscode-editor-background')).toEqual([]);
    await page.getByRole('button', { name: 'As a list' }).click();
  });

  it('is saved as a file of its own', async () => {
    const { workbench, folder } = session;
    await page.getByRole('button', { name: 'Save' }).click();
    const input = workbench.page.locator('.quick-input-widget:visible input');
    await input.waitFor();
    await input.press('Enter');
    const file = join(folder, `${project}.svg`);
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('</svg>');
    const svg = await readFile(file, 'utf8');
    expect(svg).toContain('api</text>');
    expect(svg).not.toContain('var(--');
    expect(svg).not.toContain('tabindex');
  });

  it('goes to a service’s line', async () => {
    await card('api').locator('.body').click();
    await session.workbench.page.locator('.statusbar-item', { hasText: 'Ln 10' }).first().waitFor();
  });
});
