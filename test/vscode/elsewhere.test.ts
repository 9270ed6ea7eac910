import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { installEngine } from '../../scripts/lib/engine.mjs';
import { run } from '../../scripts/lib/processes.mjs';
import { containersOf, networksOf, removeProject } from './engine.ts';
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
  await run(join(bin, 'docker'), ['compose', 'up', '--detach'], {
    cwd: folder,
    env: { ...env, DOCKER_HOST: inject('vscodeEngine') },
  });

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
});
