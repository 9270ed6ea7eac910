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
  await docker('run', '--detach', '--name=blog_web_1', ...podman, 'busybox', 'sleep', '1000');

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
  await docker('rm', '--force', 'by-hand', 'blog_web_1');
  await workbench.waitForRows('them gone', (rows) => !seen(/^Other Containers/)(rows));
});
