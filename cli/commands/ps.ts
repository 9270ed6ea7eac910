import { ps as listContainers, type PsRow } from '#engine/observe/container-rows.ts';
import { configDirectory, readDockerConfig } from '#engine/connect/config-file.ts';
import type { Command, CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { goJson } from '../frame/go-json.ts';
import { formatPorts } from '../frame/format-ports.ts';
import { ellipsis, formatTable } from '../frame/table.ts';
import { timeAgo } from '../frame/time-ago.ts';

export const ps: Command = {
  name: 'ps',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'List containers',
  options: [
    {
      name: 'all',
      short: 'a',
      type: 'flag',
      description: 'Show all stopped containers (including those created by the run command)',
    },
    {
      name: 'filter',
      type: 'text',
      description: 'Filter services by a property (supported filters: status)',
    },
    {
      name: 'format',
      type: 'text',
      default: 'table',
      description: "Format output: 'table', 'json', 'table TEMPLATE' or a Go template",
    },
    { name: 'no-trunc', type: 'flag', description: "Don't truncate output" },
    {
      name: 'orphans',
      type: 'flag',
      default: 'true',
      description: 'Include orphaned services (not declared by project)',
    },
    { name: 'quiet', short: 'q', type: 'flag', description: 'Only display IDs' },
    { name: 'services', type: 'flag', description: 'Display services' },
    {
      name: 'status',
      type: 'list',
      description:
        'Filter services by status. Values: [paused | restarting | removing | running | dead | created | exited]',
    },
  ],
  async run(context) {
    const { options, output, signal } = context;
    const format = (options.has('format') ? options.text('format') : await usualFormat(context)) ?? 'table';
    const states = [...options.list('status'), ...statusFilter(options.text('filter'))];
    const services = context.arguments;
    const target = await context.target({ services });
    const rows = await listContainers(
      await context.engine(),
      target,
      { services, all: options.flag('all'), states, orphans: options.flag('orphans') },
      signal,
    );
    const truncate = !options.flag('no-trunc');
    if (options.flag('quiet')) output.write(rows.map(({ id }) => `${id}\n`).join(''));
    else if (options.flag('services')) {
      output.write(`${[...new Set(rows.map(({ service }) => service))].join('\n')}\n`);
    } else if (format === 'json') {
      output.write(rows.map((row) => `${goJson(toJson(row, truncate))}\n`).join(''));
    } else if (format === 'table' || format === '') output.write(toTable(rows, truncate));
    else {
      const { formatTemplate } = await import('../frame/go-template.ts');
      output.write(
        formatTemplate(
          format,
          rows.map((row) => toJson(row, truncate)),
          headers,
        ),
      );
    }
    return 0;
  },
};

/** `psFormat` of the Docker CLI's configuration. */
async function usualFormat({ environment, home }: CommandContext): Promise<string | undefined> {
  const { psFormat } = await readDockerConfig(configDirectory(environment, home));
  return typeof psFormat === 'string' && psFormat !== '' ? psFormat : undefined;
}

/** Where a table's head is not the field's name in capitals. */
const headers = {
  ID: 'CONTAINER ID',
  CreatedAt: 'CREATED AT',
  RunningFor: 'CREATED',
  LocalVolumes: 'LOCAL VOLUMES',
  ExitCode: 'EXIT CODE',
};

/** As `docker compose ps` prints them. */
export function toTable(rows: readonly PsRow[], truncate: boolean): string {
  const now = Date.now();
  const hasEngine = rows.some((row) => engineOf(row) !== '');
  return formatTable(
    ['NAME', 'IMAGE', 'COMMAND', 'SERVICE', 'CREATED', 'STATUS', 'PORTS', ...(hasEngine ? ['ENGINE'] : [])],
    rows.map((row) => [
      row.name,
      row.image,
      commandOf(row, truncate),
      row.service,
      `${timeAgo(now - row.createdAt)} ago`,
      row.status,
      formatPorts(row.publishers),
      ...(hasEngine ? [engineOf(row)] : []),
    ]),
  );
}

/** The name of the engine that Docker Compose 5.5 writes on containers where there are several; mostly none. */
function engineOf({ labels }: PsRow): string {
  return labels['com.docker.compose.engine'] ?? '';
}

/** The keys of `docker compose ps --format json`, in its order. */
export function toJson(row: PsRow, truncate: boolean): Readonly<Record<string, unknown>> {
  return {
    Command: commandOf(row, truncate),
    CreatedAt: new Date(row.createdAt)
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z$/, ' +0000 UTC'),
    ...(engineOf(row) !== '' && { Engine: engineOf(row) }),
    ExitCode: row.exitCode,
    Health: row.health === 'none' ? '' : row.health,
    ID: truncate ? row.id.slice(0, 12) : row.id,
    Image: row.image,
    Labels: Object.entries(row.labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
    LocalVolumes: String(row.localVolumes),
    Mounts: row.mounts.map((mount) => (truncate ? ellipsis(mount, 15) : mount)).join(','),
    Name: row.name,
    Names: row.name,
    Networks: row.networks.join(','),
    Ports: formatPorts(row.publishers),
    Project: row.project,
    Publishers: row.publishers.map(({ url, targetPort, publishedPort, protocol }) => ({
      URL: url,
      TargetPort: targetPort,
      PublishedPort: publishedPort,
      Protocol: protocol,
    })),
    RunningFor: `${timeAgo(Date.now() - row.createdAt)} ago`,
    Service: row.service,
    Size: '0B',
    State: row.state,
    Status: row.status,
  };
}

function commandOf(row: PsRow, truncate: boolean): string {
  return JSON.stringify(truncate ? ellipsis(row.command, 20) : row.command);
}

function statusFilter(filter: string | undefined): readonly string[] {
  if (filter === undefined || filter === '') return [];
  const [key, value] = filter.split('=');
  if (value === undefined) throw new CommandError('arguments to --filter should be in form KEY=VAL');
  if (key !== 'status') throw new CommandError(`unknown filter ${key}`);
  return [value];
}
