import { inject, onTestFinished, test } from 'vitest';
import { callEngine } from '../../scripts/lib/engine-api.mjs';
import { removeProject } from './engine.ts';
import { openFolder } from './window.ts';

const project = 'ui-terminals';

test('a terminal profile is a shell in a container that runs', async () => {
  const session = await openFolder({
    files: {
      'compose.yaml': `name: ${project}
services:
  app: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s }
  other: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s }
`,
    },
  });
  onTestFinished(async () => {
    await session.close();
    await removeProject(project);
  });
  const { workbench } = session;
  await workbench.openView('Compose');
  await workbench.clickInline(/^ui-terminals/, 'Up');
  await workbench.waitForRows(
    'running',
    (rows) => rows.some((row) => /^ui-terminals *2\/2 running/.test(row)),
    60_000,
  );

  // VS Code lists what extensions contribute once there has been a terminal.
  await workbench.runCommand('Terminal: Create New Terminal');
  await workbench.page.locator('.terminal-wrapper.active .xterm').waitFor();
  await workbench.runCommand('Create New Terminal (With Profile)');
  await workbench.choose('Shell in a Container', '');
  await session.shot('terminal-profile');
  await workbench.choose('other-1');
  await workbench.waitForTerminal('/ #');
  await workbench.typeInTerminal('echo in $(hostname)');
  const { Id } = await callEngine(
    inject('vscodeEngine').replace('unix://', ''),
    'GET',
    `/containers/${project}-other-1/json`,
  );
  await workbench.waitForTerminal(`in ${Id.slice(0, 12)}`);
});
