import { durationNanoseconds } from '#compose/values/duration.ts';
import { parsePorts } from '#compose/values/port.ts';
import { parseShellWords } from '#compose/values/shellwords.ts';
import { parseSize } from '#compose/values/size.ts';
import type { LabelEdit, ListEdit, Resources, ServiceEdit, UpdateEdit } from '#engine/swarm/edit-service.ts';
import type { SwarmPort } from '#engine/api/swarm-calls.ts';
import { CommandError } from '../frame/command-error.ts';
import type { OptionSpec, OptionValues } from '../frame/options.ts';
import { recordOf } from '#compose/values/record.ts';

/** The options of `docker service update` that change the service itself. */
export const editOptions: readonly OptionSpec[] = [
  { name: 'args', type: 'text', description: 'Arguments of the command' },
  { name: 'env-add', type: 'list', description: 'Add or change an environment variable' },
  { name: 'env-rm', type: 'list', description: 'Remove an environment variable' },
  { name: 'label-add', type: 'list', description: 'Add or change a label of the service' },
  { name: 'label-rm', type: 'list', description: 'Remove a label of the service' },
  { name: 'container-label-add', type: 'list', description: 'Add or change a label of its containers' },
  { name: 'container-label-rm', type: 'list', description: 'Remove a label of its containers' },
  { name: 'constraint-add', type: 'list', description: 'Add a placement constraint' },
  { name: 'constraint-rm', type: 'list', description: 'Remove a placement constraint' },
  { name: 'publish-add', type: 'list', description: 'Publish a port' },
  {
    name: 'publish-rm',
    type: 'list',
    description: 'Publish a port no more: its target, and mode=host if so',
  },
  { name: 'limit-cpu', type: 'text', description: 'Most CPUs of a task; 0: any' },
  { name: 'limit-memory', type: 'text', description: 'Most memory of a task; 0: any' },
  { name: 'limit-pids', type: 'number', description: 'Most processes of a task; 0: any' },
  { name: 'reserve-cpu', type: 'text', description: 'CPUs kept for a task' },
  { name: 'reserve-memory', type: 'text', description: 'Memory kept for a task' },
  ...(['update', 'rollback'] as const).flatMap((kind): OptionSpec[] => [
    { name: `${kind}-parallelism`, type: 'number', description: 'Tasks at a time; 0: all at once' },
    { name: `${kind}-delay`, type: 'text', description: 'Time between two' },
    { name: `${kind}-monitor`, type: 'text', description: 'How long a task is watched for failure' },
    {
      name: `${kind}-failure-action`,
      type: 'text',
      description: kind === 'update' ? 'pause, continue or rollback' : 'pause or continue',
    },
    { name: `${kind}-max-failure-ratio`, type: 'text', description: 'Share of tasks that may fail' },
    { name: `${kind}-order`, type: 'text', description: 'start-first or stop-first' },
  ]),
];

/** Throws `CommandError` for a value that cannot be read. */
export function editOf(options: OptionValues): ServiceEdit {
  const args = options.text('args');
  const environment = lists(options, 'env');
  const labels = labelEdit(options, 'label');
  const containerLabels = labelEdit(options, 'container-label');
  const constraints = lists(options, 'constraint');
  const ports = portEdit(options);
  const limits = resources(options, 'limit');
  const reservations = resources(options, 'reserve');
  const update = updateEdit(options, 'update');
  const rollback = updateEdit(options, 'rollback');
  return {
    ...(args !== undefined && { args: wordsOf(args) }),
    ...(environment && { environment }),
    ...(labels && { labels }),
    ...(containerLabels && { containerLabels }),
    ...(constraints && { constraints }),
    ...(ports && { ports }),
    ...(limits && { limits }),
    ...(reservations && { reservations }),
    ...(update && { update }),
    ...(rollback && { rollback }),
  };
}

function lists(options: OptionValues, name: string): ListEdit | undefined {
  const add = options.list(`${name}-add`);
  const remove = options.list(`${name}-rm`);
  return add.length + remove.length === 0 ? undefined : { add, remove };
}

function labelEdit(options: OptionValues, name: string): LabelEdit | undefined {
  const edit = lists(options, name);
  return edit && { add: recordOf(edit.add.map(pairOf)), remove: edit.remove };
}

