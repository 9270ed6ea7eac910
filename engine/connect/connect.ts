import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { withChosenVersion } from './chosen-version.ts';
import { configDirectory, readDockerConfig } from './config-file.ts';
import { findContext, listContexts, readTlsFiles } from './contexts.ts';
import { type Endpoint, formatEndpoint, parseHost } from '../api/transport/endpoint.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { EngineInfo } from '../api/engine-objects.ts';
import { Transport } from '../api/transport/transport.ts';
import { translateError } from '../api/translate-error.ts';

export interface ConnectOptions {
  /** The name of a Docker context, before everything else. */
  readonly context?: string;
  /** As in `DOCKER_HOST`. */
  readonly host?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Whether credentials for registries may be looked up, which can start a helper program. Default: yes. */
  readonly useCredentials?: boolean;
}

/** A place to look for an engine, and why there. */
export interface Candidate {
  readonly endpoint: Endpoint;
  /** `context "far"`, `DOCKER_HOST`; for the usual sockets `undefined`. */
  readonly source: string | undefined;
}

/** The newest API whose every field is known here; the oldest with what Compose needs (Engine 20.10). */
const newestApi = 51;
const oldestApi = 41;

/** How long a place may take to answer, in ms. ssh has a hand to shake first, and may have someone to ask. */
const patience = { local: 5000, tcp: 15_000, ssh: 60_000 };

/**
 * The engine that the Docker CLI would use: an explicit context or host, `DOCKER_HOST`, `DOCKER_CONTEXT`, the CLI's current context, else the first
 * of the usual sockets that answers. Rejects with `EngineError`: `unreachable` lists every place that was tried and why it failed.
 */
export async function connect(options: ConnectOptions, signal: AbortSignal): Promise<EnginePort> {
  const candidates = await findCandidates(options);
  const failures: string[] = [];
  for (const candidate of candidates) {
    const { endpoint, source } = candidate;
    if (source === undefined && candidates.length > 1 && !(await mayExist(endpoint))) {
      failures.push(`  ${formatEndpoint(endpoint)}: not there`);
      continue;
    }
    try {
      return await tryEndpoint(candidate, options, signal);
    } catch (error) {
      if (!(error instanceof EngineError) || error.kind !== 'unreachable' || candidates.length === 1)
        throw error;
      failures.push(`  ${formatEndpoint(endpoint)}: ${error.message}`);
    }
  }
  throw new EngineError(
    'unreachable',
    say`No Docker Engine was found. Start Docker, or choose a context or DOCKER_HOST. Tried:\n${failures.join('\n')}`,
  );
}

/** Where `connect` would look, in order. One entry when the user has chosen; rejects with `EngineError` when what was chosen makes no sense. */
export async function findCandidates(options: ConnectOptions): Promise<readonly Candidate[]> {
  const { environment } = options;
  const directory = configDirectory(environment, options.home);
  if (isSet(options.context) && isSet(options.host))
    throw new EngineError('invalid', say`Both a context and a host are specified. Specify only one.`);
  if (isSet(options.context)) return chosenContext(options.context, 'context', options, directory);
  if (isSet(options.host)) return [await chosenHost(options.host, 'host', options, directory)];
  if (isSet(environment.DOCKER_HOST))
    return [await chosenHost(environment.DOCKER_HOST, 'DOCKER_HOST', options, directory)];
  if (isSet(environment.DOCKER_CONTEXT))
    return chosenContext(environment.DOCKER_CONTEXT, 'DOCKER_CONTEXT', options, directory);
  const { currentContext } = await readDockerConfig(directory);
  if (isSet(currentContext)) return chosenContext(currentContext, 'context', options, directory);
  return usualSockets(options);
}

async function chosenContext(
  name: string,
  source: string,
  options: ConnectOptions,
  directory: string,
): Promise<readonly Candidate[]> {
  if (name === 'default') return usualSockets(options);
  const context = await findContext(directory, name);
  if (context === undefined) {
    const known = (await listContexts(directory)).map((each) => each.name);
    throw new EngineError(
      'unreachable',
      say`The Docker context "${name}" does not exist. Available contexts: ${['default', ...known].join(', ')}.`,
      { subject: name },
    );
  }
  const tls = await readTlsFiles(context.tlsDirectory, !context.skipTlsVerify);
  const parsed = parseHost(context.host, tls);
  if (parsed.endpoint === undefined)
    throw new EngineError(
      'invalid',
      say`The host of the Docker context "${name}" cannot be used: ${parsed.reason}.`,
      {
        subject: name,
      },
    );
  const label = source === 'context' ? `context "${name}"` : `${source}, context "${name}"`;
  return [{ endpoint: parsed.endpoint, source: label }];
}

async function chosenHost(
  host: string,
  source: string,
  { environment }: ConnectOptions,
  directory: string,
): Promise<Candidate> {
  // As the Docker CLI: either variable asks for TLS, only the first for a check of who answers.
  const verify = isSet(environment.DOCKER_TLS_VERIFY);
  const certificates = isSet(environment.DOCKER_CERT_PATH) ? environment.DOCKER_CERT_PATH : directory;
  const tls = verify || isSet(environment.DOCKER_TLS) ? await readTlsFiles(certificates, verify) : undefined;
  // The CLI, too, refuses to go on without the authority's, whether it's checked or not.
  if ((verify || isSet(environment.DOCKER_TLS)) && tls?.ca === undefined)
    throw new EngineError(
      'invalid',
      say`TLS to ${host} takes certificates, but ${join(certificates, 'ca.pem')} can't be read. Set DOCKER_CERT_PATH to their folder, or unset DOCKER_TLS_VERIFY and DOCKER_TLS.`,
    );
  const parsed = parseHost(host, tls);
  if (parsed.endpoint === undefined)
    throw new EngineError('invalid', say`${source} cannot be used: ${parsed.reason}.`);
  return { endpoint: parsed.endpoint, source };
}

