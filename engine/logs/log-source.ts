import { EngineError } from '../api/engine-error.ts';
import type { StampedLine } from './log-reader.ts';
import type { EnginePort } from '../api/engine-port.ts';

export interface LogLine {
  readonly containerId: string;
  readonly containerName: string;
  readonly service: string;
  readonly stream: 'stdout' | 'stderr';
  /** Without its line end. */
  readonly text: string;
  /** RFC 3339 with nanoseconds, as the engine wrote it. */
  readonly time: string | undefined;
}

/** Whose logs: all containers of a project, of these services, or just these containers of it. One-off containers only by id; containers of no project with an empty one, by id. */
export interface LogSelection {
  readonly project: string;
  readonly services?: readonly string[];
  readonly containerIds?: readonly string[];
}

export interface LogsOptions {
  /** Goes on with what is written from now on, across restarts and with containers that join, until the signal fires. */
  readonly follow: boolean;
  /** With `follow`: end when none of the containers is running any more. */
  readonly untilStopped?: boolean;
  /** The last lines of each container's history; absent: all. */
  readonly tail?: number;
  /** Unix seconds with a fraction (`toEngineTime`). */
  readonly since?: string;
  readonly until?: string;
  /** `false`: nobody looks at {@link LogLine.time}. Where the order needs none either, the engine is spared the writing of them. */
  readonly times?: boolean;
  /** With `follow`: from here on nothing that a container writes is missed, if it starts only now. */
  readonly onFollowing?: () => void;
  /** With `follow`: a run of the container is over, and every line of it has been handed out (as far as it could be read). It may start again. */
  readonly onEnded?: (source: LogSource) => void;
  /** A container whose logs cannot be read, and why (a logging driver without reading). */
  readonly onUnreadable?: (containerName: string, error: EngineError) => void;
}

/** A container whose log is read. */
export interface LogSource {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly running: boolean;
}

const projectLabel = 'com.docker.compose.project';
const serviceLabel = 'com.docker.compose.service';
const oneOffLabel = 'com.docker.compose.oneoff';

/** The label filters that select a project's containers, for listings and events. */
export function logLabels(selection: LogSelection): readonly string[] {
  return selection.project === '' ? [] : [`${projectLabel}=${selection.project}`];
}

/** The containers that a selection means now, by name. */
export async function listSources(
  engine: EnginePort,
  selection: LogSelection,
  signal: AbortSignal,
): Promise<readonly LogSource[]> {
  const containers = await engine.listContainers({ labels: logLabels(selection), all: true }, signal);
  return containers
    .filter(({ id, labels }) => isSelected(selection, id, labels))
    .map(({ id, name, labels, state }) => ({
      id,
      name,
      service: labels[serviceLabel] ?? '',
      running: state === 'running' || state === 'restarting' || state === 'paused',
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** Also for the attributes of an event, which hold the container's labels. */
export function isSelected(
  { services, containerIds }: LogSelection,
  id: string,
  labels: Readonly<Record<string, string>>,
): boolean {
  if (containerIds !== undefined) return containerIds.includes(id);
  const service = labels[serviceLabel];
  if (service === undefined || labels[oneOffLabel] === 'True') return false;
  // A container without the hash belongs to a hook: Docker Compose does not see it either.
  if (labels['com.docker.compose.config-hash'] === undefined) return false;
  return services === undefined || services.length === 0 || services.includes(service);
}

/** Whether an error says that the container is gone, which ends its log and nothing else. */
export function isGone(error: unknown): boolean {
  return error instanceof EngineError && (error.kind === 'not-found' || error.kind === 'conflict');
}

/** Whether an error concerns this container alone. */
export function isUnreadable(error: unknown): error is EngineError {
  return (
    error instanceof EngineError &&
    (error.kind === 'unsupported' || error.kind === 'invalid' || error.kind === 'engine')
  );
}

export function toLogLine({ id, name, service }: LogSource, { stream, text, stamp }: StampedLine): LogLine {
  return {
    containerId: id,
    containerName: name,
    service,
    stream,
    text,
    time: stamp === '' ? undefined : stamp,
  };
}
