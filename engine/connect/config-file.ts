import { join } from 'node:path';
import { dockerConfigFolder } from '#compose/load/docker-folders.ts';
import { readFileText } from '#disk/read-file.ts';
import { systemPlatform } from '#disk/system-platform.ts';

/** What of the Docker CLI's `config.json` matters here. */
export interface DockerConfig {
  readonly currentContext?: string;
  readonly auths?: Readonly<Record<string, StoredAuth>>;
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
  /** What `ps` prints without `--format`. */
  readonly psFormat?: string;
  /** Where plugins are looked for before anywhere else. */
  readonly cliPluginsExtraDirs?: readonly string[];
  readonly proxies?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface StoredAuth {
  /** base64 of `user:password`. */
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
}

/** Of this machine. */
export function configDirectory(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  return dockerConfigFolder({ environment, home, platform: systemPlatform });
}

/** An absent or broken file counts as empty: it must not keep anyone from an engine that needs none of it. */
export async function readDockerConfig(directory: string): Promise<DockerConfig> {
  try {
    const value: unknown = JSON.parse(await readFileText(join(directory, 'config.json'), 'settings'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
