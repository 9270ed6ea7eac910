// node scripts/look.mjs --out FILE.png [--steps FILE.mjs] [--workspace FOLDER] [--host unix://…] [--language fr] [--vsix] [--no-build]
//
// A picture of the extension in the real VS Code. With a `--host` (or DOCKER_HOST) that engine is used, otherwise a private one. The steps'
// file exports `async function steps(workbench, { workspace, shot })`, see scripts/lib/workbench.mjs; `shot(name)` takes more pictures.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startBrowser } from './lib/browser.mjs';
import { startEngine, whyNoEngine } from './lib/engine.mjs';
import { seedImages } from './lib/images.mjs';
import { run, script } from './lib/processes.mjs';
import { copyOf, startVSCode } from './lib/vscode.mjs';
import { openWorkbench } from './lib/workbench.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

await script(async ({ atEnd }) => {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'test-results/look.png' },
      steps: { type: 'string' },
      workspace: { type: 'string', default: join(root, 'samples/course') },
      host: { type: 'string', default: process.env.DOCKER_HOST ?? '' },
      vsix: { type: 'boolean', default: false },
      'no-build': { type: 'boolean', default: false },
      untrusted: { type: 'boolean', default: false },
      settings: { type: 'string', default: '{}' },
      language: { type: 'string' },
    },
  });
  const out = resolve(values.out);
  if (values.vsix) await run('node', ['scripts/package.mjs'], { cwd: root, quiet: false });
  else if (!values['no-build']) await run('node', ['scripts/build.mjs'], { cwd: root, quiet: false });

  let host = values.host;
  if (host === '') {
    const reason = await whyNoEngine();
    if (reason) console.error(`No Docker Engine: ${reason}. Going on without one.`);
    else {
      const engine = await startEngine();
      atEnd(engine.stop);
      await seedImages(engine);
      host = engine.host;
    }
  }
  const workspace = await copyOf(resolve(values.workspace));
  atEnd(workspace.remove);
  const code = await startVSCode({
    workspace: workspace.path,
    ...(values.vsix ? { vsix: join(root, 'dist/composure.vsix') } : { extensionPath: root }),
    settings: { 'terminal.integrated.gpuAcceleration': 'off', ...JSON.parse(values.settings) },
    trust: !values.untrusted,
    env: host ? { DOCKER_HOST: host } : {},
  });
  atEnd(code.stop);
  const browser = await startBrowser();
  atEnd(() => browser.close());
  const workbench = await openWorkbench(browser, code.url, {
    ...(values.language !== undefined && { language: values.language }),
  });
  const shot = (/** @type {string} */ name) => workbench.screenshot(join(dirname(out), name));
  try {
    if (values.steps) {
      const { steps } = await import(pathToFileURL(resolve(values.steps)).href);
      await steps(workbench, { workspace: workspace.path, shot });
    } else {
      await workbench.openFile('docker-compose.yml');
      await workbench.openView('Compose');
      await workbench.page.locator('.sidebar .monaco-list-row').first().waitFor();
    }
  } finally {
    await workbench.screenshot(out);
    console.log(`${out}\nrows:\n${(await workbench.rowTexts()).join('\n')}`);
    const problems = workbench.console.filter(
      (line) => /composure|Composure/.test(line) && !line.startsWith('log:'),
    );
    if (problems.length > 0) console.log(`console:\n${problems.join('\n')}`);
  }
  return 0;
});
