import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { isOneOff, label } from '../project/labels.ts';
import { observeContainers } from './observe.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ContainerState, ContainerSummary, Health } from '../api/engine-objects.ts';
import type { ProjectTarget } from '../project/project-target.ts';

/** One container as `docker compose ps --format json` shows it. */
export interface PsRow {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly command: string;
  readonly project: string;
  readonly service: string;
  /** Unix time, ms. */
  readonly createdAt: number;
  readonly state: ContainerState;
  readonly status: string;
  /** `none` unless it runs and has a health check. */
  readonly health: Health;
  /** 0 unless it has ended. */
  readonly exitCode: number;
  readonly publishers: readonly Publisher[];
  readonly labels: Readonly<Record<string, string>>;
  readonly mounts: readonly string[];
  /** How many of the mounts are volumes of the local driver. */
  readonly localVolumes: number;
  readonly networks: readonly string[];
}

export interface Publisher {
  /** The address on the engine's host; empty for a port that is only exposed. */
  readonly url: string;
  readonly targetPort: number;
  /** 0 for a port that is only exposed. */
  readonly publishedPort: number;
  readonly protocol: string;
}

export interface PsOptions {
  readonly services?: readonly string[];
  /** Also containers that do not run, and those of `run`. */
  readonly all?: boolean;
  /** Only these states (implies `all`). */
  readonly states?: readonly string[];
  /** Also of services that the files do not have; default: yes. */
  readonly orphans?: boolean;
}

/** A project's containers by name. Rejects a service that the files do not have. */
export async function ps(
  engine: EnginePort,
  target: ProjectTarget,
  options: PsOptions,
  signal: AbortSignal,
): Promise<readonly PsRow[]> {
  return psRows(await observeContainers(engine, target.name, signal), target, options);
}

function psRows(
  containers: readonly ContainerSummary[],
  target: ProjectTarget,
  options: PsOptions,
): readonly PsRow[] {
  const declared = target.loaded === undefined ? undefined : Object.keys(target.loaded.project.services);
  for (const name of options.services ?? []) {
    if (declared !== undefined && !declared.includes(name)) {
      throw new EngineError('not-found', say`no such service: ${name}`, { subject: name });
    }
  }
  const named = (options.services ?? []).length > 0 ? options.services : undefined;
  const services = named ?? (options.orphans === false ? declared : undefined);
  const states = options.states ?? [];
  const all = options.all === true || states.length > 0;
  return containers
    .filter((container) => services?.includes(container.labels[label.service] ?? '') ?? true)
    .filter((container) => all || (isUp(container) && !isOneOff(container.labels)))
    .filter((container) => states.length === 0 || states.includes(container.state))
    .map(toRow);
}

function toRow(container: ContainerSummary): PsRow {
  const ended = container.state === 'exited' || container.state === 'dead';
  return {
    id: container.id,
    name: container.name,
    image: container.image,
    command: container.command,
    project: container.labels[label.project] ?? '',
    service: container.labels[label.service] ?? '',
    createdAt: container.createdAt,
    state: container.state,
    status: container.status,
    health: container.state === 'running' ? container.health : 'none',
    exitCode: ended ? (container.exitCode ?? 0) : 0,
    publishers: container.ports
      .map((port) => ({
        url: port.hostIp,
        targetPort: port.containerPort,
        publishedPort: port.hostPort ?? 0,
        protocol: port.protocol,
      }))
      .sort((a, b) => a.targetPort - b.targetPort),
    labels: container.labels,
    mounts: container.mounts.map((mount) => mount.name ?? mount.source),
    localVolumes: container.mounts.filter((mount) => mount.type === 'volume').length,
    networks: Object.keys(container.networks),
  };
}

function isUp(container: ContainerSummary): boolean {
  return container.state === 'running' || container.state === 'paused' || container.state === 'restarting';
}
