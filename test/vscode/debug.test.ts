import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { connect } from '#engine/connect/connect.ts';
import { execOutput } from '#engine/exec/exec.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { debugImage, debugSources, goProgram, seedDebugImage } from '../../scripts/lib/debug-images.mjs';
import { containersOf, removeProject, testEngine } from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

const project = 'ui-debug';
const compose = `name: ${project}
services:
  web:
    working_dir: /srv/web
    command: node server.js
    stop_grace_period: 0s
    build:
      context: web
      dockerfile_inline: |
        FROM ${debugImage}
        WORKDIR /srv/web
        COPY server.js .
    develop:
      watch: [{ path: ./web, action: sync+restart, target: /srv/web }]
  py:
    image: ${debugImage}
    working_dir: /srv/py
    command: python3 app.py
    stop_grace_period: 0s
    volumes: [./py:/srv/py]
  go:
    image: ${debugImage}
    command: ${goProgram}
    stop_grace_period: 0s
    build:
      context: go
      dockerfile_inline: |
        FROM ${debugImage}
        WORKDIR /app
        COPY main.go .
`;
const tests = `name: ${project}-spec
services:
  unit:
    image: ${debugImage}
    working_dir: /srv/spec
    command: node unit.js
    stop_grace_period: 0s
    volumes: [./spec:/srv/spec]
`;
const unit = `const sum = 1 + 2;
console.log(sum, 'passed');
`;
const launch = {
  version: '0.2.0',
  configurations: ['go', 'py'].map((service) => ({
    type: 'composure',
    request: 'attach',
    name: `Debug ${service}`,
    service,
    presentation: { hidden: true },
  })),
  compounds: [{ name: 'Debug the stack', configurations: ['Debug go', 'Debug py'], stopAll: true }],
};
const source = (name: string) => readFileSync(join(debugSources, name), 'utf8');
const server = source('server.js');

const never = new AbortController().signal;
const has = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));

