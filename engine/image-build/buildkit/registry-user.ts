import { dockerHubHost } from '#compose/registry/address.ts';
import type { RegistryUser } from '../../api/buildkit/session-services.ts';

/** Docker Hub's key in `config.json`, and the host that is really asked. */
const hub = { key: 'https://index.docker.io/v1/', host: dockerHubHost };

/**
 * Who one is at a registry's host, of the credentials that the CLI's `config.json` has under `auths`. A token in place of a password has no user, as
 * BuildKit expects it.
 */
export function registryUser(
  credentials: Readonly<Record<string, object>>,
  host: string,
): RegistryUser | undefined {
  const wanted = host === hub.host ? hub.key : host;
  const found = Object.entries(credentials).find(
    ([key]) => key === wanted || key.replace(/^https?:\/\//, '').replace(/\/.*$/, '') === wanted,
  )?.[1] as { readonly auth?: string; readonly identitytoken?: string } | undefined;
  if (found?.identitytoken !== undefined) return { username: '', password: found.identitytoken };
  if (found?.auth === undefined) return undefined;
  const [username = '', password = ''] = Buffer.from(found.auth, 'base64').toString('utf8').split(/:(.*)/s);
  return { username, password };
}
