import { setTimeout as delay } from 'node:timers/promises';
import { EngineError } from '#engine/api/engine-error.ts';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { type ContainerStats, containerStats } from '#engine/observe/container-stats.ts';
import type { Command } from '../frame/command.ts';
import { formatTemplate } from '../frame/go-template.ts';
import { goJson } from '../frame/go-json.ts';
import { listServiceContainers } from '../frame/service-names.ts';
import { binarySize, decimalSize } from '#engine/project/format-size.ts';
import { formatTable } from '../frame/table.ts';

export const stats: Command = {
  name: 'stats',
  usage: '[OPTIONS] [SERVICE]',
  summary: 'Display a live stream of container(s) resource usage statistics',
  arguments: { most: 1 },
  options: [
    {
      name: 'all',
      short: 'a',
      type: 'flag',
      description: 'Show all containers (default shows just running)',
    },
    {
      name: 'format',
      type: 'text',
      default: 'table',
      description: "Format the output: 'table', 'json', 'table TEMPLATE' or a Go template",
    },
    {
      name: 'no-stream',
      type: 'flag',
      description: 'Disable streaming stats and only pull the first result',
    },
    { name: 'no-trunc', type: 'flag', description: 'Do not truncate output' },
  ],

  async run(context) {
    const { options, output, signal } = context;
    const services = context.arguments;
    const format = options.text('format') ?? 'table';
    const target = await context.target({ allProfiles: true });
    const engine = await context.engine();
    const listed = { all: options.flag('all') };
    const containers = await listServiceContainers(engine, target.name, services, listed, signal);
    const stream = !options.flag('no-stream');
    const latest = new Map<string, ContainerStats>();
    const readings = containers.map(async ({ id }) => {
      try {
        for await (const sample of containerStats(engine, id, { stream }, signal)) latest.set(id, sample);
      } catch (error) {
        if (!(error instanceof EngineError) || error.kind !== 'not-found') throw error;
      }
      if (stream) latest.delete(id);
    });
    const print = () => {
      const rows = containers.flatMap((container) => {
        const sample = latest.get(container.id);
        return sample === undefined ? [] : [toRow(container, sample, options.flag('no-trunc'))];
      });
      const clear = stream && /^table\b/.test(format) && output.isTerminal ? '\x1b[H\x1b[2J' : '';
      output.write(
        clear +
          (format === 'json'
            ? rows.map((row) => `${goJson(row)}\n`).join('')
            : format === 'table' || format === ''
              ? toTable(rows)
              : formatTemplate(format, rows, headers)),
      );
    };
    const reading = Promise.all(readings);
    if (!stream) {
      await reading;
      print();
      return 0;
    }
    let ended = false;
    const end = reading.finally(() => {
      ended = true;
    });
    while (!ended) {
      // As often as the engine has something new.
      await Promise.race([end, delay(1000, undefined, { signal }).catch(() => {})]);
      print();
    }
    await end;
    return 0;
  },
};

function toRow({ id, name }: ContainerSummary, sample: ContainerStats, whole: boolean) {
  return {
    BlockIO: `${decimalSize(sample.blockRead)} / ${decimalSize(sample.blockWritten)}`,
    CPUPerc: `${sample.cpuPercent.toFixed(2)}%`,
    Container: id,
    ID: whole ? id : id.slice(0, 12),
    MemPerc: `${sample.memoryPercent.toFixed(2)}%`,
    MemUsage: `${binarySize(sample.memory)} / ${binarySize(sample.memoryLimit)}`,
    Name: name,
    NetIO: `${decimalSize(sample.networkReceived)} / ${decimalSize(sample.networkSent)}`,
    PIDs: String(sample.processes),
  };
}

const headers = {
  BlockIO: 'BLOCK I/O',
  CPUPerc: 'CPU %',
  ID: 'CONTAINER ID',
  MemPerc: 'MEM %',
  MemUsage: 'MEM USAGE / LIMIT',
  NetIO: 'NET I/O',
};

function toTable(rows: readonly ReturnType<typeof toRow>[]): string {
  return formatTable(
    ['CONTAINER ID', 'NAME', 'CPU %', 'MEM USAGE / LIMIT', 'MEM %', 'NET I/O', 'BLOCK I/O', 'PIDS'],
    rows.map((row) => [
      row.ID,
      row.Name,
      row.CPUPerc,
      row.MemUsage,
      row.MemPerc,
      row.NetIO,
      row.BlockIO,
      row.PIDs,
    ]),
  );
}
