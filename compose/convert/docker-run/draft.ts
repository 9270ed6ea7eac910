import type { YamlValue } from '../../model/print-yaml.ts';
import type { Phrase } from '../../problem/phrase.ts';

/** A service while the options of its command are read. */
export class ServiceDraft {
  readonly name: string;
  readonly #values = new Map<string, YamlValue>();
  /** What could not be carried over, and why; each a sentence. */
  readonly notes: Phrase[] = [];

  constructor(name: string) {
    this.name = name;
  }

  get(key: string): YamlValue | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: YamlValue): void {
    this.#values.set(key, value);
  }

  remove(key: string): void {
    this.#values.delete(key);
  }

  note(note: Phrase): void {
    this.notes.push(note);
  }

  /** Adds to a list. */
  append(key: string, value: YamlValue): void {
    const list = this.#values.get(key);
    this.#values.set(key, Array.isArray(list) ? [...list, value] : [value]);
  }

  /** Sets in a mapping, at any depth: `put(['logging', 'driver'], 'local')`. */
  put([key = '', ...rest]: readonly string[], value: YamlValue): void {
    this.#values.set(key, within(this.#values.get(key), rest, value));
  }

  /** In the order in which people write a service. */
  entries(): ReadonlyMap<string, YamlValue> {
    const rank = (key: string) => {
      const index = usualOrder.indexOf(key);
      return index < 0 ? usualOrder.length : index;
    };
    return new Map([...this.#values].sort(([a], [b]) => rank(a) - rank(b)));
  }
}

function within(value: YamlValue | undefined, [key, ...rest]: readonly string[], leaf: YamlValue): YamlValue {
  if (key === undefined) return leaf;
  const map = new Map(value instanceof Map ? (value as ReadonlyMap<string, YamlValue>) : []);
  map.set(key, within(map.get(key), rest, leaf));
  return map;
}

const usualOrder = [
  ...['image', 'build', 'platform', 'pull_policy', 'hostname', 'domainname', 'user', 'working_dir'],
  ...['entrypoint', 'command', 'init', 'stdin_open', 'tty', 'env_file', 'environment', 'ports', 'expose'],
  ...[
    'volumes',
    'volumes_from',
    'tmpfs',
    'network_mode',
    'networks',
    'links',
    'external_links',
    'extra_hosts',
    'dns',
  ],
  ...['healthcheck', 'restart', 'stop_signal', 'stop_grace_period', 'labels', 'logging'],
];
