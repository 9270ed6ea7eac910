import type { FileSystem } from '#compose/load/host.ts';
import { RemoteCache } from '#compose/load/remote-cache.ts';
import { recordOf } from '#compose/values/record.ts';
import { systemPlatform } from '#disk/system-platform.ts';

/** The cache of the machine that this process runs on. */
export function remoteCache({
  files,
  environment,
  home,
}: {
  readonly files: FileSystem;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}): RemoteCache {
  return new RemoteCache({
    files,
    environment: recordOf(
      Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    home,
    platform: systemPlatform,
    isMac: process.platform === 'darwin',
  });
}
