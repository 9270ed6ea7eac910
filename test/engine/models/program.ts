import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The address that the stand-in names. */
export const endpoint = 'http://models.test/v1/';

/**
 * A stand-in for the plugin `docker-model`, found with `folder` as `DOCKER_CONFIG`: it has the model `ai/here`, can pull any but `ai/absent`, and writes down how it is
 * called.
 */
export function makeModelPlugin(): { readonly folder: string; readonly plugins: string } {
  const folder = mkdtempSync(join(tmpdir(), 'composure-models-'));
  const plugins = join(folder, 'plugins');
  mkdirSync(plugins);
  writeFileSync(
    join(plugins, 'docker-model'),
    `#!/bin/sh
case "$1" in docker-cli-plugin-metadata) echo '{"SchemaVersion":"0.1.0","Vendor":"Test","Version":"1"}'; exit 0;; esac
echo "$@" >> ${folder}/calls
case "$1" in
ls) echo '[{"id":"sha256:1","tags":["ai/here"],"created":1}]';;
status) echo '{"running":true,"endpoint":"${endpoint}"}';;
pull) echo 'half of it'; case "$2" in ai/absent) echo 'no such model' >&2; exit 1;; esac;;
esac
`,
  );
  chmodSync(join(plugins, 'docker-model'), 0o755);
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ cliPluginsExtraDirs: [plugins] }));
  return { folder, plugins };
}
