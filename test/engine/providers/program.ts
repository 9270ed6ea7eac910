import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Providers {
  readonly folder: string;
  readonly environment: Record<string, string>;
  /** Lets `slow` go on. */
  letGo(): void;
}

/**
 * Three small providers as programs on a `PATH`: `sets` gives variables, with `--raw` one without a prefix too; `fails` fails as its option says; `slow`
 * takes until it is told to go on, and can be stopped. What they are called with is in the file `calls`.
 */
export function makeProviders(): Providers {
  const folder = mkdtempSync(join(tmpdir(), 'composure-providers-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const write = (name: string, body: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\necho "$@" >> ${folder}/calls\n${body}`);
    chmodSync(join(bin, name), 0o755);
  };
  const isMetadata = `case "$2" in metadata) exit 1;; esac\n`;
  write(
    'sets',
    `${isMetadata}case "$3" in up)
printf '%s\\n' '{"type":"info","message":"making\\nit"}'
echo '{"type":"debug","message":"hidden"}'
echo '{"type":"setenv","message":"URL=sql://db?a=b"}'
echo "{\\"type\\":\\"setenv\\",\\"message\\":\\"MODE=$MODE\\"}"
case "$*" in *--raw=*) echo '{"type":"rawsetenv","message":"SHARED=from-provider"}';; esac;;
esac\n`,
  );
  write(
    'fails',
    `${isMetadata}case "$*" in
*--how=error*) echo '{"type":"error","message":"no quota"}';;
*--how=status*) exit 3;;
*--how=nonsense*) echo 'not json';;
esac\n`,
  );
  write(
    'slow',
    `case "$2" in metadata)
echo '{"description":"s","up":{"parameters":[{"name":"size","required":true}]},"down":{"parameters":[]},"stop":{"parameters":[]}}'; exit 0;;
esac
case "$3" in up) while [ ! -e ${folder}/go ]; do sleep 0.05; done
echo '{"type":"setenv","message":"READY=yes"}';; esac\n`,
  );
  const letGo = () => writeFileSync(join(folder, 'go'), '');
  return { folder, letGo, environment: { PATH: `${bin}:/usr/bin:/bin`, HOME: folder, MODE: 'test' } };
}
