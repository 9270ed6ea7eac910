import { recordOf } from '#compose/values/record.ts';
import { type Runtime, runtimes } from '#engine/debug/runtime.ts';
import { debugType } from '../ids.ts';

/** A configuration of that type, as it stands in `launch.json`. What else it holds goes to the runtime's own debugger as it is. */
export interface ServiceConfiguration {
  readonly type: typeof debugType;
  readonly request: 'attach' | 'launch';
  readonly name: string;
  /** The project's name; absent: the one in the workspace that has the service. */
  readonly project?: string;
  readonly service: string;
  /** Which of several containers, from 1; absent: the one there is, else the one picked. */
  readonly replica?: number;
  /** Absent: what is found out. */
  readonly runtime?: Runtime;
  /** Absent: as the files say. */
  readonly pathMappings?: readonly { readonly localRoot: string; readonly remoteRoot: string }[];
  /** Break before the first line; where the service is restarted. */
  readonly stopOnEntry?: boolean;
  /** Attach again when the program has been started anew. Default: yes. */
  readonly reattach?: boolean;
  /** The key of the stack, where a row was chosen: two engines can run projects of one name. Never written down. */
  readonly stack?: string;
  /** The service was started under its debugger for this session, and waits for it. Never written down. */
  readonly underDebugger?: boolean;
  /** The service runs otherwise than its files say for this session, and goes back after it. Never written down. */
  readonly overridden?: boolean;
}

/** What is ours in a configuration. */
const own = new Set([
  'type',
  'request',
  'name',
  'project',
  'service',
  'replica',
  'runtime',
  'pathMappings',
  'stopOnEntry',
  'reattach',
  'stack',
  'underDebugger',
  'overridden',
]);

/** The rest of a configuration: what a person wrote for the runtime's debugger. */
export function furtherOptions(configuration: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return recordOf(Object.entries(configuration).filter(([key]) => !own.has(key)));
}

/** Reads what a person may have written in any way. `undefined`: it names no service. */
export function readConfiguration(raw: Readonly<Record<string, unknown>>): ServiceConfiguration | undefined {
  const {
    request,
    name,
    project,
    service,
    replica,
    runtime,
    pathMappings,
    stopOnEntry,
    reattach,
    stack,
    underDebugger,
    overridden,
  } = raw;
  if (typeof service !== 'string' || service === '') return undefined;
  const known = runtimes.find((each) => each === runtime);
  return {
    type: debugType,
    request: request === 'launch' ? 'launch' : 'attach',
    name: typeof name === 'string' && name !== '' ? name : service,
    service,
    ...(typeof project === 'string' && project !== '' ? { project } : {}),
    ...(typeof replica === 'number' ? { replica } : {}),
    ...(known === undefined ? {} : { runtime: known }),
    ...(Array.isArray(pathMappings) ? { pathMappings: pathMappings.filter(isMapping) } : {}),
    ...(stopOnEntry === true ? { stopOnEntry } : {}),
    ...(reattach === false ? { reattach } : {}),
    ...(typeof stack === 'string' ? { stack } : {}),
    ...(underDebugger === true ? { underDebugger } : {}),
    ...(overridden === true ? { overridden } : {}),
  };
}

function isMapping(value: unknown): value is { readonly localRoot: string; readonly remoteRoot: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'localRoot' in value &&
    typeof value.localRoot === 'string' &&
    'remoteRoot' in value &&
    typeof value.remoteRoot === 'string'
  );
}
