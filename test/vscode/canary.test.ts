import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { canaryFiles, foundIn } from '../client/canaries.ts';
import { removeProject } from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

let session: TestFolder;
beforeAll(async () => {
  session = await openFolder({ files: canaryFiles });
  await session.workbench.openView('Compose');
  await session.workbench.waitForRows('the project', (rows) => rows.some((row) => row.startsWith('canary')));
});
afterAll(async () => {
  await session?.close();
  await removeProject('canary');
});

it('none of forty secrets is to be seen in the merged project, wherever one scrolls', async () => {
  const { workbench, shot } = session;
  await workbench.clickMenu(/^canary/, 'Show Merged Project');
  const seen: string[] = [];
  for (const line of ['MODE: production', 'SLASH_URL', 'splunk-token', 'driver_opts']) {
    await waitFor(line, 60_000, async () => {
      const text = await workbench.page.locator('body').innerText();
      seen.push(text, await workbench.editorText());
      if (text.replaceAll('\u00a0', ' ').includes(line)) return true;
      await workbench.page.locator('.monaco-editor .view-lines').first().click();
      await workbench.page.keyboard.press('PageDown');
      return false;
    });
  }
  await shot('canary');
  expect(foundIn(seen.join('\n').replaceAll('\u00a0', ' '))).toEqual([]);
});
