import type { YamlValue } from '../../model/print-yaml.ts';
import { ServiceDraft } from './draft.ts';
import { fromHere } from './mounts.ts';
import { type OptionShape, readOptions } from './options.ts';
import { commandLine, join, networksOf, runOptions } from './run-options.ts';
import { type ShellCommand, shellCommands } from './shell-commands.ts';
import { shortName } from '../../values/image-reference.ts';
import { type Phrase, phrase } from '../../problem/phrase.ts';

/** What a compose file needs to do the same as some commands. All in the order in which the commands ask for it. */
export interface Converted {
  readonly services: readonly ConvertedService[];
  /** Top-level networks and volumes; an empty mapping where nothing has to be said of them. */
  readonly networks: ReadonlyMap<string, YamlValue>;
  readonly volumes: ReadonlyMap<string, YamlValue>;
  /** What belongs to no service and was not carried over; each a sentence. */
  readonly notes: readonly Phrase[];
}

export interface ConvertedService {
  readonly name: string;
  readonly entries: ReadonlyMap<string, YamlValue>;
  /** What could not be carried over; each a sentence. */
  readonly notes: readonly Phrase[];
}

/** Whether there is anything in a text that `convertDockerRun` makes a service of. Cheap. */
export function hasDockerRun(text: string): boolean {
  return /\b(?:docker|podman|nerdctl)(?:\.exe)?\s+(?:container\s+)?(?:run|create)\s/.test(text);
}

/**
 * The services, networks and volumes for lines of `docker run`, `docker create`, `docker network create`, `docker volume create`, `docker network connect`
 * and `docker build`, as pasted from a terminal or a README (Docker CLI 28; `podman` and `nerdctl` alike). Never fails: what cannot be carried over is in the notes.
 */
export function convertDockerRun(text: string): Converted {
  const conversion = new Conversion();
  for (const command of shellCommands(text)) conversion.take(command);
  return conversion.finish();
}

class Conversion {
  readonly #services = new Map<string, ServiceDraft>();
  readonly #networks = new Map<string, Map<string, YamlValue>>();
  readonly #volumes = new Map<string, Map<string, YamlValue>>();
  /** Images that were built, and from what. */
  readonly #builds = new Map<string, YamlValue>();
  readonly #notes: Phrase[] = [];

  take(command: ShellCommand): void {
    const [program = '', ...words] = command.words;
    if (!/^(?:.*[\\/])?(?:docker|podman|nerdctl)(?:\.exe)?$/.test(program)) {
      this.#notes.push(phrase('docker-run.command', { text: command.text }));
      return;
    }
    const [group, ...rest] = words;
    const isGrouped = ['container', 'image', 'buildx'].includes(group ?? '');
    const [verb, ...others] = isGrouped ? rest : words;
    if (verb === 'run' || (verb === 'create' && group !== 'network' && group !== 'volume'))
      this.#run(others, command.substitutions);
    else if (verb === 'build') this.#build(others);
    else if (group === 'network' && rest[0] === 'create') this.#network(rest.slice(1));
    else if (group === 'network' && rest[0] === 'connect') this.#connect(rest.slice(1));
    else if (group === 'volume' && rest[0] === 'create') this.#volume(rest.slice(1));
    else if (verb !== 'pull') this.#notes.push(phrase('docker-run.command', { text: command.text }));
  }

