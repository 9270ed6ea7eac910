import * as vscode from 'vscode';
import { splitReference } from '#compose/values/image-reference.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { loadImages, saveImage } from '#engine/files/image-file.ts';
import type { Report } from '#engine/observe/progress.ts';
import { pullImages } from '#engine/operations/pull.ts';
import { pushImage } from '#engine/operations/push.ts';
import { operate } from '../stack/operation.ts';
import { openCommand } from '../terminal/command-terminal.ts';
import type { ListedImage } from './image-list.ts';
import type { ImagesContext } from './images-command.ts';

const { l10n } = vscode;

/** Pulls that image, or the one that is asked for. */
export async function pull(
  workbench: ImagesContext,
  engine: string | undefined,
  known?: string,
): Promise<void> {
  const reference =
    known ??
    (await vscode.window.showInputBox({
      title: l10n.t('Pull Image…'),
      prompt: l10n.t('Image to pull, for example postgres:17'),
    }));
  if (!reference) return;
  await done(
    workbench,
    engine,
    l10n.t('Pull: {0}', reference),
    l10n.t('{0} pulled', reference),
    (port, report, signal) => pullImages(port, [{ reference }], () => false, report, signal),
  );
}

export async function push(
  workbench: ImagesContext,
  engine: string | undefined,
  reference: string,
): Promise<void> {
  await done(
    workbench,
    engine,
    l10n.t('Push: {0}', reference),
    l10n.t('{0} pushed', reference),
    (port, report, signal) => pushImage(port, reference, {}, report, signal),
  );
}

/** Takes the images of a file that `save` or `docker save` wrote. */
export async function load(workbench: ImagesContext, engine: string | undefined): Promise<void> {
  const [file] =
    (await vscode.window.showOpenDialog({
      filters: { [l10n.t('Image archives')]: ['tar', 'gz', 'tgz'] },
      openLabel: l10n.t('Load Images…'),
    })) ?? [];
  if (file === undefined) return;
  const name = vscode.workspace.asRelativePath(file);
  await done(
    workbench,
    engine,
    l10n.t('Load: {0}', name),
    l10n.t('{0} loaded', name),
    (port, report, signal) =>
      loadImages(
        port,
        file.fsPath,
        (detail) => report({ kind: 'image', name, status: 'Pulling', detail }),
        signal,
      ),
  );
}

/** Writes the image to a file; one that is not complete is removed. */
export async function save(
  workbench: ImagesContext,
  engine: string | undefined,
  { reference, label }: ListedImage,
): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  const file = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, `${label.replaceAll(/[/:@]/g, '-')}.tar`),
    filters: { [l10n.t('Image archives')]: ['tar'] },
  });
  if (file === undefined) return;
  const name = vscode.workspace.asRelativePath(file);
  await done(
    workbench,
    engine,
    l10n.t('Save: {0}', label),
    l10n.t('{0} saved to {1}', label, name),
    (port, _report, signal) => saveImage(port, reference, file.fsPath, signal),
  );
}

export async function tag(
  workbench: ImagesContext,
  engine: string | undefined,
  { reference, label }: ListedImage,
): Promise<void> {
  const added = await vscode.window.showInputBox({
    title: l10n.t('Add Tag…'),
    prompt: l10n.t('Further name of {0}, for example registry.example.com/app:1.2', label),
  });
  if (!added) return;
  const { name, tag: version = 'latest' } = splitReference(added);
  await done(
    workbench,
    engine,
    l10n.t('Tag: {0}', label),
    l10n.t('{0} is also {1}', label, `${name}:${version}`),
    (port, _report, signal) => port.tagImage(reference, name, version, signal),
  );
}

/** After asking. What containers use is not asked of the engine. */
export async function remove(
  workbench: ImagesContext,
  engine: string | undefined,
  { reference, label, users, image }: ListedImage,
): Promise<void> {
  const isLastName = image.tags.length < 2;
  if (isLastName && users.length > 0) {
    const names = users.map(({ name }) => name).join(', ');
    void vscode.window.showWarningMessage(
      l10n.t('{0} is used by {1}. Remove these containers first.', label, names),
    );
    return;
  }
  const action = l10n.t('Remove');
  const detail = isLastName
    ? l10n.t('To use it again, it must be pulled or built again.')
    : l10n.t(
        'The image stays under its other names: {0}',
        image.tags.filter((each) => each !== reference).join(', '),
      );
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Remove {0}?', label),
    { modal: true, detail },
    action,
  );
  if (answer !== action) return;
  await done(
    workbench,
    engine,
    l10n.t('Remove: {0}', label),
    l10n.t('{0} removed', label),
    (port, _report, signal) => port.removeImage(reference, {}, signal),
  );
}

/** Runs a container of the image in a terminal; it is removed when it ends. */
export async function runOnce(
  { context }: ImagesContext,
  engine: string | undefined,
  reference: string,
  label: string,
): Promise<void> {
  const command = await vscode.window.showInputBox({
    title: l10n.t('Run Once…'),
    prompt: l10n.t('Command for the container. Leave it empty for the one of the image.'),
  });
  if (command === undefined) return;
  const folder = context.globalStorageUri;
  await vscode.workspace.fs.createDirectory(folder);
  // The file of the last time is read by now.
  const file = vscode.Uri.joinPath(folder, 'once.json');
  const service = {
    image: reference,
    pull_policy: 'missing',
    network_mode: 'bridge',
    ...(command.trim() !== '' && { command: command.replaceAll('$', '$$$$') }),
  };
  // JSON is YAML.
  await vscode.workspace.fs.writeFile(
    file,
    Buffer.from(JSON.stringify({ name: 'once', services: { once: service } })),
  );
  openCommand(
    l10n.t('Run Once: {0}', label),
    { words: ['-f', file.fsPath, 'run', '--rm', 'once'], cwd: folder.fsPath, engine },
    'terminal',
  );
}

async function done(
  workbench: ImagesContext,
  engine: string | undefined,
  title: string,
  told: string,
  work: (port: EnginePort, report: Report, signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const isDone = await operate(workbench, {
    title,
    project: '',
    engine,
    again: () => done(workbench, engine, title, told, work),
    run: async (port, report, signal) => {
      await work(port, report, signal);
      return true;
    },
  });
  if (isDone === true) vscode.window.setStatusBarMessage(`$(check) ${told}`, 5000);
}
