import type { YamlValue } from '../../model/print-yaml.ts';
import { parseVolume } from '../../values/volume.ts';
import type { ServiceDraft } from './draft.ts';
import { WORKING_DIRECTORY } from './shell-commands.ts';
import { phrase } from '../../problem/phrase.ts';

/** A volume that a mount needs: declared at the top level. */
export type NeedVolume = (name: string, driver?: string) => void;

/** `--volume`: the same short form in a compose file, but for where the shell stands. */
export function addVolume(service: ServiceDraft, value: string, need: NeedVolume): void {
  const text = fromHere(value);
  service.append('volumes', text);
  const parsed = parseVolume(text);
  if (parsed.kind === 'volume' && parsed.volume.type === 'volume' && parsed.volume.source !== undefined)
    need(parsed.volume.source);
}

/** `--mount type=…,source=…,target=…`: the long form. */
export function addMount(service: ServiceDraft, value: string, need: NeedVolume): void {
  const fields = value.split(',').map((field) => {
    const equals = field.indexOf('=');
    return equals < 0
      ? ([field, 'true'] as const)
      : ([field.slice(0, equals), field.slice(equals + 1)] as const);
  });
  const mount = new Map<string, YamlValue>([['type', 'volume']]);
  const nested = (group: string, key: string, child: YamlValue) => {
    const map = mount.get(group);
    mount.set(
      group,
      new Map([...(map instanceof Map ? (map as ReadonlyMap<string, YamlValue>) : []), [key, child]]),
    );
  };
  let driver: string | undefined;
  for (const [name, text] of fields) {
    if (name === 'type') mount.set('type', text);
    else if (name === 'source' || name === 'src') mount.set('source', fromHere(text));
    else if (name === 'target' || name === 'dst' || name === 'destination') mount.set('target', text);
    else if (name === 'readonly' || name === 'ro') mount.set('read_only', text !== 'false' && text !== '0');
    else if (name === 'consistency') mount.set('consistency', text);
    else if (name === 'bind-propagation') nested('bind', 'propagation', text);
    else if (name === 'bind-recursive') nested('bind', 'recursive', text);
    else if (name === 'volume-nocopy') nested('volume', 'nocopy', text !== 'false');
    else if (name === 'volume-subpath') nested('volume', 'subpath', text);
    else if (name === 'image-subpath') nested('image', 'subpath', text);
    else if (name === 'tmpfs-size') nested('tmpfs', 'size', text);
    else if (name === 'tmpfs-mode') nested('tmpfs', 'mode', Number.parseInt(text, 8));
    else if (name === 'volume-driver') driver = text;
    else service.note(phrase('docker-run.mount-option', { name }));
  }
  service.append('volumes', mount);
  const source = mount.get('source');
  if (mount.get('type') === 'volume' && typeof source === 'string') need(source, driver);
}

/** A path from where the shell stands is one from the compose file's folder. */
export function fromHere(path: string): string {
  const rest = [WORKING_DIRECTORY, '%cd%'].find((here) => path.toLowerCase().startsWith(here.toLowerCase()));
  return rest === undefined ? path : `.${path.slice(rest.length).replaceAll('\\', '/')}`;
}
