import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { installEngine } from '../../scripts/lib/engine.mjs';
import { run } from '../../scripts/lib/processes.mjs';
import { containersOf, networksOf, removeProject, testEngine } from './engine.ts';
import { webviewWith } from './webview.ts';
import { openWindow } from './window.ts';

const project = 'made-elsewhere';

test('a stack that Docker Compose made is shown, stopped and taken down', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'composure-elsewhere-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(
    join(folder, 'compose.yaml'),
    `name: ${project}\nservices: {app: {image: busybox, command: sleep 1000, stop_grace_period: 0s}}\n`,
  );
  onTestFinished(() => removeProject(project));
  const { bin, env } = await installEngine();
  const docker = (...words: string[]) =>
    run(join(bin, 'docker'), words, { cwd: folder, env: { ...env, DOCKER_HOST: testEngine() } });
  await docker('compose', 'up', '--detach');
  onTestFinished(() =>
    docker('rm', '--force', 'by-hand', 'blog_web_1').then(
      () => {},
      () => {},
    ),
  );
  await docker(
    'run',
    '--detach',
    '--stop-timeout=0',
    '--name=by-hand',
    'busybox',
    'sh',
    '-c',
    'echo hello; sleep 1000',
  );
  const podman = ['--label=io.podman.compose.project=blog', '--label=com.docker.compose.project=blog'];
  await docker(
    'run',
    '--detach',
    '--stop-timeout=0',
    '--name=blog_web_1',
    ...podman,
    'busybox',
    'sleep',
    '1000',
  );

  const { workbench, shot } = await openWindow();
  await workbench.openView('Compose');
  const seen = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));
  await workbench.waitForRows('the other stack', seen(/^made-elsewhere\s*1\/1 running/));
  await shot('elsewhere');
  await workbench.clickMenu(project, 'Stop');
  await workbench.waitForRows('the other stack stopped', seen(/^made-elsewhere\s*stopped/));
  await workbench.clickMenu(project, 'Down');
  await workbench.waitForRows('the other stack gone', (rows) => !seen(/^made-elsewhere/)(rows));
  expect(await containersOf(project)).toEqual([]);
  await expect.poll(() => networksOf(project)).toEqual([]);

  // What Compose did not make is below a row of its own, which begins folded.
  await workbench.waitForRows('the other containers', seen(/^Other Containers\s*2\/2 running/));
  await workbench.expand(/^Other Containers/);
  await workbench.expand(/^blog/);
  await workbench.waitForRows('them', seen(/^blog_web_1\s*running/));
  await shot('other-containers');
  expect(await workbench.menuEntries(/^by-hand/)).toEqual(
    expect.arrayContaining(['Stop', 'Restart', 'Logs', 'Shell', 'Browse Files', 'Inspect']),
  );
  await workbench.page.keyboard.press('Escape');
  await workbench.clickMenu(/^by-hand/, 'Stop');
  await workbench.waitForRows('it stopped', seen(/^by-hand\s*exited/));
  await workbench.waitForRows('the count', seen(/^Other Containers\s*1\/2 running/));
  await workbench.clickMenu(/^by-hand/, 'Start');
  await workbench.waitForRows('it runs again', seen(/^by-hand\s*running/));
  await workbench.clickMenu(/^by-hand/, 'Logs');
  await webviewWith(workbench, 'text=hello');
  await shot('other-containers-logs');

  const startedAt = async () =>
    (await docker('inspect', '--format', '{{.State.StartedAt}}', 'by-hand')).stdout.trim();
  const before = await startedAt();
  await workbench.clickMenu(/^by-hand/, 'Restart');
  await expect.poll(startedAt, { timeout: 60_000 }).not.toBe(before);
  await workbench.waitForRows('it runs after that', seen(/^by-hand\s*running/));
  await workbench.clickMenu(/^by-hand/, 'Shell');
  await workbench.typeInTerminal('echo $((40+2))-in-$(hostname)');
  const id = (await docker('inspect', '--format', '{{.Config.Hostname}}', 'by-hand')).stdout.trim();
  await workbench.waitForTerminal(`42-in-${id}`);
  await workbench.clickMenu(/^by-hand/, 'Inspect');
  await expect.poll(() => workbench.editorText(), { timeout: 60_000 }).toContain('"name": "by-hand"');
  await workbench.clickMenu(/^by-hand/, 'Browse Files');
  await workbench.waitForRows('its files', seen(/^etc$/));
  await shot('other-containers-files');
  await workbench.page.locator('.sidebar .action-label[aria-label^="Collapse All"]').first().click();

  await workbench.runCommand('Compose: Filter Projects and Services');
  await workbench.page.locator('.quick-input-widget:visible input.input').fill('by-h');
  await workbench.page.keyboard.press('Enter');
  await workbench.waitForRows('what matches', (rows) => seen(/^by-hand/)(rows) && !seen(/^blog/)(rows));
  await shot('other-containers-filter');
  await workbench.runCommand('Compose: Clear Filter');
  await workbench.expand(/^Other Containers/);
  await workbench.expand(/^blog/);
  await workbench.clickMenu(/^blog_web_1/, 'Stop');
  await workbench.waitForRows('it stopped', seen(/^blog_web_1\s*exited/));
  await workbench.clickSubmenu(/^blog_web_1/, 'More', 'Remove Stopped Containers');
  expect(await workbench.question()).toContain('blog_web_1');
  await workbench.answer('Remove');
  await workbench.waitForRows('it removed', (rows) => !seen(/^blog/)(rows));
  await docker('rm', '--force', 'by-hand', 'blog_web_1');
  await workbench.waitForRows('them gone', (rows) => !seen(/^Other Containers/)(rows));
});
