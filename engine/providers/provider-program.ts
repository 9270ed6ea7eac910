import { stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { configDirectory, readDockerConfig } from '../connect/config-file.ts';

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
  // It becomes part of a file's name: nothing that leads elsewhere.
  if (type === 'compose' || !/^[\w][\w.-]*$/.test(type)) throw missing();
  const plugin = await dockerPlugin(type, sources);
  if (plugin !== undefined) return plugin;
  const path = sources.environment.PATH ?? sources.environment.Path ?? '';
  // An empty or relative folder of the PATH would be one of the project's.
  const onPath = path
    .split(delimiter)
    .filter((folder) => /^(?:[/\\]|[A-Za-z]:[/\\])/.test(folder))
    .map((folder) => join(folder, `${type}${suffix}`));
  for (const candidate of onPath) if (await isProgram(candidate)) return candidate;
  throw missing();
}

/** The plugin `docker-NAME` of the Docker CLI; `undefined`: there is none. */
export async function dockerPlugin(name: string, sources: ProgramSources): Promise<string | undefined> {
  for (const folder of await pluginFolders(sources)) {
    const candidate = join(folder, `docker-${name}${suffix}`);
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}

const suffix = process.platform === 'win32' ? '.exe' : '';

/** In the Docker CLI's order. */
async function pluginFolders({ environment, home }: ProgramSources): Promise<readonly string[]> {
  const config = configDirectory(environment, home);
  const { cliPluginsExtraDirs = [] } = await readDockerConfig(config);
  const system =
    process.platform === 'win32'
      ? [
          join(environment.ProgramData ?? 'C:\\ProgramData', 'Docker', 'cli-plugins'),
          join(environment.ProgramFiles ?? 'C:\\Program Files', 'Docker', 'cli-plugins'),
        ]
      : [
          '/usr/local/lib/docker/cli-plugins',
          '/usr/local/libexec/docker/cli-plugins',
          '/usr/lib/docker/cli-plugins',
          '/usr/libexec/docker/cli-plugins',
        ];
  return [...cliPluginsExtraDirs, join(config, 'cli-plugins'), ...system];
}

async function isProgram(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    return found.isFile() && (process.platform === 'win32' || (found.mode & 0o111) !== 0);
  } catch {
    return false;
  }
}
