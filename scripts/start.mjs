// npm start: builds, and opens VS Code on a sample stack with the extension in it. `npm start -- --check` does it without a person:
// brings the stack up by clicking, takes a picture, and succeeds only if the stack runs.
//
// Without a reachable Docker Engine a private one is started where that can be done (Debian, root); elsewhere it says what is missing,
// and editing works all the same. Ctrl-C leaves nothing running.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startEngine, whyNoEngine } from './lib/engine.mjs';
import { seedImages } from './lib/images.mjs';
import { run, script, startProcess, waitFor } from './lib/processes.mjs';
import { copyOf, freePort, replaceInFile, startVSCode, whyNoVSCode } from './lib/vscode.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sample = join(root, 'samples/course');

await script(async ({ atEnd, signal }) => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  if (!existsSync(join(root, 'node_modules', 'esbuild'))) {
    await run('npm', ['ci', '--no-progress'], { cwd: root, quiet: false });
  }
  await run(process.execPath, ['scripts/build.mjs'], { cwd: root, quiet: false });

  /** @type {string | undefined} */
  let host;
  // The check never touches an engine that is somebody's own.
  if (!values.check && (await hasEngine())) {
    console.log('Docker Engine: the one that the docker command uses here.');
  } else {
    const reason = await whyNoEngine();
    if (reason === undefined) {
      console.log('Starting a private Docker Engine …');
      const engine = await startEngine();
      atEnd(engine.stop);
      await seedImages(engine);
      host = engine.host;
      console.log(`Docker Engine: ${host}`);
    } else if (values.check) {
      throw new Error(`no Docker Engine can be started here: ${reason}`);
    } else {
      console.log(
        `No Docker Engine was found, and none can be started here: ${reason}. Editing works all the same.`,
      );
    }
  }

  if (values.check) return check(/** @type {string} */ (host), atEnd);
  const env = host === undefined ? {} : { DOCKER_HOST: host };
  if (await isOnPath('code')) {
    const code = startProcess('code', ['--wait', `--extensionDevelopmentPath=${root}`, sample], {
      env: { ...process.env, ...env },
    });
    atEnd(code.stop);
    console.log('VS Code opens on samples/course. Close its window, or press Ctrl-C here, to end.');
    await waitFor(
      'VS Code to be closed',
      Number.POSITIVE_INFINITY,
      () => signal.aborted || !code.isRunning(),
      500,
    );
    return 0;
  }
  const reason = await whyNoVSCode();
  if (reason !== undefined) {
    throw new Error(`"code" is not on PATH (VS Code: Shell Command: Install 'code' command), and ${reason}`);
  }
  console.log('VS Code (`code`) is not on PATH: starting the one that runs in a browser …');
  const code = await startVSCode({ workspace: sample, extensionPath: root, env, settings: forPeople });
  atEnd(code.stop);
  console.log(`\nOpen ${code.url}\n\nCtrl-C ends everything.`);
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  return 0;
});

/** What a person wants that a test does not. */
const forPeople = { 'editor.cursorBlinking': 'blink' };

/**
 * Up, by clicking, in a copy of the sample on a free port; then everything is taken away again.
 *
 * @param {string} host
 * @param {(cleanup: () => unknown) => void} atEnd
 */
async function check(host, atEnd) {
  const { startBrowser } = await import('./lib/browser.mjs');
  const { openWorkbench } = await import('./lib/workbench.mjs');
  const workspace = await copyOf(sample);
  atEnd(workspace.remove);
  const port = await freePort();
  await replaceInFile(join(workspace.path, 'docker-compose.yml'), '8080:', `${port}:`);
  const code = await startVSCode({
    workspace: workspace.path,
    extensionPath: root,
    env: { DOCKER_HOST: host },
  });
  atEnd(code.stop);
  const browser = await startBrowser();
  atEnd(() => browser.close());
  const workbench = await openWorkbench(browser, code.url);
  const picture = join(root, 'test-results/start.png');
  try {
    await workbench.openFile('docker-compose.yml');
    await workbench.openView('Compose');
    await workbench.waitForRows('the sample', (rows) => rows.some((row) => /^course.*not created/.test(row)));
    await workbench.clickMenu('course', 'Up');
    await workbench.waitForRows(
      'both services healthy',
      (rows) => rows.filter((row) => /^(web|db)\s*healthy/.test(row)).length === 2,
      90_000,
    );
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    if (!answer.ok) throw new Error(`the web server answers ${answer.status}`);
  } finally {
    await workbench.screenshot(picture);
    console.log(`picture: ${picture}`);
  }
  console.log(`The stack is up: ${(await workbench.rowTexts()).join(' | ')}`);
  return 0;
}

/** Whether an engine answers where the extension will look for it. */
async function hasEngine() {
  const asked = await run(process.execPath, [join(root, 'dist/cli.mjs'), 'ls'], { acceptFailure: true });
  return asked.code === 0;
}

/** @param {string} program */
async function isOnPath(program) {
  const found = await run(process.platform === 'win32' ? 'where' : 'which', [program], {
    acceptFailure: true,
  });
  return found.code === 0;
}
