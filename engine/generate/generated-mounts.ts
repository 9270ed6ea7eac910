import type { YamlValue } from '#compose/model/print-yaml.ts';
import {
  literal,
  literals,
  numberOf,
  objectOf,
  objectsOf,
  type Raw,
  said,
  textOf,
  textsOf,
} from './raw-values.ts';

export interface GeneratedMounts {
  readonly volumes: readonly YamlValue[];
  readonly tmpfs: readonly string[];
  /** Of volumes that have a name. */
  readonly names: readonly string[];
  /** Files where secrets are, by the path in the container. */
  readonly secrets: ReadonlyMap<string, string>;
}

const secretsFolder = '/run/secrets/';

/** What was asked to be mounted, without the volumes of the image: those come by themselves. */
export function generatedMounts(host: Raw, config: Raw, imageVolumes: readonly string[]): GeneratedMounts {
  const secrets = new Map<string, string>();
  const names = new Set<string>();
  const volumes: YamlValue[] = [];
  const targets = new Set(imageVolumes);
  for (const bind of textsOf(host, 'Binds')) {
    const { source, target, mode } = splitBind(bind);
    if (isAnonymous(source)) continue;
    targets.add(target);
    if (!isPath(source)) names.add(source);
    volumes.push(literal([source, target, ...(mode === '' || mode === 'rw' ? [] : [mode])].join(':')));
  }
  for (const mount of objectsOf(host, 'Mounts')) {
    const [type, source, target] = [textOf(mount, 'Type'), textOf(mount, 'Source'), textOf(mount, 'Target')];
    if (type === 'volume' && (source === '' || isAnonymous(source))) {
      if (!targets.has(target)) volumes.push(literal(target));
      targets.add(target);
      continue;
    }
    targets.add(target);
    if (type === 'bind' && target.startsWith(secretsFolder)) {
      secrets.set(target, source);
      continue;
    }
    if (type === 'volume') names.add(source);
    volumes.push(longForm(mount));
  }
  const anonymous = [
    ...Object.keys(objectOf(config, 'Volumes')),
    // Volumes of a container that was made anew are handed on by their name.
    ...textsOf(host, 'Binds').flatMap((bind) => {
      const { source, target } = splitBind(bind);
      return isAnonymous(source) ? [target] : [];
    }),
  ];
  for (const target of new Set(anonymous)) if (!targets.has(target)) volumes.push(literal(target));
  const tmpfs = [...literals(objectOf(host, 'Tmpfs'))].map(([path, options]) =>
    options === '' ? literal(path) : `${literal(path)}:${String(options)}`,
  );
  return { volumes, tmpfs, names: [...names], secrets };
}

function longForm(mount: Raw): YamlValue {
  const bind = objectOf(mount, 'BindOptions');
  const volume = objectOf(mount, 'VolumeOptions');
  const tmpfs = objectOf(mount, 'TmpfsOptions');
  return said([
    ['type', textOf(mount, 'Type')],
    ['source', literal(textOf(mount, 'Source'))],
    ['target', literal(textOf(mount, 'Target'))],
    ['read_only', mount.ReadOnly === true],
    ['consistency', textOf(mount, 'Consistency').replace(/^default$/, '')],
    ['bind', said([['propagation', textOf(bind, 'Propagation')]])],
    [
      'volume',
      said([
        ['nocopy', volume.NoCopy === true],
        ['subpath', literal(textOf(volume, 'Subpath'))],
      ]),
    ],
    [
      'tmpfs',
      said([
        ['size', numberOf(tmpfs, 'SizeBytes')],
        ['mode', numberOf(tmpfs, 'Mode')],
      ]),
    ],
    ['image', said([['subpath', literal(textOf(objectOf(mount, 'ImageOptions'), 'Subpath'))]])],
  ]);
}

/** `source:target[:mode]`; the colon of a drive is none. */
function splitBind(bind: string): {
  readonly source: string;
  readonly target: string;
  readonly mode: string;
} {
  const [, source = '', target = '', mode = ''] =
    /^((?:[A-Za-z]:[\\/])?[^:]*):((?:[A-Za-z]:[\\/])?[^:]*)(?::(.*))?$/.exec(bind) ?? [];
  return { source, target, mode };
}

function isPath(source: string): boolean {
  return /^(?:[/~.]|[A-Za-z]:[\\/]|\\\\)/.test(source);
}

/** The engine's own name. */
function isAnonymous(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}
