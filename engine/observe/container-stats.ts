import type { EnginePort } from '../api/engine-port.ts';

/** What a container uses at one moment. */
export interface ContainerStats {
  /** 100 is one whole processor. */
  readonly cpuPercent: number;
  /** Bytes, without what the system keeps of files and can give back. */
  readonly memory: number;
  readonly memoryLimit: number;
  readonly memoryPercent: number;
  readonly networkReceived: number;
  readonly networkSent: number;
  readonly blockRead: number;
  readonly blockWritten: number;
  readonly processes: number;
  /** When the engine took the sample: Unix time, ms; 0 when it does not say. */
  readonly readAt: number;
}

/** About one a second, until the container or the iteration ends; one only without `stream`. Rejects with `EngineError`. */
export async function* containerStats(
  engine: EnginePort,
  id: string,
  options: { readonly stream: boolean },
  signal: AbortSignal,
): AsyncGenerator<ContainerStats> {
  for await (const sample of await engine.containerStats(id, options, signal)) yield toStats(sample);
}

/** From a sample as the engine sends it, by the Docker CLI's formulas. A stopped container's sample is all zeros. */
export function toStats(sample: unknown): ContainerStats {
  const root = record(sample);
  const cpu = record(root.cpu_stats);
  const before = record(root.precpu_stats);
  const memory = record(root.memory_stats);
  const used = number(record(cpu.cpu_usage).total_usage) - number(record(before.cpu_usage).total_usage);
  const system = number(cpu.system_cpu_usage) - number(before.system_cpu_usage);
  const perCpu = record(cpu.cpu_usage).percpu_usage;
  const processors = number(cpu.online_cpus) || (Array.isArray(perCpu) ? perCpu.length : 0);
  const details = record(memory.stats);
  // Control groups of version 1 and 2 name it differently.
  const cache = number(details.total_inactive_file) || number(details.inactive_file);
  const usage = number(memory.usage);
  const own = cache < usage ? usage - cache : usage;
  const limit = number(memory.limit);
  const networks = Object.values(record(root.networks)).map(record);
  const blocks = record(root.blkio_stats).io_service_bytes_recursive;
  const blockSum = (operation: string) =>
    (Array.isArray(blocks) ? blocks.map(record) : [])
      .filter(({ op }) => String(op).toLowerCase() === operation)
      .reduce((sum, { value }) => sum + number(value), 0);
  return {
    cpuPercent: used > 0 && system > 0 ? (used / system) * processors * 100 : 0,
    memory: own,
    memoryLimit: limit,
    memoryPercent: limit > 0 ? (own / limit) * 100 : 0,
    networkReceived: networks.reduce((sum, { rx_bytes }) => sum + number(rx_bytes), 0),
    networkSent: networks.reduce((sum, { tx_bytes }) => sum + number(tx_bytes), 0),
    blockRead: blockSum('read'),
    blockWritten: blockSum('write'),
    processes: number(record(root.pids_stats).current),
    readAt: typeof root.read === 'string' ? Math.max(0, Date.parse(root.read) || 0) : 0,
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
