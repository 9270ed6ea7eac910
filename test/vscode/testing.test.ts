import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { containersOf, networksOf, removeProject } from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-testing';

const tests = (command: string) => `name: ${project}
services:
  db:
    image: postgres:13
    environment:
      POSTGRES_PASSWORD: secret
  unit:
    image: busybox
    command: ["sh", "-c", "echo 3 passed"]
    depends_on: [db]
  e2e:
    image: busybox
    command: ["sh", "-c", "${command}"]
    depends_on: [db]
    stop_grace_period: 0s
`;

describe('the Test Explorer and tasks', () => {
  let session: TestFolder;

  beforeAll(async () => {
    await removeProject(`${project}-test`);
    session = await openFolder({
      files: {
        'docker-compose.test.yml': tests('echo 1 failed; exit 2'),
        'compose.yaml':
          'name: ui-tasks\nservices:\n  job:\n    image: busybox\n    command: ["echo", "done in a task"]\n',
      },
    });
  });
  afterAll(async () => {
    await session?.close();
    await removeProject(`${project}-test`);
    await removeProject('ui-tasks');
  });

  const rows = () => session.workbench.page.locator('.sidebar .monaco-list-row');
  const gone = () =>
    waitFor('nothing left of the tests', 90_000, async () => {
      const left = [...(await containersOf(`${project}-test`)), ...(await networksOf(`${project}-test`))];
      return left.length === 0;
    });

  it('shows the tests of a file before anything was opened', async () => {
    const { workbench } = session;
    await workbench.openView('Testing');
    await rows().filter({ hasText: 'docker-compose.test.yml' }).first().waitFor();
    await workbench.expand('docker-compose.test.yml');
    await rows().filter({ hasText: 'unit' }).first().waitFor();
    expect(await workbench.rowTexts()).toEqual(['docker-compose.test.yml', 'unit', 'e2e']);
  });

  it('runs them: exit codes are results, logs are output, nothing is left', async () => {
    const { workbench } = session;
    await workbench.runCommand('Test: Run All Tests');
    await rows()
      .filter({ has: workbench.page.locator('.codicon-testing-failed-icon') })
      .filter({ hasText: 'e2e' })
      .waitFor({ timeout: 90_000 });
    await rows()
      .filter({ has: workbench.page.locator('.codicon-testing-passed-icon') })
      .filter({ hasText: 'unit' })
      .waitFor({ timeout: 90_000 });
    await workbench.page
      .locator('.test-output-peek-tree .monaco-list-row', { hasText: /e2e ended with exit code 2/ })
      .first()
      .waitFor();
    await session.shot('testing');
    await gone();
  });

  it('takes down what was cancelled', async () => {
    const { workbench } = session;
    await session.write('docker-compose.test.yml', tests('sleep 1000'));
    await workbench.runCommand('Test: Run All Tests');
    await waitFor('the test to run', 60_000, async () =>
      (await containersOf(`${project}-test`)).includes(`${project}-test-e2e-1`),
    );
    await workbench.runCommand('Test: Cancel Test Run');
    await gone();
  });

  it('runs a task through the engine, in a terminal', async () => {
    const { workbench } = session;
    await session.write(
      '.vscode/tasks.json',
      JSON.stringify({
        version: '2.0.0',
        tasks: [
          {
            label: 'bring it up',
            type: 'composure',
            command: 'up',
            options: ['-d'],
            problemMatcher: '$compose',
          },
        ],
      }),
    );
    // The list has what VS Code has read of the file by then.
    const task = workbench.page.locator('.quick-input-widget:visible .monaco-list-row', {
      hasText: 'bring it up',
    });
    await waitFor('the task to be listed', 60_000, async () => {
      await workbench.page.keyboard.press('Escape');
      await workbench.runCommand('Tasks: Run Task');
      return task
        .first()
        .waitFor({ timeout: 3000 })
        .then(
          () => true,
          () => false,
        );
    });
    await workbench.choose('bring it up', 'bring it up');
    await workbench.waitForTerminal(/docker compose up -d[\s\S]*ui-tasks-job-1 Started/, 60_000);
    await session.shot('task');
    expect(await containersOf('ui-tasks')).toEqual(['ui-tasks-job-1']);
  });

  it('offers the projects’ tasks by itself', async () => {
    const { workbench } = session;
    await workbench.runCommand('Tasks: Run Task');
    await workbench.choose('composure', 'composure');
    const entry = workbench.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'down' });
    await entry.first().waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('lists the problems of a file that a task meets', async () => {
    const { workbench } = session;
    await session.write('compose.yaml', 'name: ui-tasks\nservices:\n  job:\n    imagee: busybox\n');
    await workbench.runCommand('Tasks: Run Task');
    await workbench.choose('bring it up', 'bring it up');
    await workbench.waitForTerminal(/compose\.yaml:4:5: .*imagee/, 60_000);
    await workbench.runCommand('Problems: Focus on Problems View');
    await workbench.page.locator('.markers-panel .monaco-list-row', { hasText: 'imagee' }).first().waitFor();
  });
});
