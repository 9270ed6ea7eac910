import type { Service } from '#compose/model/project.ts';
import { ignoreMissing } from '../api/ignore-missing.ts';
import { recordOf } from '#compose/values/record.ts';
import { EngineError } from '../api/engine-error.ts';
import type { ContainerDetails, ContainerSummary } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { logs } from '../logs/read-logs.ts';
import { architectureOf } from '../project/architectures.ts';
import { isOneOff, label, parseDependsOnLabel } from '../project/labels.ts';
import { nodeHost } from '../project/disk-host.ts';
import { imageName, networkAliases } from '../project/names.ts';
import type { ProjectTarget } from '../project/project-target.ts';
import type { ContainerFacts, FactLine, FailureFacts, PeerFacts } from './facts.ts';
import { gatherWorked, madeFrom } from './gather-worked.ts';
import { listenersIn } from './listeners.ts';
import { linesOfLastRun } from './last-run.ts';

/** So many last lines of a log are looked at. */
const tail = 60;

/**
 * Asks the engine for all that an explanation of a service is made from, and changes nothing. `undefined`: the project has no such service, neither in
 * its files nor on the engine. Rejects with `EngineError`.
 */
export async function gatherFacts(
  engine: EnginePort,
  { name: project, loaded }: ProjectTarget,
  service: string,
  signal: AbortSignal,
): Promise<FailureFacts | undefined> {
  const listed = await engine.listContainers({ labels: [`${label.project}=${project}`], all: true }, signal);
  const containers = listed.filter(({ labels }) => !isOneOff(labels));
  const active = loaded?.project.services[service];
  const declared = active ?? loaded?.disabled[service];
  const replicas = containers.filter((each) => serviceOf(each) === service);
  const worst = worstOf(replicas);
  if (declared === undefined && worst === undefined) return undefined;

  const details = worst === undefined ? undefined : await engine.inspectContainer(worst.id, signal);
  const lines =
    worst === undefined || details === undefined
      ? []
      : await lastRun(engine, project, worst, details, signal);
  const [container, image, processor, worked] = await Promise.all([
    worst === undefined || details === undefined ? undefined : containerFacts(engine, worst, details, signal),
    imageFacts(engine, project, service, declared, details, signal),
    engine.architecture(signal),
    details === undefined || isWell(details)
      ? undefined
      : gatherWorked(engine, project, service, replicas, details, signal),
  ]);
  const others = [
    ...new Set([...containers.map(serviceOf), ...Object.keys(loaded?.project.services ?? {})]),
  ].filter((each) => each !== service && each !== '');
  // Only what tells of others is worth asking about them.
  const isAsked = lines.some(({ text }) =>
    /refused|resolve|getaddrinfo|lookup|host|address|connect/i.test(text),
  );
  const text = lines.map((line) => line.text).join('\n');
  const peers = await Promise.all(
    others.map((name) => peerFacts(engine, name, containers, isAsked ? text : undefined, signal)),
  );
  const fromFiles = Object.entries(declared?.depends_on ?? {}).map(
    ([name, each]) => [name, each.condition] as const,
  );
  const fromLabel = Object.entries(parseDependsOnLabel(worst?.labels[label.dependsOn])).map(
    ([name, each]) => [name, each.condition] as const,
  );
  return {
    service,
    container,
    image,
    platform: `${engine.info.os}/${architectureOf(processor)}`,
    lines,
    peers,
    dependencies: recordOf<string>(fromFiles.length > 0 ? fromFiles : fromLabel),
    isOff: active === undefined && declared !== undefined,
    ...(worked !== undefined &&
      details !== undefined && { compared: { worked, now: { ...madeFrom(details), id: details.id } } }),
  };
}

function serviceOf({ labels }: ContainerSummary): string {
  return labels[label.service] ?? '';
}

/** Nothing that an earlier state could explain. */
function isWell({ state, health, exitCode, restartCount }: ContainerDetails): boolean {
  if (state === 'exited') return exitCode === 0;
  return state === 'running' && (health === 'healthy' || (health === 'none' && restartCount === 0));
}

/** The replica that it goes worst with. */
function worstOf(replicas: readonly ContainerSummary[]): ContainerSummary | undefined {
  const rank = ({ state, health, exitCode }: ContainerSummary): number => {
    if (state === 'restarting' || state === 'dead') return 0;
    if (state === 'exited') return exitCode === 0 ? 4 : 1;
    if (state === 'created') return 2;
    if (health === 'unhealthy') return 3;
    return health === 'starting' ? 5 : 6;
  };
  return [...replicas].sort((a, b) => rank(a) - rank(b))[0];
}

/** What was written in the last run. */
async function lastRun(
  engine: EnginePort,
  project: string,
  { id }: ContainerSummary,
  details: ContainerDetails,
  signal: AbortSignal,
): Promise<readonly FactLine[]> {
  const lines: FactLine[] = [];
  try {
    for await (const { text, time } of logs(
      engine,
      { project, containerIds: [id] },
      { follow: false, tail },
      signal,
    ))
      if (text.trim() !== '')
        lines.push({ text: plain(text), time: time === undefined ? undefined : Date.parse(time) });
  } catch (error) {
    // A logging driver that cannot be read is no reason to say nothing.
    if (!(error instanceof EngineError) || error.kind === 'cancelled' || error.kind === 'unreachable')
      throw error;
  }
  return linesOfLastRun(lines, details);
}