function pairOf(entry: string): readonly [string, string] {
  const at = entry.indexOf('=');
  return at === -1 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
}

function wordsOf(line: string): readonly string[] {
  const parsed = parseShellWords(line);
  if (parsed.kind !== 'words') throw unreadable('args', line);
  return parsed.words;
}

function portEdit(options: OptionValues): ServiceEdit['ports'] {
  const edit = lists(options, 'publish');
  return edit && { add: edit.add.flatMap(publishedOf), remove: edit.remove.flatMap(publishedOf) };
}

/** `8080:80/tcp`, or `published=8080,target=80,protocol=tcp,mode=host`. */
function publishedOf(text: string): readonly SwarmPort[] {
  if (!text.includes('=')) {
    const parsed = parsePorts(text);
    if (parsed.kind !== 'ports') throw unreadable('publish', text);
    return parsed.ports.map(({ target, published, protocol }) => {
      if (published !== undefined && !/^\d+$/.test(published)) throw unreadable('publish', text);
      return port(target, published === undefined ? undefined : Number(published), protocol, 'ingress');
    });
  }
  const fields = new Map(text.split(',').map(pairOf));
  const number = (name: string) => {
    const value = fields.get(name);
    if (value !== undefined && !/^\d{1,5}$/.test(value)) throw unreadable('publish', text);
    return value === undefined ? undefined : Number(value);
  };
  const target = number('target');
  if (target === undefined || [...fields.keys()].some((name) => !portFields.includes(name)))
    throw unreadable('publish', text);
  return [
    port(target, number('published'), fields.get('protocol') ?? 'tcp', fields.get('mode') ?? 'ingress'),
  ];
}

const portFields: readonly string[] = ['target', 'published', 'protocol', 'mode'];

function port(target: number, published: number | undefined, protocol: string, mode: string): SwarmPort {
  return {
    Protocol: protocol,
    TargetPort: target,
    ...(published !== undefined && { PublishedPort: published }),
    PublishMode: mode,
  };
}

function resources(options: OptionValues, name: 'limit' | 'reserve'): Resources | undefined {
  const cpus = options.text(`${name}-cpu`);
  const memory = options.text(`${name}-memory`);
  const pids = name === 'limit' ? options.number('limit-pids') : undefined;
  if (cpus !== undefined && !/^(?:\d+(?:\.\d*)?|\.\d+)$/.test(cpus)) throw unreadable(`${name}-cpu`, cpus);
  const bytes = memory === undefined ? undefined : parseSize(memory);
  if (memory !== undefined && bytes === undefined) throw unreadable(`${name}-memory`, memory);
  return given({
    ...(cpus !== undefined && { NanoCPUs: Math.round(Number(cpus) * 1e9) }),
    ...(bytes !== undefined && { MemoryBytes: Number(bytes) }),
    ...(pids !== undefined && { Pids: pids }),
  });
}

function updateEdit(options: OptionValues, kind: 'update' | 'rollback'): UpdateEdit | undefined {
  const parallelism = options.number(`${kind}-parallelism`);
  const delay = durationOf(options, `${kind}-delay`);
  const monitor = durationOf(options, `${kind}-monitor`);
  const action = options.text(`${kind}-failure-action`);
  const ratio = options.text(`${kind}-max-failure-ratio`);
  const order = options.text(`${kind}-order`);
  if (ratio !== undefined && !/^(?:\d+(?:\.\d*)?|\.\d+)$/.test(ratio))
    throw unreadable(`${kind}-max-failure-ratio`, ratio);
  return given({
    ...(parallelism !== undefined && { Parallelism: parallelism }),
    ...(delay !== undefined && { Delay: delay }),
    ...(monitor !== undefined && { Monitor: monitor }),
    ...(action !== undefined && { FailureAction: action }),
    ...(ratio !== undefined && { MaxFailureRatio: Number(ratio) }),
    ...(order !== undefined && { Order: order }),
  });
}

function durationOf(options: OptionValues, name: string): number | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  const duration = durationNanoseconds(text);
  if (duration === undefined) throw unreadable(name, text);
  return Number(duration);
}

function given<T extends object>(fields: T): T | undefined {
  return Object.keys(fields).length === 0 ? undefined : fields;
}

function unreadable(name: string, value: string): CommandError {
  return new CommandError(`invalid argument ${JSON.stringify(value)} for "--${name}"`);
}
