import { join, relative } from 'node:path';
import * as vscode from 'vscode';
import { nodeHost } from '#engine/project/disk-host.ts';
import { findEnvironments, type KnownEnvironment, namesOf } from '../environments/find-environments.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import type { DeclaredProject } from '../workspace/declared.ts';

const { l10n } = vscode;

/** Where a project is converted to, and in which form. */
export interface ConversionChoice {
  /** Absolute. */
  readonly directory: string;
  /** Names of environments that get an overlay over a Kustomize base; absent: one file for each object. */
  readonly overlays?: readonly string[];
  /** ConfigMaps and Secrets have a hash of their content in their names. */
  readonly hashNames?: boolean;
}

const key = 'composure.kubernetes';

/** Asks for form and folder; what was chosen for this project before is offered first. */
export async function askConversion(
  workbench: ExtensionScope,
  { name, reference }: DeclaredProject,
): Promise<ConversionChoice | undefined> {
  const title = l10n.t('{0} to Kubernetes', name);
  const last = lastConversion(workbench, reference.id);
  const environments = await environmentsOf(reference.directory);
  const forms = [
    ...(last === undefined
      ? []
      : [
          {
            label: `$(history) ${l10n.t('Same as Last Time')}`,
            description: describe(last, reference.directory),
            form: 'last' as const,
          },
        ]),
    {
      label: `$(files) ${l10n.t('One File per Object')}`,
      description: 'kubectl apply -f',
      form: 'files' as const,
    },
    {
      label: `$(layers) ${l10n.t('Kustomize: One Base, One Overlay per Environment')}`,
      description: 'kubectl apply -k',
      form: 'kustomize' as const,
    },
    {
      label: `$(key) ${l10n.t('Files with a Hash in the Names of ConfigMaps and Secrets')}`,
      description: l10n.t('pods roll when the content changes'),
      form: 'hashed' as const,
    },
  ];
  const picked = await vscode.window.showQuickPick(forms, { title });
  if (picked === undefined) return undefined;
  if (picked.form === 'last') return last;
  const overlays = picked.form === 'kustomize' ? await askOverlays(title, environments) : undefined;
  if (picked.form === 'kustomize' && overlays === undefined) return undefined;
  const directory = await askFolder(title, reference.directory, last?.directory);
  if (directory === undefined) return undefined;
  return {
    directory,
    ...(overlays !== undefined && { overlays }),
    ...(picked.form === 'hashed' && { hashNames: true }),
  };
}

/** The last one of this project, by its id. */
export function lastConversion({ context }: ExtensionScope, id: string): ConversionChoice | undefined {
  return context.workspaceState.get<Readonly<Record<string, ConversionChoice>>>(key, {})[id];
}

export async function rememberConversion(
  { context }: ExtensionScope,
  id: string,
  choice: ConversionChoice,
): Promise<void> {
  const all = context.workspaceState.get<Readonly<Record<string, ConversionChoice>>>(key, {});
  await context.workspaceState.update(key, { ...all, [id]: choice });
}

/** Those with files of their own, which an overlay can be made of. */
export async function environmentsOf(directory: string): Promise<readonly KnownEnvironment[]> {
  const known = findEnvironments(directory, await nodeHost({}).files.list(directory));
  return known.filter(({ name, files }) => /^[\w.-]+$/.test(name) && files.length > 0);
}

async function askOverlays(
  title: string,
  environments: readonly KnownEnvironment[],
): Promise<readonly string[] | undefined> {
  if (environments.length === 0) return [];
  const items = environments.map(({ name, reads }) => ({
    label: name,
    description: namesOf(reads),
    picked: true,
  }));
  const placeHolder = l10n.t('Select the environments that get an overlay');
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true });
  return picked?.map(({ label }) => label);
}

async function askFolder(
  title: string,
  project: string,
  last: string | undefined,
): Promise<string | undefined> {
  const known = [...new Set([...(last === undefined ? [] : [last]), join(project, 'k8s')])];
  const items = [
    ...known.map((directory) => ({ label: `$(folder) ${shown(directory, project)}`, directory })),
    { label: `$(folder-opened) ${l10n.t('Choose Another Folder…')}`, directory: undefined },
  ];
  const placeHolder = l10n.t('Select the folder for the manifests');
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder });
  if (picked === undefined || picked.directory !== undefined) return picked?.directory;
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: l10n.t('Select the folder for the manifests'),
      defaultUri: vscode.Uri.file(project),
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: l10n.t('Write Here'),
    })) ?? [];
  return folder?.fsPath;
}

function describe({ directory, overlays, hashNames }: ConversionChoice, project: string): string {
  const folder = shown(directory, project);
  if (hashNames === true) return `${folder} · ${l10n.t('names with a hash')}`;
  if (overlays === undefined) return folder;
  return overlays.length === 0 ? `${folder} · Kustomize` : `${folder} · Kustomize: ${overlays.join(', ')}`;
}

function shown(directory: string, project: string): string {
  const below = relative(project, directory);
  return below === '' || below.startsWith('..') ? directory : below;
}
