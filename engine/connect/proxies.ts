import type { DockerConfig } from './config-file.ts';
import { recordOf } from '#compose/values/record.ts';

/** The keys of `proxies` in the CLI's `config.json`, and the variables they stand for. */
const variables: Readonly<Record<string, string>> = {
  httpProxy: 'HTTP_PROXY',
  httpsProxy: 'HTTPS_PROXY',
  ftpProxy: 'FTP_PROXY',
  noProxy: 'NO_PROXY',
  allProxy: 'ALL_PROXY',
};

/**
 * The variables that the CLI's configuration wants in every container and build, in both cases of letters, as the Docker CLI sets them. `host`: the
 * engine's, as `DOCKER_HOST` has it; what is configured for it goes before `default`.
 */
export function proxyVariables({ proxies }: DockerConfig, host: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = recordOf();
  for (const [key, value] of Object.entries(proxies?.[host] ?? proxies?.default ?? {})) {
    const name = variables[key];
    if (name === undefined || typeof value !== 'string' || value === '') continue;
    found[name] = value;
    found[name.toLowerCase()] = value;
  }
  return found;
}
