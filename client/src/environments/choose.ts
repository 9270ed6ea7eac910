import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { nodeHost } from '#engine/project/disk-host.ts';
import { EnginesCommands } from '../engines/engines-command-ids.ts';
import type { EnvironmentsContext } from './choices.ts';
import type { SelectContext } from '../stack/selection.ts';
import type { EnginesContext } from '../workspace/contexts.ts';
import { stepDone } from '../shared/walkthrough.ts';
import type { DeclaredProject } from '../workspace/declared.ts';
import { declaredOf } from './declared-of.ts';
import type { EnvironmentChoice } from './environment.ts';
import { findEnvFiles, findEnvironments, type KnownEnvironment, namesOf } from './find-environments.ts';

const { l10n } = vscode;

interface Step extends vscode.QuickPickItem {
  /** The choice that taking it makes; `undefined`: given up, and the list is shown again. */
  readonly take?: () => Promise<EnvironmentChoice | undefined>;
  /** Nothing more is asked after it. */
  readonly last?: boolean;
}

/** One list of everything that a project is run with: the environment, its profiles, variables and name. What is chosen counts at once, everywhere. */
export async function chooseEnvironmentCommand(
  workbench: SelectContext & EnvironmentsContext,
  args: readonly unknown[],
): Promise<void> {
  let declared = await declaredOf(workbench, args);
  while (declared !== undefined) {
    const { id } = declared.reference;
    const picked = await vscode.window.showQuickPick(await steps(workbench, declared), {
      title: l10n.t('Environment of {0}', declared.name),
      placeHolder: l10n.t(
        'Applies to Up, the plan, the merged project, and diagnostics on this machine only',
      ),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (picked?.take === undefined) return;
    const choice = await picked.take();
    if (choice !== undefined) {
      await workbench.environments.set(id, choice);
      await workbench.files.refresh();
      void stepDone('environments');
      if (picked.last === true) return;
    }
    declared = workbench.files.declared.find(({ reference }) => reference.id === id);
  }
}

async function steps(
  workbench: EnginesContext & EnvironmentsContext,
  declared: DeclaredProject,
): Promise<readonly Step[]> {
  const { reference } = declared;
  const names = await nodeHost({}).files.list(reference.directory);
  const choice = workbench.environments.of(reference.id) ?? {};
  const active = declared.profiles.filter((profile) => profile.active).map(({ name }) => name);
  const environments = findEnvironments(reference.directory, names);
  return [
    separator(l10n.t('Environment')),
    ...environments.map((each) => environmentStep(each, choice)),
    {
      label: l10n.t('Other files…'),
      detail: l10n.t('Choose the files and their order, like -f'),
      ...(choice.files !== undefined && choice.name === undefined && current(namesOf(choice.files))),
      take: () => chooseFiles(declared, names, choice),
    },
    separator(l10n.t('Options')),
    ...(declared.profiles.length === 0
      ? []
      : [
          {
            label: l10n.t('Profiles…'),
            description: active.length === 0 ? l10n.t('none') : active.join(', '),
            detail: l10n.t("A profile's services run only while the profile is active"),
            take: () => chooseProfiles(declared, choice),
          },
        ]),
    {
      label: l10n.t('Variables…'),
      description: choice.envFiles === undefined ? '.env' : namesOf(choice.envFiles),
      detail: l10n.t('The files that provide variables for the Compose files; later files take precedence'),
      take: () => chooseEnvFiles(declared, names, choice),
    },
    {
      label: l10n.t('Project name…'),
      description: declared.name,
      detail: l10n.t('The prefix for the names of its containers, networks, and volumes'),
      take: () => chooseName(declared, choice),
    },
    {
      label: l10n.t('Docker engine…'),
      description: workbench.engine.current?.info.endpoint ?? l10n.t('none is responding'),
      detail: l10n.t("The engine that runs this workspace's projects"),
      take: async () => {
        await vscode.commands.executeCommand(EnginesCommands.chooseContext);
        return undefined;
      },
    },
  ];
}

function environmentStep(
  { name, files, reads, envFiles }: KnownEnvironment,
  choice: EnvironmentChoice,
): Step {
  const chosen = name === '' ? choice.files === undefined : choice.name === name;
  const { files: _, envFiles: __, name: ___, ...others } = choice;
  return {
    label: name === '' ? l10n.t('Standard') : name,
    description: namesOf(reads),
    ...(name === '' && { detail: l10n.t('The files that docker compose up uses by default') }),
    ...(envFiles.length > 0 && {
      detail: l10n.t('Variables from {0}', envFiles.map((each) => basename(each)).join(', ')),
    }),
    ...(chosen && current(namesOf(reads))),
    last: true,
    take: async () => (name === '' ? others : { ...others, name, files, envFiles }),
  };
}

/** One file after the other, until that is enough. */
async function chooseFiles(
  { reference }: DeclaredProject,
  names: readonly string[],
  choice: EnvironmentChoice,
): Promise<EnvironmentChoice | undefined> {
  const candidates = names.filter((name) => /\.ya?ml$/i.test(name)).sort();
  const chosen: string[] = [];
  for (;;) {
    const rest = candidates.filter((name) => !chosen.includes(name));
    const done = { label: l10n.t('Use These Files'), alwaysShow: true };
    const picked = await vscode.window.showQuickPick(
      [...(chosen.length > 0 ? [done] : []), ...rest.map((label) => ({ label }))],
      {
        title: chosen.length === 0 ? l10n.t('Select the first file') : l10n.t('{0} + …', chosen.join(' + ')),
        placeHolder: l10n.t('Later files override earlier ones'),
      },
    );
    if (picked === undefined) return undefined;
    if (picked === done) break;
    chosen.push(picked.label);
  }
  const { name: _, ...others } = choice;
  return { ...others, files: chosen.map((name) => join(reference.directory, name)) };
}

async function chooseProfiles(
  { profiles, services }: DeclaredProject,
  choice: EnvironmentChoice,
): Promise<EnvironmentChoice | undefined> {
  const items = profiles.map(({ name, active }) => ({
    label: name,
    description: services
      .filter(({ missingProfiles }) => missingProfiles.includes(name))
      .map((service) => service.name)
      .join(', '),
    picked: active,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Active profiles'),
    canPickMany: true,
  });
  return picked && { ...choice, profiles: picked.map(({ label }) => label) };
}

async function chooseEnvFiles(
  { reference }: DeclaredProject,
  names: readonly string[],
  choice: EnvironmentChoice,
): Promise<EnvironmentChoice | undefined> {
  const used = choice.envFiles ?? [join(reference.directory, '.env')];
  const found = findEnvFiles(names).map((name) => join(reference.directory, name));
  const elsewhere = (choice.envFiles ?? []).filter((path) => !found.includes(path));
  const items = [...found, ...elsewhere].map((path) => ({
    label: vscode.workspace.asRelativePath(path),
    path,
    picked: used.includes(path),
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t('There is no env file next to {0}.', basename(reference.mainFile)),
    );
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Env files: later files take precedence'),
    canPickMany: true,
  });
  if (picked === undefined) return undefined;
  const paths = picked.map(({ path }) => path);
  const standard = paths.length === 0 || (paths.length === 1 && basename(paths[0] ?? '') === '.env');
  const { envFiles: _, ...others } = choice;
  return standard ? others : { ...others, envFiles: paths };
}

async function chooseName(
  declared: DeclaredProject,
  choice: EnvironmentChoice,
): Promise<EnvironmentChoice | undefined> {
  const projectName = await vscode.window.showInputBox({
    title: l10n.t('Project name'),
    value: declared.name,
    prompt: l10n.t(
      'Leave empty to use the name from the files or the folder. A different name creates a separate project with its own containers.',
    ),
    validateInput: (text) =>
      /^(?:[a-z0-9][a-z0-9_-]*)?$/.test(text)
        ? undefined
        : l10n.t('Use only lowercase letters, digits, "-", and "_". Start with a letter or digit.'),
  });
  if (projectName === undefined) return undefined;
  const { projectName: _, ...others } = choice;
  return projectName === '' ? others : { ...others, projectName };
}

function current(shown: string): Pick<Step, 'description' | 'iconPath'> {
  return { description: `${shown} · ${l10n.t('current')}`, iconPath: new vscode.ThemeIcon('check') };
}

function separator(label: string): Step {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
