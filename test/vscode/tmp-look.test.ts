import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { installEngine } from '../../scripts/lib/engine.mjs';
import { run } from '../../scripts/lib/processes.mjs';
import { removeProject, testEngine } from './engine.ts';
import { openFolder } from './window.ts';

const compose = `name: look
services:
  app: { image: busybox, command: sleep 1000, stop_grace_period: 0s, volumes: [data:/data] }
volumes: { data: {} }
`;
const themes = ['Default Dark Modern', 'Default Light Modern', 'Default High Contrast', 'Default High Contrast Light'];

for (const language of ["fr"])
  test(`look ${language}`, { timeout: 600_000 }, async () => {
    const { bin, env } = await installEngine();
    const docker = (...words: string[]) => run(join(bin, 'docker'), words, { env: { ...env, DOCKER_HOST: testEngine() } });
    await docker('run', '-d', '--stop-timeout=0', '--name=redis-cache', '-p', '127.0.0.1::80', 'busybox', 'sh', '-c', 'echo hello; sleep 1000');
    const podman = ['--label=io.podman.compose.project=blog', '--label=com.docker.compose.project=blog'];
    await docker('run', '-d', '--stop-timeout=0', '--name=blog_web_1', ...podman, 'busybox', 'sleep', '1000');
    await docker('volume', 'create', 'leftover');
    onTestFinished(async () => {
      await docker('rm', '-f', 'redis-cache', 'blog_web_1').catch(() => {});
      await docker('volume', 'rm', 'leftover').catch(() => {});
      await removeProject('look');
    });
    const session = await openFolder({ files: { 'compose.yaml': compose }, ...(language && { language }) });
    onTestFinished(() => session.close());
    const { workbench } = session;
    const { page } = workbench;
    mkdirSync(join(session.folder, 'snapshots'), { recursive: true });
    writeFileSync(join(session.folder, 'snapshots', 'data-2026-11-30-13-05-59.tar.gz'), Buffer.alloc(3000000));
    await workbench.openView('Compose');
    await workbench.runCommand(language === 'fr' ? 'Compose: Up' : 'Compose: Up');
    await workbench.waitForRows('up', (rows) => rows.some((row) => /^app *(running|en marche)/.test(row)), 60_000);
    await workbench.expand(/^Volumes/);
    await workbench.expand(/^data/);
    await workbench.expand(language === 'fr' ? /^Autres conteneurs/ : /^Other Containers/);
    await workbench.expand(/^blog/);
    const tag = language ?? 'en';
    for (const [index, theme] of (language ? themes.slice(0, 2) : themes).entries()) {
      await session.write('.vscode/settings.json', JSON.stringify({ 'workbench.colorTheme': theme }));
      await page.waitForTimeout(1500);
      await page.keyboard.press('Escape');
      await session.shot(`look-${tag}-${index}-tree`);
      await workbench.row(/^redis-cache/).click({ button: 'right' });
      await page.waitForTimeout(700);
      await session.shot(`look-${tag}-${index}-menu`);
      await page.keyboard.press('Escape');
      await workbench.runCommand(language ? 'Compose: Gérer les images' : 'Compose: Manage Images');
      await page.waitForTimeout(2000);
      await session.shot(`look-${tag}-${index}-images`);
      await page.keyboard.press('Escape');
      await workbench.runCommand(language ? 'Compose: Espace disque' : 'Compose: Disk Usage');
      await page.waitForTimeout(3000);
      await session.shot(`look-${tag}-${index}-disk`);
      await page.keyboard.press('Escape');
    }
    expect(1).toBe(1);
  });
