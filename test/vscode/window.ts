import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { startBrowser } from '../../scripts/lib/browser.mjs';
import { copyOf, freePort, replaceInFile, startVSCode } from '../../scripts/lib/vscode.mjs';
import { openWorkbench, type Workbench } from '../../scripts/lib/workbench.mjs';
import { removeProject, testEngine } from './engine.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** `npm run pictures` sets it, to renew the pictures of the documentation. */
const pictures = process.env.COMPOSURE_PICTURES ?? 'test-results';

/** Where a picture among the test results goes. */
export const pictureFile = (name: string) => join(root, pictures, `${name}.png`);

/** Terminals whose text can be read; no plan before Up, except where a test is about it. */
const quiet = {
  'terminal.integrated.gpuAcceleration': 'off',
  'composure.previewUp': 'never',
  'composure.logs.open': 'terminal',
};

export interface TestWindow {
  readonly workbench: Workbench;
  /** The workspace's folder: a copy that the test may change. */
  readonly folder: string;
  /** What the sample's web server is published on; a port that is free on this machine. */
  readonly port: number;
  /** A picture among the test results. */
  shot(name: string): Promise<void>;
}

export interface WindowOptions {
  /** A folder of `samples/`. */
  readonly sample?: string;
  /** The packaged extension instead of the source folder. */
  readonly packaged?: boolean;
  /** `DOCKER_HOST` for the extension; the tests' engine by default. */
  readonly engine?: string;
  readonly trust?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Changes files of the workspace before it is opened. */
  readonly prepare?: (folder: string) => Promise<void>;
}

/** Opens a sample in the real VS Code for the running test, which closes it when it ends and leaves a picture if it fails. */
export async function openWindow(options: WindowOptions = {}): Promise<TestWindow> {
  const workspace = await copyOf(join(root, 'samples', options.sample ?? 'course'));
  onTestFinished(() => workspace.remove());
  if (options.engine === undefined) onTestFinished(() => removeProject(basename(workspace.path)));
  const port = await freePort();
  await replaceInFile(join(workspace.path, 'docker-compose.yml'), '8080:', `${port}:`);
  await options.prepare?.(workspace.path);

  const code = await startVSCode({
    workspace: workspace.path,
    ...(options.packaged ? { vsix: join(root, 'dist/composure.vsix') } : { extensionPath: root }),
    trust: options.trust ?? true,
    lean: true,
    env: { DOCKER_HOST: options.engine ?? testEngine() },
    settings: { ...quiet, ...options.settings },
  });
  onTestFinished(() => code.stop());
  const browser = await startBrowser();
  onTestFinished(() => browser.close());

  const workbench = await openWorkbench(browser, code.url);
  const shot = (name: string) => workbench.screenshot(pictureFile(name));
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await shot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });
  return { workbench, folder: workspace.path, port, shot };
}

/** A window that several tests work in, one after the other. */
export interface TestFolder {
  readonly workbench: Workbench;
  /** The workspace's folder. */
  readonly folder: string;
  write(name: string, text: string): Promise<void>;
  /** A picture among the test results. */
  shot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a folder with these files. The caller closes it. */
export async function openFolder(options: {
  readonly files: Readonly<Record<string, string>>;
  readonly engine?: string;
  readonly trust?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** One of the files, to be opened as a workspace of several folders. */
  readonly workspaceFile?: string;
  /** The folder among them that is opened, where its name is seen. */
  readonly root?: string;
  /** For the extension's process. */
  readonly env?: Readonly<Record<string, string>>;
  /** What extensions are told; `fr` brings our French. */
  readonly language?: string;
  /** The packaged extension, with notifications that pop up as they do for a user; elsewhere they go to the notification centre only. */
  readonly popUps?: boolean;
  /** The packaged extension, with another beside it that is run from this source folder. */
  readonly beside?: string;
}): Promise<TestFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'composure-window-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const each of closing.splice(0).reverse()) await each();
  };
  try {
    const write = async (name: string, text: string) => {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    };
    for (const [name, text] of Object.entries(options.files)) await write(name, text);
    const opened = options.workspaceFile ?? options.root;
    const code = await startVSCode({
      workspace: opened === undefined ? folder : join(folder, opened),
      ...(options.popUps === true
        ? { vsix: join(root, 'dist/composure.vsix'), popUps: true }
        : options.beside === undefined
          ? { extensionPath: root }
          : { vsix: join(root, 'dist/composure.vsix'), extensionPath: options.beside }),
      trust: options.trust ?? true,
      lean: true,
      env: { DOCKER_HOST: options.engine ?? testEngine(), ...options.env },
      settings: { ...quiet, ...options.settings },
    });
    closing.push(() => code.stop());
    const browser = await startBrowser();
    closing.push(() => browser.close());
    const { language } = options;
    const workbench = await openWorkbench(browser, code.url, language === undefined ? {} : { language });
    const shot = (name: string) => workbench.screenshot(pictureFile(name));
    return { workbench, folder, write, shot, close };
  } catch (error) {
    await close();
    throw error;
  }
}
