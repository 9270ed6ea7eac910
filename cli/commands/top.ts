import type { Command } from '../frame/command.ts';
import { listServiceContainers, serviceOf } from '../frame/service-names.ts';
import { formatTable } from '../frame/table.ts';

export const top: Command = {
  name: 'top',
  usage: '[SERVICES...]',
  summary: 'Display the running processes',
  options: [],

  async run(context) {
    const { output, signal } = context;
    const services = context.arguments;
    const target = await context.target({ allProfiles: true });
    const engine = await context.engine();
    const containers = await listServiceContainers(engine, target.name, services, { oneOff: true }, signal);
    const running = containers.filter(({ state }) => state === 'running');
    const lists = await Promise.all(
      running.map(async ({ id, labels, name }) => ({
        service: serviceOf(labels),
        number: labels['com.docker.compose.container-number'] ?? name,
        ...(await engine.topContainer(id, undefined, signal)),
      })),
    );
    // Engines on Windows list other columns: each has its place by its name.
    const titles = [...new Set(lists.flatMap((list) => list.titles))];
    const rows = lists.flatMap((list) =>
      list.processes.map((process) => [
        list.service,
        list.number,
        ...titles.map((title) => process[list.titles.indexOf(title)] ?? '-'),
      ]),
    );
    if (rows.length > 0) output.write(formatTable(['SERVICE', '#', ...titles], rows, { least: 4, gap: 2 }));
    return 0;
  },
};
