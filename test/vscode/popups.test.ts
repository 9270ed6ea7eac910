import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/lib/vscode.mjs';
import { containersOf, removeProject } from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-popups';
const holder = 'ui-popups-holder';
const has = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));

/** Ends when it is told to through a file; what it says last is written like a link that runs a command. */
const app = `  app:
    image: busybox
    command: ["sh", "-c", "while [ ! -e /tmp/end ]; do sleep 0.1; done; rm /tmp/end; echo 'disk is full [repair](command:workbench.action.closeWindow)'; exit 3"]
    stop_grace_period: 0s
`;
const side = (port: number) => `  side:
    image: busybox
    command: ["sleep", "1000"]
    stop_grace_period: 0s
    ports: ["127.0.0.1:${port}:80"]
`;
const stack = (...services: readonly string[]) => `name: ${project}\nservices:\n${services.join('')}`;

describe('pop-ups, as a person sees them', () => {
  let session: TestFolder;
  let port = 0;

  beforeAll(async () => {
    port = await freePort();
    session = await openFolder({
      popUps: true,
      files: {
        'compose.yaml': stack(app),
        'holder/compose.yaml': `name: ${holder}\nservices:\n${side(port).replace('side:', 'first:')}`,
      },
    });
    await session.workbench.openView('Compose');
    await session.workbench.waitForRows('both', (rows) => has(/^ui-popups *not/)(rows) && rows.length >= 4);
  });
  afterAll(async () => {
    await session?.close();
    await removeProject(project);
    await removeProject(holder);
  });

  const toasts = () => session.workbench.page.locator('.notifications-toasts .notification-toast');
  const texts = async () =>
    (await toasts().allInnerTexts()).map((text) => text.replace(/\s*\n\s*/g, ' ').trim());
  /** A second one would be there by now: each is shown within the animation of the first. */
  const only = async (wanted: RegExp) => {
    await session.workbench.waitForNotification(wanted, 60_000);
    // Under the pointer it stays; else a warning goes after some seconds.
    await toasts().filter({ hasText: wanted }).first().hover();
    // VS Code leaves that of the progress for a moment after its end.
    const progress = toasts().filter({
      has: session.workbench.page.locator('.monaco-button', { hasText: 'Cancel' }),
    });
    await expect.poll(() => progress.count()).toBe(0);
    expect(await texts()).toEqual([expect.stringMatching(wanted)]);
    expect(await session.workbench.page.locator('.part.statusbar').innerText()).not.toContain(
      `${project} is up`,
    );
  };

  it('none is left of an Up that succeeds', async () => {
    const { workbench, shot } = session;
    await workbench.clickInline(/^\s*ui-popups\s*not/, 'Up');
    await workbench.waitForRows('up', has(/^ui-popups *1\/1 running/), 60_000);
    await expect.poll(texts).toEqual([]);
    await shot('popups-up');
  });

  it('a crash has one, which says what and offers what can be done, and no link of what the service wrote', async () => {
    const { workbench, shot } = session;
    await workbench.clickMenu(/^\s*app\s*running/, 'Shell');
    await workbench.waitForTerminal(/[#$] *$/);
    await workbench.typeInTerminal('touch /tmp/end');
    await only(/ui-popups › app has crashed with exit code 3: disk is full/);
    await shot('popups-crash');
    expect(await toasts().locator('.monaco-button').allInnerTexts()).toEqual([
      'Explain',
      'Show Logs',
      'Restart',
      'Open File',
      "Don't Show Again",
    ]);
    expect(await toasts().locator('.notification-list-item-message a').count()).toBe(0);
  });

  it('that of a crash is gone when it was answered, and none comes when the service runs again', async () => {
    const { workbench, shot } = session;
    await toasts().locator('.monaco-button', { hasText: 'Restart' }).click();
    await workbench.waitForRows('running', has(/^app *running/), 60_000);
    await expect.poll(texts).toEqual([]);
    await shot('popups-crash-mended');
  });

  it('an Up that fails for a port has one, that of the operation', async () => {
    const { workbench, shot } = session;
    await workbench.clickInline(/^\s*ui-popups-holder/, 'Up');
    await workbench.waitForRows('the other', has(/^ui-popups-holder *1\/1 running/), 60_000);
    await session.write('compose.yaml', stack(app, side(port)));
    await workbench.waitForRows('the second service', has(/^side/));
    await workbench.clickInline(/^\s*ui-popups\s*\d/, 'Up');
    const wanted = new RegExp(`Port ${port} is in use by the container ${holder}-first-1`);
    await only(wanted);
    await shot('popups-port');
    // The row has come to rest: what the incident watch had to say, it has said.
    await workbench.waitForRows('at rest', has(/^side *($|created|stopped|failed)/));
    expect(await texts()).toEqual([expect.stringMatching(wanted)]);
    expect((await texts()).join()).not.toContain('/tcp');
  });

  it('which is gone when Retry was taken and the Up succeeds', async () => {
    const { workbench, shot } = session;
    await workbench.clickInline(/^\s*ui-popups-holder/, 'Stop');
    await workbench.waitForRows('stopped', has(/^ui-popups-holder *stopped/), 60_000);
    await toasts().locator('.monaco-button', { hasText: 'Retry' }).click();
    await workbench.waitForRows('up', has(/^ui-popups *2\/2 running/), 60_000);
    await expect.poll(texts).toEqual([]);
    await shot('popups-port-mended');
  });

  it('a Down that leaves orphans has one', async () => {
    const { workbench, shot } = session;
    await session.write('compose.yaml', stack(app));
    await workbench.waitForRows('the mark', has(/^side.*not in the files/));
    await workbench.clickMenu(/^\s*ui-popups\s*\d/, 'Down');
    await only(/ui-popups is not fully down\. .*ui-popups-side-1/);
    await shot('popups-orphans');
    await toasts().locator('.monaco-button', { hasText: 'Remove Orphans' }).click();
    await expect.poll(() => containersOf(project)).toEqual([]);
    await workbench.waitForRows('nothing created', has(/^ui-popups *not created/), 60_000);
    await expect.poll(texts).toEqual([]);
  });
});
