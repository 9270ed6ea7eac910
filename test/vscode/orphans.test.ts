import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { containersOf, removeProject } from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-orphans';

const service = (name: string) => `  ${name}:
    image: busybox
    command: ["sleep", "1000"]
    stop_grace_period: 0s
`;
const stack = (...services: readonly string[]) =>
  `name: ${project}\nservices:\n${services.map(service).join('')}`;

const has = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));

describe('services that the files no longer have', () => {
  let session: TestFolder;

  beforeAll(async () => {
    session = await openFolder({ files: { 'compose.yaml': stack('app', 'old', 'older') } });
    const { workbench } = session;
    await workbench.openView('Compose');
    await workbench.waitForRows('declared', has(/^older/));
    await workbench.clickMenu(/^ui-orphans/, 'Up');
    await workbench.waitForRows('up', has(/^ui-orphans *3\/3 running/), 60_000);
    await session.write('compose.yaml', stack('app'));
    await workbench.waitForRows('the mark', has(/^older.*not in the files/));
  });
  afterAll(async () => {
    await session?.close();
    await removeProject(project);
  });

  it('are part of the plan of an Up when that is wanted', async () => {
    const { workbench, shot } = session;
    await workbench.clickMenu(/^ui-orphans/, 'Preview Up');
    const text = () => workbench.editorText();
    await waitFor('the plan', 60_000, async () =>
      /Orphan containers are kept: ui-orphans-old-1, ui-orphans-older-1\./.test(await text()),
    );
    const lens = (label: string) =>
      workbench.page.locator('.codelens-decoration a', { hasText: label }).first();
    await lens('Also Remove Orphans').waitFor();
    await shot('plan-orphans');
    await lens('Also Remove Orphans').click();
    await waitFor('the new plan', 60_000, async () =>
      /! remove container ui-orphans-older-1/.test(await text()),
    );
    await lens('Cancel').click();
    await waitFor('the plan to close', 60_000, async () => !(await text()).includes('ui-orphans-old-1'));
    expect(await containersOf(project)).toHaveLength(3);
  });

  it('are removed from their own row', async () => {
    const { workbench } = session;
    await workbench.clickMenu(/^older/, 'Remove Orphans');
    await workbench.waitForRows('gone', (rows) => !has(/^older/)(rows), 60_000);
    expect(await containersOf(project)).toHaveLength(2);
  });

  it('are what is left after a Down, which says so', async () => {
    const { workbench, shot } = session;
    await workbench.clickMenu(/^ui-orphans/, 'Down');
    await waitFor('the project to be down', 60_000, async () => (await containersOf(project)).length === 1);
    await workbench.runCommand('Notifications: Show Notifications');
    const { page } = workbench;
    const said = page.locator('.notifications-center .notification-list-item', {
      hasText:
        'ui-orphans is not fully down. Orphan containers remain: ui-orphans-old-1. Network ui-orphans_default is still in use by ui-orphans-old-1.',
    });
    await said.waitFor();
    await shot('down-orphans');
    await said.hover();
    await said.locator('.monaco-button', { hasText: 'Remove Orphans' }).click();
    await waitFor('it to be gone', 60_000, async () => (await containersOf(project)).length === 0);
  });
});