describe('the debugger', () => {
  let session: TestFolder;
  let engine: EnginePort;

  /** Answers once the program has been let go on. */
  const ask = (service: string, port: number, name: string) =>
    execOutput(
      engine,
      `${project}-${service}-1`,
      { command: ['wget', '-qO-', `http://127.0.0.1:${port}/?name=${name}`] },
      never,
    ).then(
      ({ stdout }) => stdout,
      // While it is started again.
      () => '',
    );

  /** Toggles a breakpoint in a file of the workspace. */
  async function breakAt(file: string, line: number) {
    const { workbench } = session;
    await workbench.openFile(file);
    await workbench.openQuickInput('Control+G', `:${line}`);
    await workbench.page.keyboard.press('Enter');
    await workbench.page.keyboard.press('F9');
    await workbench.page
      .locator('.codicon-debug-breakpoint, .codicon-debug-breakpoint-unverified')
      .first()
      .waitFor();
  }
  const stopped = () => session.workbench.page.locator('.debug-top-stack-frame-line').first();
  const toolbar = (label: string) =>
    session.workbench.page.locator(`.debug-toolbar .action-label[aria-label^="${label}"]`);

  beforeAll(async () => {
    const host = testEngine();
    await seedDebugImage(host.replace('unix://', ''));
    engine = await connect({ host, environment: {}, home: tmpdir(), platform: process.platform }, never);
    session = await openFolder({
      files: {
        'compose.yaml': compose,
        'web/server.js': server,
        'compose.test.yaml': tests,
        'spec/unit.js': unit,
        'py/app.py': source('app.py'),
        'go/main.go': source('main.go'),
        '.vscode/launch.json': JSON.stringify(launch),
      },
      beside: fileURLToPath(new URL('debug/debuggers', import.meta.url)),
      settings: { 'files.autoSave': 'off', 'debug.toolBarLocation': 'floating' },
    });
    const { workbench } = session;
    await workbench.openView('Compose');
    await workbench.waitForRows('declared', has(/^web/));
    await workbench.clickInline(/^ui-debug/, 'Up');
    await workbench.waitForRows('running', has(/^web *running/), 60_000);
  });
  afterAll(async () => {
    await session?.close();
    await removeProject(project);
    await removeProject(`${project}-spec-test`);
    engine.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await session.workbench.runCommand('Notifications: Show Notifications');
    await session.shot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });

  /** Asks until the answer waits at a breakpoint: a session that begins may not have set it yet. */
  async function askUntilStopped(service: string, port: number, name: string) {
    for (;;) {
      const answer = ask(service, port, name);
      const first = await Promise.race([
        answer.then(() => 'answered'),
        stopped()
          .waitFor()
          .then(() => 'stopped'),
      ]);
      if (first === 'stopped') return { answer };
    }
  }

  /** With the program stopped where a greeting is made: reads, steps, and goes on. */
  async function lookAndGoOn({ answer }: { readonly answer: Promise<string> }, shot: string) {
    const { workbench } = session;
    await workbench.openView('Run and Debug');
    await workbench.expand(/^Locals?\b/);
    await workbench.waitForRows('the name', has(/^name[ :=]+"?'?ann/));
    await workbench.page.keyboard.press('F10');
    await workbench.waitForRows('the greeting', has(/^greeting[ :=]+"?'?hello ann/));
    await session.shot(shot);
    await workbench.page.keyboard.press('F5');
    expect(await answer).toBe('hello ann');
  }

  /** What must not have changed for a debugger's sake: which container it is, since when it runs, and that nothing is published. */
  async function identityOf(service: string) {
    const { id, startedAt, hostConfig } = await engine.inspectContainer(`${project}-${service}-1`, never);
    return { id, startedAt, ports: hostConfig.PortBindings ?? {} };
  }

  /** Ends all sessions, as *Disconnect* of the toolbar does. */
  async function disconnect() {
    await toolbar('Disconnect').first().click();
    await toolbar('Disconnect').first().waitFor({ state: 'hidden' });
  }

  it.each([
    ['Node', 'web', 'server.js', 4, 3000],
    ['Python', 'py', 'app.py', 5, 8000],
    // Together with Python, by the compound of launch.json.
    ['Go', 'go', 'main.go', 9, 8080],
  ])(
    'attaches to a running %s service: breakpoint, variable, step, continue',
    async (runtime, service, file, line, port) => {
      const { workbench } = session;
      const before = await identityOf(service);
      await breakAt(file, line);
      await workbench.openView('Compose');
      if (runtime === 'Go') await workbench.runCommand('Debug: Start Debugging');
      else await workbench.clickMenu(new RegExp(`^${service} *running`), 'Attach Debugger');
      await toolbar('Pause').first().waitFor({ timeout: 90_000 });
      await lookAndGoOn(await askUntilStopped(service, port, 'ann'), `debug-${runtime.toLowerCase()}`);
      if (runtime === 'Go') {
        // The other session of the compound is there too.
        await workbench.waitForRows('both sessions', (rows) =>
          ['py', 'go'].every((name) => rows.some((row) => row.startsWith(`Debug ${name}`))),
        );
      }
      await disconnect();
      expect(await identityOf(service)).toEqual(before);
      expect(before.ports).toEqual({});
    },
  );

  it('restarts a service under the debugger: the first line, and back to what the files say', async () => {
    const { workbench } = session;
    const command = async () =>
      (await engine.inspectContainer(`${project}-web-1`, never)).config.Cmd as readonly string[];
    await workbench.openView('Compose');
    await workbench.clickSubmenu(/^web *running/, 'More', 'Restart Under the Debugger');
    await stopped().waitFor({ timeout: 90_000 });
    expect(await command()).toContain('--inspect-brk=127.0.0.1:9229');
    await expect.poll(() => workbench.editorText()).toContain("require('node:http')");
    await session.shot('debug-first-line');
    await toolbar('Disconnect').first().click();
    await expect.poll(command).toEqual(['node', 'server.js']);
  });

  it('attaches again when a change was synced and the program restarted', async () => {
    const { workbench } = session;
    await workbench.openView('Compose');
    await workbench.clickSubmenu(/^ui-debug/, 'More', 'Up and Watch Files');
    await workbench.waitForTerminal('Watch enabled', 60_000);
    await workbench.openView('Compose');
    await workbench.clickMenu(/^web *running/, 'Attach Debugger');
    await toolbar('Pause').first().waitFor({ timeout: 90_000 });
    const { id, startedAt } = await identityOf('web');
    await session.write('web/server.js', server.replace('hello', 'good day'));
    await expect
      .poll(async () => (await identityOf('web')).startedAt, { timeout: 60_000 })
      .not.toBe(startedAt);
    const { answer } = await askUntilStopped('web', 3000, 'ann');
    expect((await identityOf('web')).id).toBe(id);
    await workbench.page.keyboard.press('F5');
    expect(await answer).toBe('good day ann');
    await disconnect();
  });

  it('debugs a test of the Test Explorer, whose exit code is the result as always', async () => {
    const { workbench } = session;
    await breakAt('unit.js', 2);
    await workbench.openView('Testing');
    const row = workbench.page.locator('.sidebar .monaco-list-row', { hasText: 'compose.test.yaml' });
    await row.first().waitFor();
    await workbench.runCommand('Test: Debug All Tests');
    await stopped().waitFor({ timeout: 90_000 });
    await expect.poll(() => workbench.editorText()).toContain('const sum');
    await session.shot('debug-test');
    await workbench.page.keyboard.press('F5');
    await workbench.openView('Testing');
    await row
      .filter({ has: workbench.page.locator('.codicon-testing-passed-icon') })
      .waitFor({ timeout: 90_000 });
    await expect.poll(() => containersOf(`${project}-spec-test`)).toEqual([]);
  });
});
