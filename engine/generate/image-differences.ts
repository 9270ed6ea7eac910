import type { YamlValue } from '#compose/model/print-yaml.ts';
import { formatDuration } from '#compose/values/duration.ts';
import { literal, numberOf, objectOf, type Raw, said, textOf, textsOf } from './raw-values.ts';

type Entry = readonly [string, YamlValue | undefined];

/** What a container's `Config` says that its image does not, as attributes of a service. `id`: the container's, whose beginning is its usual host name. */
export function imageDifferences(config: Raw, image: Raw, id: string): readonly Entry[] {
  const other = (key: string) =>
    textOf(config, key) === textOf(image, key) ? '' : literal(textOf(config, key));
  const hostname = textOf(config, 'Hostname');
  const stopTimeout = config.StopTimeout;
  return [
    ['hostname', id.startsWith(hostname) ? '' : literal(hostname)],
    ['domainname', literal(textOf(config, 'Domainname'))],
    ['mac_address', textOf(config, 'MacAddress')],
    ['user', other('User')],
    ['working_dir', other('WorkingDir')],
    ...commands(config, image),
    ['tty', config.Tty === true],
    ['stdin_open', config.OpenStdin === true],
    ['environment', environment(textsOf(config, 'Env'), textsOf(image, 'Env'))],
    ['labels', labels(objectOf(config, 'Labels'), objectOf(image, 'Labels'))],
    ['healthcheck', healthCheck(objectOf(config, 'Healthcheck'), objectOf(image, 'Healthcheck'))],
    ['stop_signal', other('StopSignal')],
    [
      'stop_grace_period',
      typeof stopTimeout === 'number' && stopTimeout !== image.StopTimeout ? seconds(stopTimeout) : '',
    ],
  ];
}

/** An entrypoint of its own makes the engine forget the image's command: then both are said. */
function commands(config: Raw, image: Raw): readonly Entry[] {
  const entrypoint = textsOf(config, 'Entrypoint');
  const command = textsOf(config, 'Cmd');
  const imageCommand = textsOf(image, 'Cmd');
  const keepsEntrypoint = same(entrypoint, textsOf(image, 'Entrypoint'));
  if (keepsEntrypoint && (same(command, imageCommand) || command.length > 0))
    return [['command', same(command, imageCommand) ? undefined : command.map(literal)]];
  return [
    // An empty list takes away the image's: it has to be written, though it looks like nothing.
    ['entrypoint', entrypoint.length === 0 ? [''] : entrypoint.map(literal)],
    ['command', command.map(literal)],
  ];
}

function environment(container: readonly string[], image: readonly string[]): YamlValue {
  const known = new Set(image);
  return new Map(
    container
      .filter((line) => !known.has(line))
      .map((line): [string, YamlValue] => {
        const at = line.indexOf('=');
        return at < 0 ? [line, null] : [line.slice(0, at), literal(line.slice(at + 1))];
      }),
  );
}

/** Without those of Docker Compose and Docker Desktop, which make them anew. */
function labels(container: Raw, image: Raw): YamlValue {
  const own = Object.entries(container).filter(
    ([key, value]) => image[key] !== value && !/^(?:com\.docker\.compose\.|desktop\.docker\.io)/.test(key),
  );
  return new Map(own.map(([key, value]) => [key, literal(String(value))]));
}

const durations = [
  ['interval', 'Interval'],
  ['timeout', 'Timeout'],
  ['start_period', 'StartPeriod'],
  ['start_interval', 'StartInterval'],
] as const;

function healthCheck(container: Raw, image: Raw): YamlValue {
  const test = textsOf(container, 'Test');
  if (test[0] === 'NONE') return new Map([['disable', true]]);
  return said([
    ['test', same(test, textsOf(image, 'Test')) ? undefined : test.map(literal)],
    ...durations.map(([key, field]): Entry => {
      const value = numberOf(container, field);
      return [key, value === 0 || value === numberOf(image, field) ? '' : formatDuration(BigInt(value))];
    }),
    [
      'retries',
      numberOf(container, 'Retries') === numberOf(image, 'Retries') ? 0 : numberOf(container, 'Retries'),
    ],
  ]);
}

function seconds(count: number): string {
  return formatDuration(BigInt(count) * 1_000_000_000n);
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, at) => word === other[at]);
}
