import { stat } from 'node:fs/promises';
import { connect as connectTo, type Socket } from 'node:net';
import { readFileBytes } from '#disk/read-file.ts';
import { EngineError } from '../engine-error.ts';
import { say } from '../message.ts';
import { contentService } from './content-store.ts';
import { fileSync } from './file-sync.ts';
import { GrpcError, type GrpcCall, type GrpcHandler, noSuchThing, unary } from './grpc.ts';
import { KeyAgent } from './key-agent.ts';
import type { LocalSource } from './local-source.ts';
import { encode, lookUp, text } from './protobuf.ts';
import { readSshKey, type SshKey } from './ssh-key.ts';

/** What a build may ask this machine for while it runs; nothing else is given to it. */
export interface Offer {
  /** By the name that the build uses. */
  readonly sources: ReadonlyMap<string, LocalSource>;
  readonly secrets: ReadonlyMap<string, Secret>;
  /** SSH agents by id: the socket of one, or keys that are offered as one. */
  readonly agents: ReadonlyMap<string, string | readonly SshKey[]>;
  /** Folders that a cache is read from and written to, by the name that the builder has for each. */
  readonly contents?: ReadonlyMap<string, string>;
  /** Told what the builder says of a build that has come to a good end (`SolveResponse.exporter_response`). */
  readonly solved?: (response: ReadonlyMap<string, string>) => Promise<void>;
  /** The user and password for a registry's host; `undefined`: none known. */
  readonly credentials: (host: string) => Promise<RegistryUser | undefined>;
}

/** Read when it is asked for. */
export type Secret = { readonly file: string } | { readonly value: string };

export interface RegistryUser {
  readonly username: string;
  readonly password: string;
}

const unavailable = 14;
/** Of `grpc.health.v1.HealthCheckResponse`. */
const serving = 1;

/** The services of a build's session, by path. */
export function sessionServices(offer: Offer, signal: AbortSignal): Readonly<Record<string, GrpcHandler>> {
  const ids = (call: GrpcCall) => call.metadata.get('buildkit.ssh.id')?.[0] ?? 'default';
  return {
    ...(offer.contents !== undefined && offer.contents.size > 0 && contentService(offer.contents)),
    '/grpc.health.v1.Health/Check': unary(async () => encode([[1, serving]])),
    '/moby.filesync.v1.FileSync/DiffCopy': fileSync(offer.sources, signal),
    '/moby.filesync.v1.Auth/Credentials': unary(async (request) => {
      const user = await offer.credentials(text(lookUp(request, 1)));
      return encode([
        [1, user?.username ?? ''],
        [2, user?.password ?? ''],
      ]);
    }),
    '/moby.buildkit.secrets.v1.Secrets/GetSecret': unary(async (request) => {
      const id = text(lookUp(request, 1));
      const secret = offer.secrets.get(id);
      if (secret === undefined) throw noSuchThing(`there is no build secret "${id}"`);
      return encode([[1, 'file' in secret ? await readFileBytes(secret.file, 'content') : secret.value]]);
    }),
    '/moby.sshforward.v1.SSH/CheckAgent': unary(async (request) => {
      agentFor(offer, text(lookUp(request, 1)));
      return new Uint8Array();
    }),
    '/moby.sshforward.v1.SSH/ForwardAgent': (call) => {
      const agent = agentFor(offer, ids(call));
      return typeof agent === 'string' ? forward(call, agent, signal) : serveKeys(call, agent);
    },
  };
}

function agentFor({ agents }: Offer, id: string): string | readonly SshKey[] {
  const socket = agents.get(id === '' ? 'default' : id);
  if (socket === undefined) throw noSuchThing(`there is no SSH agent "${id}" for this build`);
  return socket;
}

async function serveKeys(call: GrpcCall, keys: readonly SshKey[]): Promise<void> {
  const agent = new KeyAgent(keys);
  for await (const message of call.requests) {
    const data = lookUp(message, 1);
    if (data instanceof Uint8Array)
      for (const answer of agent.answer(data)) await call.send(encode([[1, answer]]));
  }
}

/** The bytes between a step of the build and the agent, both ways, until one of them ends. */
async function forward(call: GrpcCall, path: string, signal: AbortSignal): Promise<void> {
  const agent = connectTo(path);
  const stop = () => agent.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await connected(agent);
    const toAgent = async () => {
      for await (const message of call.requests) {
        const data = lookUp(message, 1);
        if (data instanceof Uint8Array) agent.write(data);
      }
      agent.end();
    };
    const fromAgent = async () => {
      for await (const data of agent) await call.send(encode([[1, data]]));
    };
    await Promise.race([fromAgent(), toAgent().then(() => fromAgentEnded(agent))]);
  } finally {
    signal.removeEventListener('abort', stop);
    agent.destroy();
  }
}

function connected(agent: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    agent.once('connect', resolve);
    agent.once('error', (error) => reject(new GrpcError(unavailable, error.message)));
  });
}

function fromAgentEnded(agent: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (agent.closed) resolve();
    else agent.once('close', () => resolve());
  });
}

/**
 * The agents of `build.ssh`: `default` is the user's own (`SSH_AUTH_SOCK`), `id=path` another agent's socket, or the file of a key that is offered by an
 * agent of ours (several, with commas between them). Rejects (`invalid`) what is not there, and a key that cannot be read or has a passphrase.
 */
export async function sshAgents(
  service: string,
  ssh: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Offer['agents']> {
  const agents = new Map<string, string | readonly SshKey[]>();
  for (const entry of ssh) {
    const [id = '', path = ''] = entry.split(/=(.*)/s);
    const socket = path === '' ? environment.SSH_AUTH_SOCK : path;
    if (socket === undefined || socket === '')
      throw new EngineError(
        'invalid',
        say`The build of service ${service} uses your SSH agent, but SSH_AUTH_SOCK is not set. Start an agent (ssh-agent) and add your key (ssh-add).`,
        { subject: service },
      );
    const keys: SshKey[] = [];
    for (const file of socket.split(',')) {
      const status = await stat(file).catch(() => undefined);
      if (status === undefined)
        throw new EngineError(
          'invalid',
          say`The SSH agent socket or key ${file} of service ${service} does not exist.`,
          { subject: service },
        );
      if (status.isSocket()) agents.set(id, file);
      else keys.push(await keyIn(file, service));
    }
    if (keys.length > 0) agents.set(id, keys);
  }
  return agents;
}

async function keyIn(file: string, service: string): Promise<SshKey> {
  const key = readSshKey((await readFileBytes(file, 'settings')).toString('utf8'));
  if (typeof key !== 'string') return key;
  throw new EngineError(
    'invalid',
    key === 'encrypted'
      ? say`The key ${file} of service ${service} has a passphrase. Add it to your SSH agent (ssh-add) and use "ssh: [default]".`
      : say`The file ${file} of service ${service} is not an SSH key that can be read.`,
    { subject: service },
  );
}
