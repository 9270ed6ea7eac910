import { Demuxer, type StreamName } from '#engine/api/demux.ts';
import { toEngineTime } from '#engine/api/engine-time.ts';
import { LineAssembler } from '#engine/api/lines.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { taskName } from '#engine/swarm/task-name.ts';
import type { CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';

/** Writes a service's lines as `docker service logs` does, each with its task and node: `demo_web.1.0zzgv50p89sq@node-1    | …`. */
export async function printServiceLogs(
  { options, output, errors, signal, ...context }: CommandContext,
  engine: EnginePort,
): Promise<void> {
  const [name = ''] = context.arguments;
  const tail = options.text('tail') ?? 'all';
  if (tail !== 'all' && !/^\d+$/.test(tail))
    throw new CommandError(`invalid --tail ${tail}: a number, or all`);
  const sinceText = options.text('since');
  const since = sinceText === undefined ? undefined : toEngineTime(sinceText, Date.now());
  if (sinceText !== undefined && since === undefined)
    throw new CommandError(`invalid --since ${sinceText}: a time (RFC 3339), or a duration such as 10m`);
  const service = await engine.inspectService(name, signal);
  const raw = options.flag('raw');
  const prefixes = new Map<string, string>();
  const prefixOf = async (task: string, node: string): Promise<string> => {
    const known = prefixes.get(task);
    if (known !== undefined) return known;
    const [tasks, nodes] = await Promise.all([
      engine.listTasks({ id: [task] }, signal),
      engine.listSwarmNodes(signal),
    ]);
    const host = nodes.find(({ ID }) => ID === node)?.Description?.Hostname ?? node;
    const [found] = tasks;
    const label = found === undefined ? service.Spec.Name : taskName(service.Spec.Name, found);
    const prefix = `${label}.${task.slice(0, 12)}@${host}    | `;
    prefixes.set(task, prefix);
    return prefix;
  };
  const bytes = await engine.getServiceLogs(
    service.ID,
    {
      follow: options.flag('follow'),
      timestamps: options.flag('timestamps'),
      ...(tail !== 'all' && { tail: Number(tail) }),
      ...(since !== undefined && { since }),
    },
    signal,
  );
  const isTerminal = service.Spec.TaskTemplate.ContainerSpec?.TTY === true;
  for await (const { stream, text } of linesOf(bytes, isTerminal)) {
    // `[TIME ]key=value,key=value text`
    const [, time = '', details = '', line = text] =
      /^(\d{4}-\S+ )?(com\.docker\.swarm\.\S+) (.*)$/s.exec(text) ?? [];
    const labels = new Map(details.split(',').map((each) => each.split('=', 2) as [string, string]));
    const prefix = raw
      ? ''
      : await prefixOf(
          labels.get('com.docker.swarm.task.id') ?? '',
          labels.get('com.docker.swarm.node.id') ?? '',
        );
    (stream === 'stderr' ? errors : output).write(`${prefix}${time}${line}\n`);
    await output.drained();
  }
}

async function* linesOf(
  bytes: AsyncIterable<Uint8Array>,
  isTerminal: boolean,
): AsyncGenerator<{ readonly stream: StreamName; readonly text: string }> {
  const demuxer = new Demuxer();
  const assemblers = new Map<StreamName, LineAssembler>();
  for await (const chunk of bytes) {
    const lines: { readonly stream: StreamName; readonly text: string }[] = [];
    const parts = isTerminal ? [{ stream: 'stdout' as const, data: chunk }] : demuxer.push(chunk);
    for (const { stream, data } of parts) {
      const assembler = assemblers.get(stream) ?? new LineAssembler();
      assemblers.set(stream, assembler);
      assembler.push(data, (text) => lines.push({ stream, text }));
    }
    yield* lines;
  }
  for (const [stream, assembler] of assemblers) {
    const text = assembler.flush();
    if (text !== undefined) yield { stream, text };
  }
}
