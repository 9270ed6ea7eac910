import { expect, onTestFinished, test } from 'vitest';
import { removeProject } from './engine.ts';
import { seriousFaults, webviewWith } from './webview.ts';
import { openFolder } from './window.ts';

const project = 'ui-themes';
const logs = `echo '{"level":"info","msg":"GET /","status":200}'; printf '\\033[33mslow\\033[0m query\\n'; echo 'ERROR: cannot connect'; sleep 1000`;

test('everything can be read in every kind of theme', async () => {
  const session = await openFolder({
    files: {
      'compose.yaml': `name: ${project}
services:
  web:
    image: busybox
    depends_on: { db: { condition: service_healthy } }
    ports: ["18931:80"]
    command: ["sh", "-c", ${JSON.stringify(logs)}]
    stop_grace_period: 0s
  db:
    image: busybox
    command: [sleep, "1000"]
    healthcheck: { test: ["CMD", "true"], interval: 1s }
    stop_grace_period: 0s
    volumes: ["data:/data"]
  broken:
    image: busybox
    command: ["sh", "-c", "echo boom >&2; exit 3"]
volumes:
  data:
`,
    },
    settings: { 'composure.logs.open': 'panel' },
  });
  onTestFinished(async () => {
    await session.close();
    await removeProject(project);
  });
  const { workbench } = session;
  await workbench.openView('Compose');
  await workbench.clickInline(/^ui-themes/, 'Up');
  await workbench.waitForRows('up', (rows) => rows.some((row) => /^web *running/.test(row)), 60_000);
  await workbench.clickInline(/^ui-themes/, 'Logs');
  const panel = await webviewWith(workbench, '.log[role=log]');
  await panel.locator('.row', { hasText: 'cannot connect' }).waitFor();
  await workbench.runCommand('Compose: Show Graph');
  const graph = await webviewWith(workbench, '.graph .title');

  const themes = [
    ['Default Light Modern', 'vscode-light'],
    ['Default High Contrast', 'vscode-high-contrast'],
    ['Default High Contrast Light', 'vscode-high-contrast-light'],
    ['Default Dark Modern', 'vscode-dark'],
  ] as const;
  for (const [theme, kind] of themes) {
    await session.write('.vscode/settings.json', JSON.stringify({ 'workbench.colorTheme': theme }));
    for (const page of [panel, graph]) await page.locator(`body.${kind}`).waitFor();
    await session.shot(`themes-${kind}`);
    expect(await seriousFaults(panel, '--vscode-panel-background'), theme).toEqual([]);
    expect(await seriousFaults(graph, '--vscode-editor-background'), theme).toEqual([]);
    // What went wrong has a colour of its own.
    const wrong = await graph.evaluate(() =>
      getComputedStyle(document.body).getPropertyValue('--vscode-problemsErrorIcon-foreground'),
    );
    expect(wrong, theme).not.toBe('');
  }
});