/** Where engines listen when nobody says otherwise: Docker, rootless Docker, Docker Desktop, Colima, Rancher Desktop, OrbStack, Podman. */
function usualSockets({ environment, home, platform }: ConnectOptions): readonly Candidate[] {
  if (platform === 'win32')
    return ['docker_engine', 'dockerDesktopLinuxEngine', 'podman-machine-default'].map((pipe) => ({
      endpoint: { kind: 'npipe', path: `//./pipe/${pipe}` },
      source: undefined,
    }));
  const runtime = environment.XDG_RUNTIME_DIR;
  const paths = [
    '/var/run/docker.sock',
    ...(isSet(runtime) ? [join(runtime, 'docker.sock')] : []),
    ...['.docker/run', '.docker/desktop', '.colima/default', '.rd', '.orbstack/run'].map((folder) =>
      join(home, folder, 'docker.sock'),
    ),
    ...(isSet(runtime) ? [join(runtime, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
  return paths.map((path) => ({ endpoint: { kind: 'unix', path }, source: undefined }));
}

async function mayExist(endpoint: Endpoint): Promise<boolean> {
  if (endpoint.kind !== 'unix') return true;
  return access(endpoint.path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

async function tryEndpoint(
  { endpoint, source }: Candidate,
  options: ConnectOptions,
  signal: AbortSignal,
): Promise<EnginePort> {
  const name = `${formatEndpoint(endpoint)}${source === undefined ? '' : ` (${source})`}`;
  const transport = await Transport.to(endpoint);
  const limit = AbortSignal.timeout(
    endpoint.kind === 'ssh' ? patience.ssh : endpoint.kind === 'tcp' ? patience.tcp : patience.local,
  );
  try {
    const found = await negotiate(transport, name, AbortSignal.any([signal, limit]));
    const info = withChosenVersion(found, options.environment.DOCKER_API_VERSION, oldestApi);
    const [{ dockerodeEngine }, { allCredentials, registryAuth }, proxies] = await Promise.all([
      import('../api/dockerode/dockerode-engine.ts'),
      import('./registry-auth.ts'),
      configuredProxies(endpoint, options),
    ]);
    const mayAsk = options.useCredentials !== false;
    return await dockerodeEngine(
      transport,
      { ...info, ...(proxies === undefined ? {} : { proxies }) },
      mayAsk ? registryAuth(options) : async () => undefined,
      mayAsk ? allCredentials(options) : async () => ({}),
    );
  } catch (error) {
    transport.close();
    if (limit.aborted && !signal.aborted)
      throw new EngineError('unreachable', say`${name} accepts connections but does not respond.`, {
        cause: error,
      });
    throw translateError(error, { endpoint: name }, signal);
  }
}

async function configuredProxies(
  endpoint: Endpoint,
  { environment, home }: ConnectOptions,
): Promise<EngineInfo['proxies'] | undefined> {
  const config = await readDockerConfig(configDirectory(environment, home));
  if (config.proxies === undefined) return undefined;
  const { proxyVariables } = await import('./proxies.ts');
  return proxyVariables(config, formatEndpoint(endpoint));
}

/** One quick question tells all there is to know of most engines; those that leave something out of its head are asked for their version too. */
async function negotiate(transport: Transport, endpoint: string, signal: AbortSignal): Promise<EngineInfo> {
  const { headers } = await transport.text({ method: 'GET', path: '/_ping', signal });
  const [, server, os] = /^(?:Docker|Libpod)\/(\S+) \((\w+)\)$/.exec(String(headers.server)) ?? [];
  const told = minorOf(headers['api-version']);
  const libpodVersion = headers['libpod-api-version'];
  const libpod = typeof libpodVersion === 'string' ? { libpodVersion } : {};
  if (
    server !== undefined &&
    os !== undefined &&
    told !== undefined &&
    told >= oldestApi &&
    told <= newestApi
  )
    return { apiVersion: `1.${told}`, serverVersion: server, endpoint, os, ...libpod };

  const { body } = await transport.text({ method: 'GET', path: '/version', signal });
  const version = parseVersion(body);
  const minor = told ?? minorOf(version.ApiVersion);
  if (minor === undefined)
    throw new EngineError('unreachable', say`The program at ${endpoint} is not a Docker Engine.`);
  if (minor < oldestApi || (minorOf(version.MinAPIVersion) ?? 0) > newestApi) {
    const advice = minor < oldestApi ? say`Update the engine.` : say`Update this extension.`;
    throw new EngineError(
      'unsupported',
      say`The engine at ${endpoint} uses API 1.${minor}. Supported versions are 1.${oldestApi} (Docker Engine 20.10) to 1.${newestApi}. ${advice}`,
    );
  }
  return {
    apiVersion: `1.${Math.min(minor, newestApi)}`,
    serverVersion: String(version.Version ?? ''),
    endpoint,
    os: String(version.Os ?? ''),
    ...libpod,
  };
}

function minorOf(version: unknown): number | undefined {
  const minor = typeof version === 'string' ? /^1\.(\d+)$/.exec(version)?.[1] : undefined;
  return minor === undefined ? undefined : Number(minor);
}

function parseVersion(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