/** Without colours and other control sequences. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to go.
  return text.replaceAll(/\u001b\[[\d;?]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trimEnd();
}

async function containerFacts(
  engine: EnginePort,
  { id, ports }: ContainerSummary,
  details: ContainerDetails,
  signal: AbortSignal,
): Promise<ContainerFacts> {
  const { config, hostConfig } = details;
  const words = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  const bindings =
    typeof hostConfig.PortBindings === 'object' ? Object.keys(hostConfig.PortBindings ?? {}) : [];
  const policy = recordOfUnknown(hostConfig.RestartPolicy).Name;
  return {
    name: details.name,
    state: details.state,
    health: details.health,
    healthOutput: details.healthOutput,
    exitCode: details.exitCode,
    isOomKilled: details.oomKilled === true,
    error: details.error,
    restartCount: details.restartCount,
    memoryLimit: typeof hostConfig.Memory === 'number' ? hostConfig.Memory : 0,
    user: typeof config.User === 'string' ? config.User : '',
    command: [...words(config.Entrypoint), ...words(config.Cmd)],
    isInteractive: config.OpenStdin === true || config.Tty === true,
    restarts: policy === 'always' || policy === 'unless-stopped' || policy === 'on-failure',
    networkMode: typeof hostConfig.NetworkMode === 'string' ? hostConfig.NetworkMode : '',
    networks: Object.keys(details.networks),
    published: [
      ...new Set([
        ...bindings.filter((each) => !each.endsWith('/udp')).map((each) => Number.parseInt(each, 10)),
        ...ports
          .filter(({ hostPort, protocol }) => hostPort !== undefined && protocol === 'tcp')
          .map((each) => each.containerPort),
      ]),
    ],
    mounts: details.mounts.map(({ type, source, destination }) => ({ type, source, destination })),
    missingSources: details.state === 'created' ? await missingSources(engine, details) : [],
    listeners: details.state === 'running' ? await listenersIn(engine, id, signal) : undefined,
  };
}

/** Only where the engine is on this machine. */
async function missingSources(engine: EnginePort, { mounts }: ContainerDetails): Promise<readonly string[]> {
  if (!engine.info.endpoint.startsWith('unix:')) return [];
  const { files } = nodeHost({});
  const sources = mounts.flatMap(({ type, source }) => (type === 'bind' ? [source] : []));
  const found = await Promise.all(sources.map((source) => files.stat(source)));
  return sources.filter((_, at) => found[at] === 'missing');
}

function recordOfUnknown(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

async function imageFacts(
  engine: EnginePort,
  project: string,
  service: string,
  declared: Service | undefined,
  details: ContainerDetails | undefined,
  signal: AbortSignal,
): Promise<FailureFacts['image']> {
  const name = details?.image ?? (declared === undefined ? undefined : imageName(project, service, declared));
  if (name === undefined || (details === undefined && declared?.build !== undefined)) return undefined;
  try {
    const { os, architecture } = await engine.inspectImage(details?.imageId ?? name, signal);
    return { name, isHere: true, platform: architecture === '' ? undefined : `${os}/${architecture}` };
  } catch (error) {
    if (error instanceof EngineError && (error.kind === 'not-found' || error.kind === 'image-missing'))
      return { name, isHere: false, platform: undefined };
    throw error;
  }
}

async function peerFacts(
  engine: EnginePort,
  service: string,
  containers: readonly ContainerSummary[],
  /** All that the service wrote; `undefined`: nothing of it is about others. */
  said: string | undefined,
  signal: AbortSignal,
): Promise<PeerFacts> {
  const replicas = containers.filter((each) => serviceOf(each) === service);
  const chosen = replicas.find(({ state }) => state === 'running') ?? replicas[0];
  const none = {
    service,
    health: 'none' as const,
    exitCode: undefined,
    networks: [],
    names: [service],
    addresses: [],
    startedAt: undefined,
    listeners: undefined,
  };
  if (chosen === undefined) return { ...none, state: 'absent' };
  const { state, health, exitCode, networks: joined } = chosen;
  const listed = { ...none, state, health, exitCode, networks: Object.keys(joined) };
  if (said === undefined) return listed;
  const details = await ignoreMissing(engine.inspectContainer(chosen.id, signal));
  if (details === undefined) return { ...none, state: 'absent' };
  const networks = Object.values(details.networks);
  const { startedAt, config } = details;
  const isRunning = state === 'running';
  const names = [
    ...networkAliases(
      details.name,
      service,
      networks.flatMap(({ aliases }) => aliases),
    ),
    ...(typeof config.Hostname === 'string' ? [config.Hostname] : []),
  ];
  const addresses = networks.flatMap(({ ipAddress }) => (ipAddress === '' ? [] : [ipAddress]));
  const isNamed = [...names, ...addresses].some((each) => said.includes(each));
  return {
    ...listed,
    names,
    addresses,
    startedAt: isRunning ? startedAt : undefined,
    listeners: isRunning && isNamed ? await listenersIn(engine, chosen.id, signal) : undefined,
  };
}
