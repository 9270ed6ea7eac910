import { describe, expect, it } from 'vitest';
import { commands } from '#cli/command-table.ts';
import { globalOptions } from '#cli/frame/global-options.ts';
import type { OptionSpec } from '#cli/frame/options.ts';

/** What `docker compose COMMAND --help` of 2.40.3 lists, beside `--dry-run`: `-s/name` with a letter, `:text` with a value. */
const reference = `
(global): all-resources ansi:text compatibility env-file:list -f/file:list parallel:number profile:list progress:text project-directory:text -p/project-name:text
alpha generate: format:text name:text project-dir:text
alpha viz: image indentation-size:number networks ports spaces
attach: detach-keys:text index:number no-stdin sig-proxy
bridge convert: -o/output:text templates:text -t/transformation:list
build: build-arg:list builder:text check -m/memory:text no-cache print provenance:text pull push -q/quiet sbom:text ssh:text with-dependencies
commit: -a/author:text -c/change:list index:number -m/message:text -p/pause
config: environment format:text hash:text images lock-image-digests models networks no-consistency no-env-resolution no-interpolate no-normalize no-path-resolution -o/output:text profiles -q/quiet resolve-image-digests services variables volumes
cp: all -a/archive -L/follow-link index:number
create: build force-recreate no-build no-recreate pull:text quiet-pull remove-orphans scale:list -y/yes
down: remove-orphans rmi:text -t/timeout:number -v/volumes
events: json since:text until:text
exec: -d/detach -e/env:list index:number -T/no-tty privileged -u/user:text -w/workdir:text
export: index:number -o/output:text
images: format:text -q/quiet
kill: remove-orphans -s/signal:text
logs: -f/follow index:number no-color no-log-prefix since:text -n/tail:text -t/timestamps until:text
ls: -a/all filter:list format:text -q/quiet
pause: 
port: index:number protocol:text
ps: -a/all filter:text format:text no-trunc orphans -q/quiet services status:list
publish: app oci-version:text resolve-image-digests with-env -y/yes
pull: ignore-buildable ignore-pull-failures include-deps policy:text -q/quiet
push: ignore-push-failures include-deps -q/quiet
restart: no-deps -t/timeout:number
rm: -f/force -s/stop -v/volumes
run: build cap-add:list cap-drop:list -d/detach entrypoint:text -e/env:list env-from-file:list -i/interactive -l/label:list name:text -T/no-TTY no-deps -p/publish:list pull:text -q/quiet quiet-build quiet-pull remove-orphans rm -P/service-ports use-aliases -u/user:text -v/volume:list -w/workdir:text
scale: no-deps
start: 
stats: -a/all format:text no-stream no-trunc
stop: -t/timeout:number
top: 
unpause: 
up: abort-on-container-exit abort-on-container-failure always-recreate-deps attach:list attach-dependencies build -d/detach exit-code-from:text force-recreate menu no-attach:list no-build no-color no-deps no-log-prefix no-recreate no-start pull:text quiet-build quiet-pull remove-orphans -V/renew-anon-volumes scale:list -t/timeout:number timestamps wait wait-timeout:number -w/watch -y/yes
version: -f/format:text short
volumes: format:text -q/quiet
wait: down-project
watch: no-up prune quiet
`;

describe.each(reference.trim().split('\n').map(toEntry))('%s', (name, expected) => {
  it('has what Docker Compose has, or refuses it by name', async () => {
    const ours = name === '(global)' ? globalOptions : await optionsOf(name);
    expect(ours, `the command ${name}`).toBeDefined();
    const missing = expected.filter((option) => !ours?.some((each) => describes(each, option)));
    expect(missing).toEqual([]);
  });
});

async function optionsOf(name: string): Promise<readonly OptionSpec[] | undefined> {
  const [first = '', second] = name.split(' ');
  const command = await commands[first]?.load();
  return second === undefined ? command?.options : command?.subcommands?.[second]?.options;
}

/** Declared with the same letter and kind of value: what is refused is declared too, with the reason. */
function describes({ name, short, type }: OptionSpec, text: string): boolean {
  const letter = short === undefined ? '' : `-${short}/`;
  return `${letter}${name}${type === 'flag' ? '' : `:${type}`}` === text;
}

function toEntry(line: string): [string, readonly string[]] {
  const [name = '', options = ''] = line.split(': ');
  return [name.replace(/:$/, ''), options.split(' ').filter((each) => each !== '')];
}
