import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  dockerConfigFolder,
  isProviderType,
  pluginFolders,
  programFolders,
} from '#compose/load/docker-folders.ts';
import { systemPlatform } from '#disk/system-platform.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { readDockerConfig } from '../connect/config-file.ts';

export interface ProgramSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * The program of a provider, as Docker Compose finds it: a plugin of the Docker CLI (`docker-TYPE`), else a program of that name on the `PATH`. Rejects with
 * `EngineError` (`not-found`).
 */
export async function providerProgram(type: string, sources: ProgramSources): Promise<string> {
  const missing = () =>
    new EngineError(
      'not-found',
      say`The program of the provider "${type}" is neither a Docker plugin nor on the PATH.`,
      {
        subject: type,
      },
    );
  if (!isProviderType(type)) throw missing();
  const plugin = await dockerPlugin(type, sources);
  if (plugin !== undefined) return plugin;
  const onPath = programFolders(machineOf(sources)).map((folder) => join(folder, `${type}${suffix}`));
  for (const candidate of onPath) if (await isProgram(candidate)) return candidate;
  throw missing();
}

/** The plugin `docker-NAME` of the Docker CLI; `undefined`: there is none. */
export async function dockerPlugin(name: string, sources: ProgramSources): Promise<string | undefined> {
  for (const folder of await foldersOfPlugins(sources)) {
    const candidate = join(folder, `docker-${name}${suffix}`);
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}

const suffix = process.platform === 'win32' ? '.exe' : '';

/** In the Docker CLI's order. */
async function foldersOfPlugins(sources: ProgramSources): Promise<readonly string[]> {
  const machine = machineOf(sources);
  const { cliPluginsExtraDirs = [] } = await readDockerConfig(dockerConfigFolder(machine));
  return pluginFolders(machine, cliPluginsExtraDirs);
}

/** This machine, with what the program is to be looked for in. */
export function machineOf(sources: ProgramSources) {
  return { ...sources, platform: systemPlatform } as const;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    return found.isFile() && (process.platform === 'win32' || (found.mode & 0o111) !== 0);
  } catch {
    return false;
  }
}
