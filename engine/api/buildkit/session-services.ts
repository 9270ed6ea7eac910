import { lstat } from 'node:fs/promises';
import { connect as connectTo, type Socket } from 'node:net';
import { readFileBytes } from '#disk/read-file.ts';
import { EngineError } from '../engine-error.ts';
import { say } from '../message.ts';
import { fileSync } from './file-sync.ts';
import { GrpcError, type GrpcCall, type GrpcHandler, noSuchThing } from './grpc.ts';
import type { LocalSource } from './local-source.ts';
import { encode, lookUp, text } from './protobuf.ts';

/** What a build may ask this machine for while it runs; nothing else is given to it. */
export interface Offer {
  /** By the name that the build uses. */
  readonly sources: ReadonlyMap<string, LocalSource>;
  readonly secrets: ReadonlyMap<string, Secret>;
  /** Sockets of SSH agents, by id. */
  readonly agents: ReadonlyMap<string, string>;
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
      agentSocket(offer, text(lookUp(request, 1)));
      return new Uint8Array();
    }),
    '/moby.sshforward.v1.SSH/ForwardAgent': (call) => forward(call, agentSocket(offer, ids(call)), signal),
  };
}

function unary(answer: (request: Buffer) => Promise<Uint8Array>): GrpcHandler {
  return async ({ requests, send }) => {
    for await (const request of requests) {
      await send(await answer(request));
      return;
    }
  };
}

function agentSocket({ agents }: Offer, id: string): string {
  const socket = agents.get(id === '' ? 'default' : id);
  if (socket === undefined) throw noSuchThing(`there is no SSH agent "${id}" for this build`);
  return socket;
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
 * The agents of `build.ssh`: `default` is the user's own (`SSH_AUTH_SOCK`), `id=path` another agent's socket. Rejects (`unsupported`) a key's file, which
 * must not leave this machine and would need an agent of its own; (`invalid`) an agent that is not there.
 */
export async function sshAgents(
  service: string,
  ssh: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const agents = new Map<string, string>();
  for (const entry of ssh) {
    const [id = '', path = ''] = entry.split(/=(.*)/s);
    const socket = path === '' ? environment.SSH_AUTH_SOCK : path;
    if (socket === undefined || socket === '')
      throw new EngineError(
        'invalid',
        say`The build of service ${service} uses your SSH agent, but SSH_AUTH_SOCK is not set. Start an agent (ssh-agent) and add your key (ssh-add).`,
        { subject: service },
      );
    const status = await lstat(socket).catch(() => undefined);
    if (status === undefined)
      throw new EngineError(
        'invalid',
        say`The SSH agent socket ${socket} of service ${service} does not exist.`,
        {
          subject: service,
        },
      );
    if (status.isFile())
      throw new EngineError(
        'unsupported',
        say`The build of service ${service} uses the key file ${socket}, which is not supported. Add the key to your SSH agent (ssh-add) and use "ssh: [default]".`,
        { subject: service },
      );
    agents.set(id, socket);
  }
  return agents;
}
