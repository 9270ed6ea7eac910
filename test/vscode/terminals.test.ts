import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callEngine } from '../../scripts/lib/engine-api.mjs';
import { removeProject, testEngine } from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-terminals';
const compose = `name: ${project}
services:
  app:
    image: busybox
    command: [sleep, "1000"]
    stop_grace_period: 0s
    develop: { watch: [{ action: sync, path: ./src, target: /src }] }
  other: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s }
jobs:
  migrate:
    image: busybox
    command: [sh, -c, "echo migrated after $$(wget -qO- http://app 2>&1 | grep -c refused)"]
    depends_on: [app]
    triggers: { manual: true }
  seed:
    image: busybox
    command: [echo, "rows are there"]
    triggers: { manual: true }
  nightly:
    image: busybox
    triggers: { manual: false, schedule: ["0 3 * * *"] }
`;

describe('terminals', () => {
  let session: TestFolder;

  beforeAll(async () => {
    session = await openFolder({ files: { 'compose.yaml': compose, 'src/a.txt': 'one' } });
    const { workbench } = session;
    await workbench.openView('Compose');
    await workbench.clickInline(/^ui-terminals/, 'Up');
    await workbench.waitForRows(
      'running',
      (rows) => rows.some((row) => /^ui-terminals *2\/2 running/.test(row)),
      60_000,
    );
  });
  afterAll(async () => {
    await session?.close();
    await removeProject(project);
  });

  it('have a profile: a shell in a container that runs', async () => {
    const { workbench } = session;
    // VS Code lists what extensions contribute once there has been a terminal.
    await workbench.runCommand('Terminal: Create New Terminal');
    await workbench.page.locator('.terminal-wrapper.active .xterm').waitFor();
    await workbench.runCommand('Create New Terminal (With Profile)');
    await workbench.choose('Container Shell', '');
    await workbench.choose('other-1');
    await workbench.waitForTerminal('/ #');
    await workbench.typeInTerminal('echo in $(hostname)');
    const { Id } = await callEngine(
      testEngine().replace('unix://', ''),
      'GET',
      `/containers/${project}-other-1/json`,
    );
    await workbench.waitForTerminal(`in ${Id.slice(0, 12)}`);
  });

  it('run jobs: from the line above one, and from the menu of the project, and none that only its schedule starts', async () => {
    const { workbench } = session;
    await workbench.openFile('compose.yaml');
    const lenses = workbench.page.locator('.codelens-decoration a', { hasText: 'Run Job' });
    await lenses.first().click();
    // Reached by its name: nothing listens, and that is what it says.
    await workbench.waitForTerminal('migrated after 1');
    await session.shot('terminal-job');
    expect(await lenses.count()).toBe(2);
    await workbench.clickMenu(/^ui-terminals/, 'Run Job…');
    await workbench.choose('seed');
    await workbench.waitForTerminal('rows are there');
    // A job that is over leaves nothing behind.
    await workbench.waitForRows('no job', (rows) => !rows.some((row) => /^(?:migrate|seed)/.test(row)));
  });

  it('watch files, and say what they carry over', async () => {
    const { workbench } = session;
    await workbench.clickSubmenu(/^ui-terminals/, 'More', 'Up and Watch Files');
    await workbench.waitForTerminal('Watch enabled');
    await session.write('src/a.txt', 'two');
    await workbench.waitForTerminal('Syncing service "app"');
    await session.shot('terminal-watch');
  });
});
