import { systemPath } from './system-path.ts';

interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: 'posix' | 'windows';
}

/** Where the Docker CLI keeps its settings: `$DOCKER_CONFIG`, else `~/.docker`. */
export function dockerConfigFolder({ environment, home, platform }: Machine): string {
  const explicit = environment.DOCKER_CONFIG ?? '';
  return explicit === '' ? systemPath(platform).join(home, '.docker') : explicit;
}

/** Where plugins of the Docker CLI are, in its order; `extra` are those that its settings name. */
export function pluginFolders(machine: Machine, extra: readonly string[]): readonly string[] {
  const { environment, platform } = machine;
  const { join } = systemPath(platform);
  const system =
    platform === 'windows'
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
  return [...extra, join(dockerConfigFolder(machine), 'cli-plugins'), ...system];
}

/** Where programs are looked for: absolute folders only, since an empty or relative one would be one of the project's. */
export function programFolders({ environment, platform }: Machine): readonly string[] {
  const path = environment.PATH ?? environment.Path ?? '';
  return path
    .split(platform === 'windows' ? ';' : ':')
    .filter((folder) => systemPath(platform).isAbsolute(folder));
}

/** Where Docker Compose keeps what providers say of their options: `TYPE.json` for each that it has run. */
export function providerMetadataFolder(machine: Machine): string {
  return systemPath(machine.platform).join(dockerConfigFolder(machine), 'compose', 'providers');
}

/** Whether a provider's `type` can be the name of a program: nothing that leads elsewhere. */
export function isProviderType(type: string): boolean {
  return type !== 'compose' && /^[\w][\w.-]*$/.test(type);
}
