import type { YamlValue } from '#compose/model/print-yaml.ts';
import type { ContainerDetails, ImageDetails } from '../api/engine-objects.ts';
import { label } from '../project/labels.ts';
import { type GeneratedMounts, generatedMounts } from './generated-mounts.ts';
import { generatedPorts } from './generated-ports.ts';
import { hostSettings } from './host-settings.ts';
import { imageDifferences } from './image-differences.ts';
import { literal, said, textOf, textsOf } from './raw-values.ts';

/** A container and the image it was made of; without it all that the container has is written. */
export interface Generated {
  readonly container: ContainerDetails;
  readonly image?: Pick<ImageDetails, 'config' | 'volumes' | 'tags'>;
}

/** Sections of a Compose file, each absent if there is nothing in it. */
export type GeneratedFile = ReadonlyMap<string, YamlValue>;

/**
 * A Compose file that makes such containers again. A service has its name from Docker Compose's label, else from its container; several containers of one
 * service are one service with a `scale`. It says only what differs from the image and from what the engine does by itself. Networks and volumes are those
 * that are there, as external ones, so that data and connections stay.
 */
export function composeOfContainers(all: readonly Generated[], projectName?: string): GeneratedFile {
  const services = new Map<string, { readonly first: Generated; count: number }>();
  for (const each of all) {
    const name = serviceName(each.container);
    const known = services.get(name);
    if (known === undefined) services.set(name, { first: each, count: 1 });
    else known.count++;
  }
  const byId = new Map(all.map(({ container }) => [container.id, serviceName(container)]));
  const networks = new Set<string>();
  const volumes = new Set<string>();
  const secrets = new Map<string, string>();
  const written = [...services].map(([name, { first, count }]): [string, YamlValue] => {
    const { container, image } = first;
    const mounts = generatedMounts(container.hostConfig, container.config, image?.volumes ?? []);
    const attached = attachments(container, name, byId);
    for (const network of attached.names) networks.add(network);
    for (const volume of mounts.names) volumes.add(volume);
    return [
      name,
      service(first, mounts, [
        ...attached.entries,
        ['secrets', secretsOf(mounts, name, secrets)],
        ['scale', count > 1 ? count : 0],
      ]),
    ];
  });
  return said([
    ['name', projectName],
    ['services', new Map(written)],
    ['networks', external(networks)],
    ['volumes', external(volumes)],
    [
      'secrets',
      new Map([...secrets].map(([key, file]) => [key, new Map([['file', literal(file)]])] as const)),
    ],
  ]);
}

type Entry = readonly [string, YamlValue | undefined];

function service(
  { container, image }: Generated,
  mounts: GeneratedMounts,
  entries: readonly Entry[],
): ReadonlyMap<string, YamlValue> {
  const { config, hostConfig } = container;
  const imageConfig = image?.config ?? {};
  const { ports, expose } = generatedPorts(hostConfig, config, imageConfig);
  const differences = imageDifferences(config, imageConfig, hostnameOwner(container));
  const settings = said([
    ['image', literal(imageOf(container, image))],
    ...differences,
    ['ports', ports],
    ['expose', expose],
    ['volumes', mounts.volumes],
    ['tmpfs', mounts.tmpfs],
    ['volumes_from', textsOf(hostConfig, 'VolumesFrom').map((from) => `container:${literal(from)}`)],
    ['external_links', textsOf(hostConfig, 'Links').map(link)],
    ...entries,
    ...hostSettings(hostConfig),
  ]);
  return settings;
}

/** In the network of the host or of another container it has that one's name, whatever its own would be. */
function hostnameOwner({ id, config, hostConfig }: ContainerDetails): string {
  return /^(?:host$|container:)/.test(textOf(hostConfig, 'NetworkMode')) ? textOf(config, 'Hostname') : id;
}

/** By its name where it was started by its id. */
function imageOf({ image }: ContainerDetails, details: Generated['image']): string {
  return /^(?:sha256:)?[0-9a-f]{12,64}$/.test(image) ? (details?.tags[0] ?? image) : image;
}

function serviceName({ labels, name }: ContainerDetails): string {
  return labels[label.service] ?? name;
}

/** `/other:/own/alias` is `other:alias`. */
function link(text: string): string {
  const [other = '', alias = ''] = text.split(':');
  return literal(`${other.replace(/^\//, '')}:${alias.slice(alias.lastIndexOf('/') + 1)}`);
}

/** The engine's own network for those who name none: in a project there is a better one. */
const usualNetworks = ['bridge', 'default', 'nat', ''];

function attachments(
  container: ContainerDetails,
  name: string,
  byId: ReadonlyMap<string, string>,
): { readonly names: readonly string[]; readonly entries: readonly Entry[] } {
  const mode = textOf(container.hostConfig, 'NetworkMode');
  if (mode === 'host' || mode === 'none') return { names: [], entries: [['network_mode', mode]] };
  const other = /^container:(.+)$/.exec(mode)?.[1];
  if (other !== undefined) {
    const known = byId.get(other);
    const target = known === undefined ? mode : `service:${known}`;
    return { names: [], entries: [['network_mode', literal(target)]] };
  }
  const attached = Object.entries(container.networks).filter(([key]) => !usualNetworks.includes(key));
  // Those that every container answers to.
  const own = new Set([container.name, name, container.id.slice(0, 12)]);
  const settings = attached.map(([key, { aliases, fixedAddresses }]): [string, YamlValue] => {
    const extra = said([
      ['aliases', aliases.filter((alias) => !own.has(alias)).map(literal)],
      ['ipv4_address', fixedAddresses?.ipv4],
      ['ipv6_address', fixedAddresses?.ipv6],
    ]);
    return [key, extra.size === 0 ? null : extra];
  });
  const names = attached.map(([key]) => key);
  const plain = settings.every(([, value]) => value === null);
  return { names, entries: [['networks', plain ? names : new Map(settings)]] };
}

function secretsOf(mounts: GeneratedMounts, service: string, known: Map<string, string>): YamlValue {
  return [...mounts.secrets].map(([target, file]): YamlValue => {
    const base = target.slice(target.lastIndexOf('/') + 1);
    const taken = known.get(base);
    const key = taken === undefined || taken === file ? base : `${service}-${base}`;
    known.set(key, file);
    return key === base && target === `/run/secrets/${base}`
      ? key
      : new Map([
          ['source', key],
          ['target', literal(target)],
        ]);
  });
}

function external(names: ReadonlySet<string>): YamlValue {
  return new Map([...names].sort().map((name) => [name, new Map([['external', true]])] as const));
}
