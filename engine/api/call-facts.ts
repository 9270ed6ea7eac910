import type { EnginePort } from './engine-port.ts';

/** What is known of a call of the engine beside its answer. */
export interface CallFacts {
  /**
   * `reads`: nothing is different afterwards, so that it may be made in a dry run, and asked again. `transfers`: moves an image or a file, and nothing
   * else is asked of what was moved. `changes`: everything else.
   */
  readonly effect: 'reads' | 'changes' | 'transfers';
  /** An engine goes on with what it was told although nobody listens: cancelled under way, the call still ends (`finish-calls.ts`). */
  readonly finishes: boolean;
  /**
   * In ms, how long an engine that lives may leave the call without a byte of an answer; a connection that something in between has lost would be
   * waited on for ever. `never` too long: what takes as long as what it is asked for (stopping, waiting, copying, pruning, following).
   */
  readonly answerWithin: number | 'never';
}

/** Every call of the port. */
export type EngineCall = Exclude<keyof EnginePort, 'info'>;

const noting = 10_000;
const working = 30_000;
const telling = 120_000;

const reads = { effect: 'reads', finishes: false, answerWithin: 'never' } as const;
/** Reads of what an engine knows, or can ask a registry for. */
const tells = { ...reads, answerWithin: telling } as const;
const transfers = { effect: 'transfers', finishes: false, answerWithin: 'never' } as const;
const changes = { effect: 'changes', finishes: false, answerWithin: 'never' } as const;
/** Changes that an engine only notes down. */
const notes = { ...changes, answerWithin: noting } as const;
/** Changes for which it has to start or remove something. */
const works = { ...changes, answerWithin: working } as const;
const finishes = { finishes: true } as const;

/** One row for each call; a call without one does not compile. */
export const callFacts = {
  ping: tells,
  architecture: tells,
  listEngineLabels: tells,
  close: reads,

  listContainers: tells,
  inspectContainer: tells,
  createContainer: { ...works, ...finishes },
  startContainer: { ...works, ...finishes },
  stopContainer: { ...changes, ...finishes },
  restartContainer: { ...changes, ...finishes },
  killContainer: { ...works, ...finishes },
  pauseContainer: { ...notes, ...finishes },
  unpauseContainer: { ...notes, ...finishes },
  renameContainer: { ...notes, ...finishes },
  removeContainer: { ...works, ...finishes },
  commitContainer: changes,
  exportContainer: reads,
  putArchive: transfers,
  inspectPath: tells,
  getArchive: reads,
  // Runs the container's health check.
  probeContainer: changes,
  waitContainer: reads,
  attachContainer: changes,
  resizeContainer: notes,
  topContainer: tells,
  containerStats: reads,

  listNetworks: tells,
  inspectNetwork: tells,
  createNetwork: { ...works, ...finishes },
  connectNetwork: { ...works, ...finishes },
  disconnectNetwork: { ...works, ...finishes },
  removeNetwork: { ...works, ...finishes },
  listVolumes: tells,
  inspectVolume: tells,
  createVolume: { ...notes, ...finishes },
  removeVolume: { ...works, ...finishes },

  inspectImage: tells,
  listImages: tells,
  removeImage: { ...changes, ...finishes },
  pullImage: transfers,
  credentials: reads,
  inspectRemoteImage: tells,
  prune: changes,
  inspectImageHistory: tells,
  exportImage: reads,
  loadImage: transfers,
  inspectDisk: reads,
  tagImage: notes,
  pushImage: transfers,
  buildImage: transfers,
  solveBuild: transfers,
  askBuilder: reads,
  inspectBuilder: reads,

  containerLogs: reads,
  createExec: notes,
  startExec: changes,
  startDetachedExec: changes,
  resizeExec: notes,
  inspectExec: tells,
  events: reads,

  inspectSwarmMembership: tells,
  initSwarm: changes,
  joinSwarm: changes,
  leaveSwarm: changes,
  getJoinTokens: tells,
  rotateJoinToken: changes,
  listSwarmNodes: tells,
  inspectSwarmNode: tells,
  updateSwarmNode: changes,
  removeSwarmNode: changes,
  listServices: tells,
  inspectService: tells,
  createService: changes,
  updateService: changes,
  removeService: changes,
  listTasks: tells,
  getServiceLogs: reads,
  listSwarmFiles: tells,
  createSwarmFile: changes,
  updateSwarmFile: changes,
  removeSwarmFile: changes,
} as const satisfies Readonly<Record<EngineCall, CallFacts>>;

/** The calls of which something is so, in the order of the table. */
export function callsWhere(holds: (facts: CallFacts) => boolean): readonly EngineCall[] {
  const names = Object.keys(callFacts) as readonly EngineCall[];
  return names.filter((name) => holds(callFacts[name]));
}
