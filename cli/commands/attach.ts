import { attach as join } from '#engine/exec/attach.ts';
import type { Command } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { findContainer } from '../frame/service-names.ts';
import { joinTerminal } from '../frame/terminal.ts';

export const attach: Command = {
  name: 'attach',
  usage: '[OPTIONS] SERVICE',
  summary: "Attach local standard input, output, and error streams to a service's running container",
  arguments: { least: 1 },
  options: [
    {
      name: 'detach-keys',
      type: 'text',
      description: 'Override the key sequence for detaching from a container.',
    },
    {
      name: 'index',
      type: 'number',
      description: 'index of the container if service has multiple replicas.',
    },
    { name: 'no-stdin', type: 'flag', description: 'Do not attach STDIN' },
    {
      name: 'sig-proxy',
      type: 'flag',
      default: 'true',
      description: 'Proxy all received signals to the process',
    },
  ],

  async run(context) {
    const { options, output, input, signal } = context;
    const [service = ''] = context.arguments;
    if (context.global.dryRun) throw new CommandError('attach is not supported in dry-run mode');
    const target = await context.target({ allProfiles: true });
    const engine = await context.engine();
    const index = options.number('index') ?? 0;
    const { id } = await findContainer(engine, target.name, service, { index }, signal);
    const size = output.size();
    const stdin = !options.flag('no-stdin');
    const detachKeys = options.text('detach-keys');
    const session = await join(
      engine,
      id,
      { stdin, ...(size !== undefined && { size }), ...(detachKeys !== undefined && { detachKeys }) },
      signal,
    );
    const release = options.flag('sig-proxy')
      ? context.onInterrupt(() => {
          // The container decides what a Ctrl-C means; its end ends this.
          engine.killContainer(id, { signal: 'SIGINT' }, signal).catch(() => session.close());
        })
      : () => {};
    try {
      return await joinTerminal(session, context, { tty: session.tty && input.isTerminal, stdin });
    } finally {
      release();
    }
  },
};
