import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '#engine/connect/connect.ts';
import { execOutput } from '#engine/exec/exec.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { removeProject, testEngine } from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-files';
const compose = `name: ${project}
services:
  app:
    image: busybox
    command: sleep 1000
    stop_grace_period: 0s
    volumes: [data:/data]
  once:
    image: busybox
    command: "true"
volumes:
  data:
`;
const prepare = `mkdir -p /srv/conf /srv/empty
printf 'level = low\\n' >/srv/conf/app.ini; chmod 640 /srv/conf/app.ini; chown 7:8 /srv/conf/app.ini
printf '{"a":1}' >/srv/conf/settings.json; ln -s app.ini /srv/conf/current; head -c 3000 /dev/zero >/srv/conf/blob.bin
printf kept >/data/kept.txt`;

const never = new AbortController().signal;
const has = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));

describe('files in containers and volumes', () => {
  let session: TestFolder;
  let engine: EnginePort;
  const sh = async (script: string) =>
    (await execOutput(engine, `${project}-app-1`, { command: ['sh', '-c', script] }, never)).stdout;
  const editor = (name: string) =>
    session.workbench.page.locator(`.tab.active[data-resource-name="${name}"]`);
  const input = () => session.workbench.page.locator('.quick-input-widget:visible input.input');

  /** Takes an entry of a row's menu that asks for a name: again where an editor that opened late took the keyboard from the question. */
  async function name(row: RegExp, entry: string, text: string) {
    await waitFor(`the question of ${entry}`, 60_000, async () => {
      await session.workbench.clickMenu(row, entry);
      return input()
        .fill(text, { timeout: 5000 })
        .then(
          () => true,
          () => false,
        );
    });
    await input().press('Enter');
  }

  /** Takes an entry of a row's menu that asks, again where a row that was drawn anew took the menu away, and answers. */
  async function ask(row: RegExp, entry: string, question: string, answer: string) {
    const box = session.workbench.page.locator('.monaco-dialog-box', { hasText: question });
    await waitFor(`the question of ${entry}`, 60_000, async () => {
      if (!(await box.isVisible())) await session.workbench.clickMenu(row, entry);
      return box.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    });
    await session.workbench.answer(answer);
  }

  /** Answers VS Code's own dialog for files, which is in no hurry to take what is typed. */
  async function answerDialog(path: string, button?: string) {
    const { page } = session.workbench;
    await expect.poll(() => input().inputValue()).toMatch(/^\//);
    await waitFor(`the dialog to take ${path}`, 60_000, async () => {
      if (!(await input().isVisible())) return true;
      await input().fill(path, { timeout: 1000 });
      if (button === undefined) await input().press('Enter', { timeout: 1000 });
      else
        await page
          .locator('.quick-input-widget:visible .monaco-button', { hasText: button })
          .click({ timeout: 1000 });
      await input().waitFor({ state: 'hidden', timeout: 2000 });
      return true;
    });
  }

  /** VS Code keeps what it says of saving in its centre. */
  async function saidInNotifications(text: string) {
    const message = session.workbench.page.locator('.notification-list-item-message', { hasText: text });
    await session.workbench.runCommand('Notifications: Show Notifications');
    await message.first().waitFor();
  }

  beforeAll(async () => {
    engine = await connect(
      { host: testEngine(), environment: {}, home: tmpdir(), platform: process.platform },
      never,
    );
    session = await openFolder({
      files: { 'compose.yaml': compose },
      // A window in a browser saves by itself.
      settings: { 'files.autoSave': 'off' },
    });
    const { workbench } = session;
    await workbench.openView('Compose');
    await workbench.waitForRows('declared', has(/^app/));
    await workbench.clickInline(/^ui-files/, 'Up');
    await workbench.waitForRows('running', has(/^app *running/), 60_000);
    await workbench.waitForRows('done', has(/^once *done/), 60_000);
    await sh(prepare);
  });
  afterAll(async () => {
    await removeProject(project);
    engine.close();
    await session?.close();
  });

  it('are rows below their container', async () => {
    const { workbench } = session;
    await workbench.clickMenu(/^app *running/, 'Browse Files');
    await workbench.waitForRows('the root', (rows) => has(/^etc$/)(rows) && has(/^srv$/)(rows));
    await workbench.expand(/^srv$/);
    await workbench.expand(/^conf$/);
    await workbench.waitForRows(
      'a folder',
      (rows) =>
        has(/^app\.ini *12 B$/)(rows) && has(/^current *link$/)(rows) && has(/^blob\.bin *3\.0 kB$/)(rows),
    );
    await workbench.expand(/^empty$/);
    await workbench.waitForRows('nothing', has(/^empty$/));
    expect(await workbench.row(/^app\.ini/).getAttribute('aria-label')).toMatch(/^file, app\.ini, 12 B/);
    await workbench.row(/^app\.ini/).hover();
    await session.shot('files-tree');
  });

  it('open in editors and are saved back, with owner and mode as they were', async () => {
    const { workbench } = session;
    await workbench.row(/^app\.ini/).click();
    await editor('app.ini').waitFor();
    await expect.poll(() => workbench.editorText()).toContain('level = low');
    await workbench.page.locator('.editor-instance .view-lines').click();
    await workbench.page.keyboard.press('Control+A');
    await workbench.page.keyboard.type('level = high');
    await session.shot('files-editor');
    await workbench.page.keyboard.press('Control+S');
    await expect.poll(() => sh('cat /srv/conf/app.ini')).toBe('level = high');
    expect(await sh('stat -c "%a %u:%g" /srv/conf/app.ini')).toBe('640 7:8\n');
  });

  it('are not overwritten when they have changed in the container meanwhile', async () => {
    const { workbench } = session;
    await workbench.page.keyboard.type(' and mine');
    await sh('echo theirs for sure >/srv/conf/app.ini');
    await workbench.page.keyboard.press('Control+S');
    await saidInNotifications('The content of the file is newer');
    await workbench.runCommand('Notifications: Clear All Notifications');
    expect(await sh('cat /srv/conf/app.ini')).toBe('theirs for sure\n');
    await workbench.runCommand('File: Revert File');
    await expect.poll(() => workbench.editorText()).toContain('theirs for sure');
  });

  it('show what changes in the container while they are open', async () => {
    await sh('echo changed by the app itself >/srv/conf/app.ini');
    await expect.poll(() => session.workbench.editorText()).toContain('changed by the app itself');
  });

  it('are made, renamed and deleted', async () => {
    const { workbench } = session;
    await name(/^conf$/, 'New File', 'fresh.txt');
    await editor('fresh.txt').waitFor();
    await workbench.waitForRows('the new file', has(/^fresh\.txt *0 B$/));
    await name(/^fresh\.txt/, 'Rename', 'renamed.txt');
    await workbench.waitForRows('its new name', has(/^renamed\.txt/));
    await workbench.clickMenu(/^renamed\.txt/, 'Delete');
    expect(await workbench.question()).toContain('/srv/conf/renamed.txt');
    await workbench.answer('Delete');
    await workbench.waitForRows('gone', (rows) => !has(/^renamed\.txt/)(rows));
    await name(/^conf$/, 'New Folder', 'sub');
    await workbench.waitForRows('the new folder', has(/^sub$/));
    expect(await sh('ls /srv/conf')).toBe('app.ini\nblob.bin\ncurrent\nsettings.json\nsub\n');
  });

  it('are downloaded and uploaded', async () => {
    const { workbench, folder } = session;
    await workbench.clickMenu(/^settings\.json/, 'Download');
    await answerDialog(join(folder, 'settings.json'));
    await expect.poll(() => readFile(join(folder, 'settings.json'), 'utf8').catch(() => '')).toBe('{"a":1}');
    await workbench.clickMenu(/^conf$/, 'Download');
    await answerDialog(`${folder}/`, 'Download Here');
    await expect
      .poll(() => readFile(join(folder, 'conf/current'), 'utf8').catch(() => ''))
      .toBe(await sh('cat /srv/conf/app.ini'));

    // A second time: into the same folder, not into a folder within it, and not without a question.
    await writeFile(join(folder, 'conf/app.ini'), 'mine');
    await workbench.clickMenu(/^conf$/, 'Download');
    await answerDialog(`${folder}/`, 'Download Here');
    expect(await workbench.question()).toContain('conf/app.ini');
    expect(await readFile(join(folder, 'conf/app.ini'), 'utf8')).toBe('mine');
    await workbench.answer('Replace');
    await expect
      .poll(() => readFile(join(folder, 'conf/app.ini'), 'utf8'))
      .toBe(await sh('cat /srv/conf/app.ini'));
    expect(await readdir(join(folder, 'conf'))).not.toContain('conf');

    await writeFile(join(folder, 'settings.json'), '{"b":2}');
    await workbench.clickMenu(/^conf$/, 'Upload Files');
    await answerDialog(join(folder, 'settings.json'));
    expect(await workbench.question()).toContain('settings.json already exists');
    await workbench.answer('Replace');
    await expect.poll(() => sh('cat /srv/conf/settings.json')).toBe('{"b":2}');
    // For whom its folder belongs to, not for the user of this machine.
    expect(await sh('stat -c %u:%g /srv/conf/settings.json')).toBe('0:0\n');
  });

  it('are uploaded by dropping them on a folder', async () => {
    const { workbench } = session;
    await workbench.openFile('compose.yaml');
    // A row that is drawn anew while something is held over it takes no drop: a person lets go again.
    await waitFor('the file to be dropped', 60_000, async () => {
      await workbench.page
        .locator('.tab.active[data-resource-name="compose.yaml"]')
        .dragTo(workbench.row(/^conf$/));
      return workbench.waitForRows('the file', has(/^compose\.yaml/), 15_000).then(
        () => true,
        () => false,
      );
    });
    expect(await sh('cat /srv/conf/compose.yaml')).toBe(compose);
  });

  it('of a volume are below it', async () => {
    const { workbench } = session;
    await workbench.expand(/^Volumes/);
    await workbench.expand(/^data/);
    await workbench.waitForRows('its files', has(/^kept\.txt *4 B$/));
    await workbench.row(/^kept\.txt/).click();
    await editor('kept.txt').waitFor();
    await expect.poll(() => workbench.editorText()).toContain('kept');
  });

  it('of a volume are kept in snapshots, which are taken, restored, and deleted on its rows', async () => {
    const { workbench } = session;
    const file = join(session.folder, 'snapshots', 'data-2026-11-30-13-05-59.tar.gz');
    const snapshot = /^2026-11-30 13:05:59/;
    await mkdir(join(session.folder, 'snapshots'));
    // A container's folder of that name may be expanded too.
    await workbench.page.locator('.sidebar .action-label[aria-label^="Collapse All"]').first().click();
    await workbench.expand(/^ui-files/);
    await workbench.expand(/^Volumes/);
    await workbench.clickMenu(/^data/, 'Take Snapshot…');
    await answerDialog(file);
    await workbench.answer('Take Snapshot While Running');
    await workbench.expand(/^data/);
    await workbench.waitForRows('the snapshot', has(/^2026-11-30 13:05:59\s*\d+ B · .* ago/));
    await sh('printf changed >/data/kept.txt; touch /data/more');
    await ask(snapshot, 'Restore Snapshot…', 'Restore ui-files_data?', 'Restore Snapshot');
    await expect.poll(() => sh('cat /data/kept.txt; ls /data'), { timeout: 60_000 }).toBe('keptkept.txt\n');
    await session.shot('snapshot');
    const question = 'Delete the snapshot data-2026-11-30-13-05-59.tar.gz?';
    await ask(snapshot, 'Delete Snapshot…', question, 'Delete Snapshot');
    await workbench.waitForRows('no snapshot', (rows) => !has(snapshot)(rows));
    expect(await readdir(join(session.folder, 'snapshots'))).toEqual([]);
  });

  it('are listed where nothing runs; what needs a command is not offered there', async () => {
    const { workbench } = session;
    await workbench.runCommand('View: Close All Editors');
    await workbench.page.locator('.sidebar .action-label[aria-label^="Collapse All"]').first().click();
    await workbench.expand(/^ui-files/);
    await workbench.clickMenu(/^once *done/, 'Browse Files');
    await workbench.waitForRows('its root', (rows) => has(/^etc$/)(rows) && has(/^bin$/)(rows));
    await workbench.expand(/^etc$/);
    await workbench.waitForRows('a file', has(/^passwd *\d+ B$/));
    const entries = await workbench.menuEntries(/^passwd/);
    expect(entries).toContain('Copy Path');
    expect(entries).not.toContain('Delete');
  });

  it('are open again when the window is', async () => {
    const { workbench } = session;
    await workbench.row(/^passwd/).click();
    await editor('passwd').waitFor();
    await workbench.runCommand('Developer: Reload Window');
    await editor('passwd').waitFor({ state: 'detached' });
    await editor('passwd').waitFor({ timeout: 60_000 });
    await expect.poll(() => workbench.editorText()).toContain('root');
  });

  it('say so when their container has gone', async () => {
    const { workbench } = session;
    await workbench.page.locator('.editor-instance .view-lines').click();
    await workbench.page.keyboard.type('# mine');
    await engine.removeContainer(`${project}-once-1`, { force: true }, never);
    await workbench.waitForRows('no rows of it', (rows) => !has(/^passwd/)(rows));
    await workbench.page.keyboard.press('Control+S');
    await saidInNotifications('ui-files-once-1 no longer exists');
    await session.shot('files-gone');
  });
});
