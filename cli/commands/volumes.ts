import type { VolumeDetails } from '#engine/api/engine-objects.ts';
import type { Command } from '../frame/command.ts';
import { formatTemplate } from '../frame/go-template.ts';
import { goJson } from '../frame/go-json.ts';
import { requireServices } from '../frame/service-names.ts';
import { formatTable } from '../frame/table.ts';

export const volumes: Command = {
  name: 'volumes',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'List volumes',
  options: [
    {
      name: 'format',
      type: 'text',
      default: 'table',
      description: "Format the output: 'table', 'json', 'table TEMPLATE' or a Go template",
    },
    { name: 'quiet', short: 'q', type: 'flag', description: 'Only display volume names' },
  ],

  async run(context) {
    const { options, output, signal } = context;
    const services = context.arguments;
    const format = options.text('format') ?? 'table';
    const target = await context.target({ allProfiles: true });
    requireServices(target, services);
    const engine = await context.engine();
    const labels = [`com.docker.compose.project=${target.name}`];
    const found = (await engine.listVolumes({ labels }, signal))
      .filter(({ name }) => services.length === 0 || isUsed(name, services))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    if (options.flag('quiet')) output.write(found.map(({ name }) => `${name}\n`).join(''));
    else if (format === 'json') output.write(found.map((volume) => `${goJson(toRow(volume))}\n`).join(''));
    else if (format !== 'table' && format !== '')
      output.write(formatTemplate(format, found.map(toRow), { Name: 'VOLUME NAME' }));
    else
      output.write(
        formatTable(
          ['DRIVER', 'VOLUME NAME'],
          found.map(({ driver, name }) => [driver, name]),
        ),
      );
    return 0;

    function isUsed(name: string, names: readonly string[]): boolean {
      const declared = target.loaded?.project;
      return names.some((service) =>
        declared?.services[service]?.volumes?.some(
          ({ type, source }) =>
            type === 'volume' && source !== undefined && declared.volumes?.[source]?.name === name,
        ),
      );
    }
  },
};

/** Docker's own columns, most of which only its disk usage report fills. */
function toRow({ name, driver, mountpoint, labels }: VolumeDetails) {
  const none = 'N/A';
  return {
    Availability: none,
    Driver: driver,
    Group: none,
    Labels: Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(','),
    Links: none,
    Mountpoint: mountpoint,
    Name: name,
    Scope: 'local',
    Size: none,
    Status: none,
  };
}
