import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/lib/vscode.mjs';
import { removeProject } from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-failures';
const holder = 'ui-failures-holder';
const has = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));

const file = (port: number, image: string) => `name: ${project}
services:
  app:
    image: ${image}
    pull_policy: never
    command: ["sh", "-c", "echo ready > /tmp/state; sleep 1000"]
    stop_grace_period: 0s
    ports: ["127.0.0.1:${port}:80"]
    healthcheck:
      test: ["CMD-SHELL", "grep ready /tmp/state || (echo the state is bad, API_KEY=hunter2; exit 1)"]
      interval: 500ms
      retries: 1
`;

describe('what goes wrong is said at the line that is about it', () => {
  let session: TestFolder;
  let port = 0;

  beforeAll(async () => {
    port = await freePort();
    session = await openFolder({
      files: {
        'compose.yaml': file(port, 'composure/none:1'),
        'holder/compose.yaml': `name: ${holder}
services:
  first:
    image: busybox
    command: ["sleep", "1000"]
    stop_grace_period: 0s
    ports: ["127.0.0.1:${port}:80"]
`,
      },
    });
    await session.workbench.openFile('compose.yaml');
    await session.workbench.openView('Compose');
    await session.workbench.runCommand('Problems: Focus on Problems View');
  });
  afterAll(async () => {
    await session?.close();
    await removeProject(project);
    await removeProject(holder);
  });

  const problem = (text: string | RegExp) =>
    session.workbench.page.locator('.markers-panel .monaco-list-row', { hasText: text }).first();

  it('an image that is not there', async () => {
    const { workbench } = session;
    await workbench.waitForRows(
      'both',
      (rows) => has(/^ui-failures *not/)(rows) && has(/^ui-failures-holder/)(rows),
    );
    await workbench.clickInline(/^\s*ui-failures\s*not/, 'Up');
    await problem('composure/none:1').waitFor({ timeout: 60_000 });
    expect(await problem('composure/none:1').innerText()).toContain('Ln 4');
    await session.shot('failures-image');
  });

  it('a port that a container of another project has, by its name', async () => {
    const { workbench } = session;
    await workbench.clickInline(/^\s*ui-failures-holder/, 'Up');
    await workbench.waitForRows('the other', has(/^ui-failures-holder *1\/1 running/), 60_000);
    await session.write('compose.yaml', file(port, 'busybox'));
    await workbench.page.locator('.view-line', { hasText: 'image: busybox' }).first().waitFor();
    await workbench.clickInline(/^\s*ui-failures\s*not/, 'Up');
    const taken = problem(`Port ${port} is in use by the container ${holder}-first-1`);
    await taken.waitFor({ timeout: 60_000 });
    expect(await taken.innerText()).toContain('Ln 8');
    await session.shot('failures-port');
    await workbench.clickInline(/^\s*ui-failures-holder/, 'Stop');
    await workbench.waitForRows('stopped', has(/^ui-failures-holder *stopped/), 60_000);
  });

  it('a health check that fails, with what it said, and it is told once', async () => {
    const { workbench } = session;
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.clickInline(/^\s*ui-failures\s*(not|stopped)/, 'Up');
    await workbench.waitForRows('healthy', has(/^app *healthy/), 60_000);
    await workbench.clickMenu(/^\s*app\s*healthy/, 'Shell');
    await workbench.waitForTerminal(/[#$] *$/);
    await workbench.typeInTerminal('echo broken > /tmp/state');
    await workbench.waitForRows('unhealthy', has(/^app *unhealthy/), 60_000);
    await workbench.runCommand('Problems: Focus on Problems View');
    await problem('app is unhealthy: the state is bad').waitFor();
    const said = await problem('app is unhealthy').innerText();
    expect(said).toContain('Ln 9');
    expect(said).not.toContain('hunter2');
    await workbench.runCommand('Notifications: Show Notifications');
    const told = workbench.page.locator('.notification-list-item', { hasText: 'app is unhealthy' });
    await told.first().waitFor();
    expect(await told.count()).toBe(1);
    await session.shot('failures-unhealthy');
  });
});