  #run(words: readonly string[], substitutions: readonly string[]): void {
    const { options, rest, unknown } = readOptions(words, runOptions);
    const [image, ...args] = rest;
    const named = options.find(({ name }) => name === 'name')?.value;
    const service = new ServiceDraft(this.#freeName(named ?? shortName(image ?? 'service')));
    if (image === undefined) service.note(phrase('docker-run.no-image'));
    else service.set('image', image);
    const context = { needVolume: (name: string, driver?: string) => this.#needVolume(name, driver) };
    // Addresses and aliases are those of a network, wherever it is named.
    const isNetwork = (name: string) => name === 'network' || name === 'net';
    const inOrder = [
      ...options.filter(({ name }) => isNetwork(name)),
      ...options.filter(({ name }) => !isNetwork(name)),
    ];
    for (const { flag, value } of inOrder) flag.apply(service, value, context);
    for (const written of substitutions) service.note(phrase('docker-run.shell-output', { written }));
    for (const option of unknown) service.note(phrase('docker-run.unknown-option', { option }));
    if (args.length > 0) service.set('command', commandLine(args));
    if (service.get('network_mode') !== undefined && networksOf(service).size > 0)
      service.note(phrase('docker-run.network-mode'));
    this.#services.set(service.name, service);
  }

  #freeName(wanted: string): string {
    const name = wanted.replace(/[^\w.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'service';
    for (let count = 2; ; count += 1) {
      const free = count === 2 ? name : `${name}${count - 1}`;
      if (!this.#services.has(free)) return free;
    }
  }

  #needVolume(name: string, driver: string | undefined): void {
    const volume = this.#volumes.get(name) ?? new Map<string, YamlValue>();
    if (driver !== undefined) volume.set('driver', driver);
    this.#volumes.set(name, volume);
  }

  #build(words: readonly string[]): void {
    const { options, rest } = readOptions(words, buildOptions, true);
    const context = fromHere(rest[0] ?? '.');
    const build = new Map<string, YamlValue>([['context', context]]);
    for (const { name, value } of options) {
      if (name === 'file') build.set('dockerfile', relativeTo(context, fromHere(value)));
      else if (name === 'target' || name === 'network' || name === 'shm-size')
        build.set(name.replace('-', '_'), value);
      else if (name === 'no-cache') build.set('no_cache', true);
      else if (name === 'platform') build.set('platforms', value.split(','));
      else if (name === 'build-arg' || name === 'label') {
        const key = name === 'label' ? 'labels' : 'args';
        const [variable = '', setting] = value.split(/=(.*)/s);
        const before = build.get(key);
        build.set(
          key,
          new Map([
            ...(before instanceof Map ? (before as ReadonlyMap<string, YamlValue>) : []),
            [variable, setting ?? null],
          ]),
        );
      }
    }
    for (const { name, value } of options)
      if (name === 'tag') this.#builds.set(value, build.size === 1 ? context : build);
  }

  #network(words: readonly string[]): void {
    const { options, rest } = readOptions(words, networkOptions, true);
    const network = new Map<string, YamlValue>();
    const pool = new Map<string, YamlValue>();
    for (const { name, value } of options) {
      if (name === 'subnet' || name === 'gateway') pool.set(name, value);
      else if (name === 'ip-range') pool.set('ip_range', value);
      else if (name === 'driver') {
        if (value !== 'bridge') network.set('driver', value);
      } else if (name === 'opt' || name === 'label')
        setEntry(network, name === 'opt' ? 'driver_opts' : 'labels', value);
      else if (name === 'ipv6') network.set('enable_ipv6', true);
      else if (name === 'internal' || name === 'attachable') network.set(name, true);
      else this.#notes.push(phrase('docker-run.network-option', { name }));
    }
    if (pool.size > 0) network.set('ipam', new Map([['config', [pool]]]));
    for (const name of rest) this.#networks.set(name, network);
  }

