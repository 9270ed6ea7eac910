import { expect, test } from 'vitest';
import { containersOf, networksOf, volumesOf } from './engine.ts';
import { readFrontPage, walkThrough } from './front-page.ts';
import { openWindow, type TestWindow } from './window.ts';

const isUp = (rows: readonly string[]) => rows.filter((row) => /^(web|db)\s*healthy/.test(row)).length === 2;

/** From the tree, by its context menus: up, and what is then there. */
async function bringUp({ workbench, port }: TestWindow): Promise<void> {
  await workbench.openView('Compose');
  await workbench.waitForRows('what the file declares', (rows) =>
    rows.some((row) => /^course.*not created/.test(row)),
  );
  await workbench.clickMenu('course', 'Up');
  await workbench.waitForRows('both services healthy', isUp, 60_000);
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect(answer.status).toBe(200);
  expect(await containersOf('course')).toEqual(['course-db-1', 'course-web-1']);
}

async function takeDown({ workbench }: TestWindow): Promise<void> {
  await workbench.clickMenu('course', 'Down and Remove Volumes…');
  const question = await workbench.question();
  expect(question).toContain('course_db-data');
  await workbench.answer('Remove Containers and Volumes');
  await workbench.waitForRows(
    'nothing created',
    (rows) => rows.some((row) => /^course.*not created/.test(row)),
    60_000,
  );
  expect(await containersOf('course')).toEqual([]);
  await expect.poll(() => volumesOf('course')).toEqual([]);
}

test('by clicking: up, logs, a shell, down, and down with the volume', async () => {
  const window = await openWindow();
  const { workbench, port, shot } = window;
  await workbench.openFile('docker-compose.yml');
  await bringUp(window);
  await shot('tree-up');

  await workbench.clickMenu('web', 'Logs');
  await fetch(`http://127.0.0.1:${port}/written-while-reading`);
  await workbench.waitForTerminal(/written-while-reading/);
  await shot('logs');

  await workbench.clickMenu('web', 'Shell');
  await workbench.waitForTerminal(/[#$]\s*$/);
  await workbench.typeInTerminal('echo "in $((40 + 2))"');
  await workbench.waitForTerminal('in 42');
  await shot('shell');
  await workbench.typeInTerminal('exit 3');
  await workbench.runCommand('Notifications: Show Notifications');
  await workbench.page
    .locator('.notification-list-item-message', { hasText: 'exit code: 3' })
    .first()
    .waitFor();
  await workbench.runCommand('Notifications: Clear All Notifications');

  await workbench.clickMenu('course', 'Down');
  await workbench.waitForRows(
    'nothing created',
    (rows) => rows.some((row) => /^course.*not created/.test(row)),
    60_000,
  );
  expect(await containersOf('course')).toEqual([]);
  await expect.poll(() => networksOf('course')).toEqual([]);
  expect(await volumesOf('course')).toEqual(['course_db-data']);

  await workbench.clickMenu('course', 'Up');
  await workbench.waitForRows('both services healthy again', isUp, 60_000);
  await takeDown(window);
});

test('the packaged extension does the same', async () => {
  const window = await openWindow({ packaged: true });
  await window.workbench.openFile('docker-compose.yml');
  await bringUp(window);
  await takeDown(window);
});

test('the packaged extension leads through its first steps, and has a page to read', async () => {
  const window = await openWindow({ packaged: true });
  await walkThrough(window);
  await readFrontPage(window);
});
