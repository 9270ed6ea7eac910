import type { Command } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { noParse } from '../frame/options.ts';
import { findContainer } from '../frame/service-names.ts';

export const port: Command = {
  name: 'port',
  usage: '[OPTIONS] SERVICE PRIVATE_PORT',
  summary: 'Print the public port for a port binding',
  arguments: { least: 2 },
  options: [
    {
      name: 'index',
      type: 'number',
      description: 'Index of the container if service has multiple replicas',
    },
    { name: 'protocol', type: 'text', default: 'tcp', description: 'tcp or udp' },
  ],

  async run(context) {
    const { options, output, signal } = context;
    const [service = '', number = ''] = context.arguments;
    const isNumber = /^\d+$/.test(number);
    if (!isNumber || Number(number) > 65_535) throw new CommandError(noParse('ParseUint', number, isNumber));
    const protocol = (options.text('protocol') ?? 'tcp').toLowerCase();
    const target = await context.target({ allProfiles: true });
    const index = options.number('index') ?? 0;
    const engine = await context.engine();
    const { name, ports } = await findContainer(engine, target.name, service, { index }, signal);
    const found = ports.find((each) => each.containerPort === Number(number) && each.protocol === protocol);
    if (found === undefined) {
      const others = ports.map(({ containerPort, protocol: kind }) => `${containerPort}/${kind}`);
      throw new CommandError(
        `no port ${number}/${protocol} for container ${name}: ${[...new Set(others)].join(', ')}`,
      );
    }
    const host = found.hostIp.includes(':') ? `[${found.hostIp}]` : found.hostIp;
    // Of a port that is exposed and not published, Docker Compose says no more than that.
    output.write(`${host}:${found.hostPort ?? 0}\n`);
    return 0;
  },
};