  #connect(words: readonly string[]): void {
    const { options, rest } = readOptions(words, connectOptions, true);
    const [network = '', container = ''] = rest;
    const service = this.#services.get(container);
    if (service === undefined) {
      this.#notes.push(phrase('docker-run.no-container', { network, container }));
      return;
    }
    join(service, network);
    const aliases = options.filter(({ name }) => name === 'alias').map(({ value }) => value);
    if (aliases.length > 0) service.put(['networks', network, 'aliases'], aliases);
    for (const { name, value } of options) {
      if (name === 'ip') service.put(['networks', network, 'ipv4_address'], value);
      if (name === 'ip6') service.put(['networks', network, 'ipv6_address'], value);
    }
  }

  #volume(words: readonly string[]): void {
    const { options, rest } = readOptions(words, volumeOptions, true);
    const [name = options.find((each) => each.name === 'name')?.value] = rest;
    if (name === undefined) return;
    const volume = new Map<string, YamlValue>();
    for (const option of options) {
      if (option.name === 'driver') {
        if (option.value !== 'local') volume.set('driver', option.value);
      } else if (option.name === 'opt' || option.name === 'label')
        setEntry(volume, option.name === 'opt' ? 'driver_opts' : 'labels', option.value);
    }
    this.#volumes.set(name, volume);
  }

  finish(): Converted {
    for (const service of this.#services.values()) {
      this.#nameServices(service);
      const image = service.get('image');
      const build = typeof image === 'string' ? this.#builds.get(image) : undefined;
      if (build !== undefined) service.set('build', build);
      for (const network of networksOf(service).keys()) {
        if (network !== 'default' && !this.#networks.has(network)) this.#networks.set(network, new Map());
      }
    }
    return {
      services: [...this.#services.values()].map((service) => ({
        name: service.name,
        entries: withShortNetworks(service.entries()),
        notes: service.notes,
      })),
      networks: this.#networks,
      volumes: this.#volumes,
      notes: this.#notes,
    };
  }

  /** A container of these commands is a service. */
  #nameServices(service: ServiceDraft): void {
    for (const key of ['network_mode', 'ipc', 'pid']) {
      const value = service.get(key);
      const container = typeof value === 'string' ? /^container:(.*)$/.exec(value)?.[1] : undefined;
      if (container !== undefined && this.#services.has(container)) service.set(key, `service:${container}`);
    }
    const links = service.get('links');
    if (Array.isArray(links)) {
      const isKnown = (link: YamlValue) => this.#services.has(String(link).replace(/:.*/, ''));
      const own = (links as readonly YamlValue[]).filter(isKnown);
      const others = (links as readonly YamlValue[]).filter((link) => !isKnown(link));
      if (own.length > 0) service.set('links', own);
      else service.remove('links');
      if (others.length > 0) service.set('external_links', others);
    }
    const sources = service.get('volumes_from');
    if (!Array.isArray(sources)) return;
    service.set(
      'volumes_from',
      (sources as readonly YamlValue[]).map((source) => {
        const [, name = ''] = /^container:([^:]*)/.exec(String(source)) ?? [];
        return this.#services.has(name) ? String(source).slice('container:'.length) : source;
      }),
    );
  }
}

const valued: OptionShape = {};
const toggled: OptionShape = { isSwitch: true };

const buildOptions: Readonly<Record<string, OptionShape>> = {
  ...{ tag: { short: 't' }, file: { short: 'f' }, quiet: { short: 'q', isSwitch: true } },
  ...{ 'build-arg': valued, label: valued, target: valued, network: valued, platform: valued },
  ...{
    'shm-size': valued,
    'cache-from': valued,
    'cache-to': valued,
    progress: valued,
    secret: valued,
    ssh: valued,
  },
  ...{ 'no-cache': toggled, pull: toggled, load: toggled, push: toggled, rm: toggled, 'force-rm': toggled },
};

const networkOptions: Readonly<Record<string, OptionShape>> = {
  ...{ driver: { short: 'd' }, opt: { short: 'o' }, label: valued, subnet: valued, gateway: valued },
  ...{ 'ip-range': valued, 'aux-address': valued, 'ipam-driver': valued, 'ipam-opt': valued, scope: valued },
  ...{ attachable: toggled, internal: toggled, ipv6: toggled, ingress: toggled },
};

const connectOptions: Readonly<Record<string, OptionShape>> = {
  ...{ alias: valued, ip: valued, ip6: valued, link: valued, 'driver-opt': valued },
};

const volumeOptions: Readonly<Record<string, OptionShape>> = {
  ...{ driver: { short: 'd' }, opt: { short: 'o' }, label: valued, name: valued },
};

function setEntry(map: Map<string, YamlValue>, key: string, text: string): void {
  const [name = '', value = ''] = text.split(/=(.*)/s);
  const before = map.get(key);
  map.set(
    key,
    new Map([...(before instanceof Map ? (before as ReadonlyMap<string, YamlValue>) : []), [name, value]]),
  );
}

/** `docker build -f` counts from where the shell stands, `dockerfile` from the context. */
function relativeTo(context: string, file: string): string {
  const folder = context.replace(/^\.\//, '').replace(/\/$/, '');
  const path = file.replace(/^\.\//, '');
  if (folder === '.' || folder === '' || path.startsWith('/')) return path;
  if (path.startsWith(`${folder}/`)) return path.slice(folder.length + 1);
  return `${folder
    .split('/')
    .map(() => '..')
    .join('/')}/${path}`;
}

/** Networks without settings are a list. */
function withShortNetworks(entries: ReadonlyMap<string, YamlValue>): ReadonlyMap<string, YamlValue> {
  const networks = entries.get('networks');
  if (!(networks instanceof Map) || [...networks.values()].some((settings) => settings !== null))
    return entries;
  return new Map(
    [...entries].map(([key, value]) => [key, key === 'networks' ? [...networks.keys()] : value]),
  );
}
