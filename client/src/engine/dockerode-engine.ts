import type Dockerode from 'dockerode';
import { duplexBytes, jsonLines, pullBytes } from './byte-stream.ts';
import {
  toContainerDetails,
  toContainerSummary,
  toEvent,
  type PruneReply,
  toImage,
  toListedImage,
  toNetwork,
  toPruned,
  toPullProgress,
  toVolume,
} from './convert.ts';
import { EngineError } from './errors.ts';
import { say } from './messages.ts';
import { type DialOptions, EngineModem } from './modem.ts';
import { encodeAuth, registryKey } from './registry-auth.ts';
import type { EngineEvent, EngineInfo, EnginePort, PullProgress } from './port.ts';
import { type ErrorContext, translateError, translateMessage } from './translate-error.ts';
import type { Transport } from './transport.ts';

/** The `X-Registry-Auth` header for an image's registry, base64url; `undefined`: none is known, or none may be looked for. */
export type RegistryAuth = (reference: string, signal: AbortSignal) => Promise<string | undefined>;

/**
 * `EnginePort` through dockerode. This file and `modem.ts`, `convert.ts` beside it are all that knows dockerode; it is loaded here, when the
 * first engine is connected. Where dockerode has no option for a call's query, or would read a stream whole, the modem is asked directly.
 */
export async function dockerodeEngine(
  transport: Transport,
  info: EngineInfo,
  registryAuth: RegistryAuth,
  credentials: EnginePort['credentials'],
): Promise<EnginePort> {
  const { default: Docker } = await import('dockerode');
  const modem = new EngineModem(transport, info.apiVersion);
  const options: Dockerode.DockerOptions & { readonly modem: EngineModem } = { modem };
  const docker = new Docker(options);

  const context = (subject?: string): ErrorContext => ({
    endpoint: info.endpoint,
    ...(subject === undefined ? {} : { subject }),
  });
  async function call<T>(
    signal: AbortSignal,
    subject: string | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw translateError(error, context(subject), signal);
    }
  }
  const run = async (signal: AbortSignal, subject: string, work: () => Promise<unknown>): Promise<void> => {
    await call(signal, subject, work);
  };
  /** A call that dockerode has no, or no fitting, method for. */
  const ask = <T>(signal: AbortSignal, subject: string | undefined, dial: DialOptions): Promise<T> =>
    // The Engine's own declaration of the reply's type: the caller names it.
    call(signal, subject, () => modem.request({ ...dial, abortSignal: signal }) as Promise<T>);
  const bytes = (signal: AbortSignal, subject: string | undefined, dial: DialOptions) =>
    call(signal, subject, async () => {
      const stream = await modem.stream({ ...dial, abortSignal: signal });
      return pullBytes(stream, (error) => translateError(error, context(subject), signal));
    });
  const hijack = (signal: AbortSignal, subject: string, dial: DialOptions) =>
    call(signal, subject, async () => {
      const socket = await modem.hijack({ ...dial, abortSignal: signal });
      return duplexBytes(socket, (error) => translateError(error, context(subject), signal));
    });
  const container = (id: string) => docker.getContainer(encodeURIComponent(id));
  const network = (name: string) => docker.getNetwork(encodeURIComponent(name));
  const volume = (name: string) => docker.getVolume(encodeURIComponent(name));
  /** dockerode sends its options as the query and as the body; an engine minds a body where none belongs. */
  const query = (values: Readonly<Record<string, unknown>>, abortSignal: AbortSignal) => ({
    _query: values,
    _body: {},
    abortSignal,
  });
  const filtered = (labels: readonly string[]) => JSON.stringify({ label: labels });

  return {
    info,
    ping: (signal) =>
      run(signal, '', () => modem.request({ path: '/_ping', method: 'GET', abortSignal: signal })),
    async architecture(signal) {
      const { Arch = '' } = await ask<{ readonly Arch?: string }>(signal, undefined, {
        path: '/version',
        method: 'GET',
        options: {},
      });
      return Arch;
    },

    listContainers: ({ labels, all }, signal) =>
      call(signal, undefined, async () =>
        (await docker.listContainers({ all, filters: filtered(labels), abortSignal: signal })).map(
          toContainerSummary,
        ),
      ),
    inspectContainer: (id, signal) =>
      call(signal, id, async () => toContainerDetails(await container(id).inspect({ abortSignal: signal }))),
    createContainer: async ({ name, platform, body }, signal) => {
      const reply = await ask<{ readonly Id: string; readonly Warnings?: readonly string[] | null }>(
        signal,
        name,
        {
          path: '/containers/create?',
          method: 'POST',
          options: { _query: { name, platform }, _body: body },
        },
      );
      return { id: reply.Id, warnings: reply.Warnings ?? [] };
    },
    startContainer: (id, signal) => run(signal, id, () => container(id).start(query({}, signal))),
    stopContainer: (id, { timeout }, signal) =>
      run(signal, id, () => container(id).stop(query({ t: timeout }, signal))),
    restartContainer: (id, { timeout }, signal) =>
      run(signal, id, () => container(id).restart(query({ t: timeout }, signal))),
    killContainer: (id, { signal: name }, signal) =>
      run(signal, id, () => container(id).kill(query({ signal: name }, signal))),
    pauseContainer: (id, signal) => run(signal, id, () => container(id).pause({ abortSignal: signal })),
    unpauseContainer: (id, signal) => run(signal, id, () => container(id).unpause({ abortSignal: signal })),
    renameContainer: (id, name, signal) =>
      run(signal, id, () =>
        modem.request({
          path: `/containers/${encodeURIComponent(id)}/rename?`,
          method: 'POST',
          options: query({ name }, signal),
          abortSignal: signal,
        }),
      ),
    removeContainer: (id, { force, volumes }, signal) =>
      run(signal, id, () => container(id).remove({ force, v: volumes, abortSignal: signal })),
    commitContainer: async (id, { reference, author, message, changes, pause }, signal) => {
      const { repository, tag } = splitReference(reference ?? '');
      const reply = await ask<{ readonly Id: string }>(signal, id, {
        path: '/commit?',
        method: 'POST',
        options: {
          _query: {
            container: id,
            ...(reference === undefined ? {} : { repo: repository, tag }),
            author,
            comment: message,
            changes: changes ?? [],
            pause: pause ? 1 : 0,
          },
          _body: {},
        },
      });
      return reply.Id;
    },
    exportContainer: (id, signal) =>
      bytes(signal, id, { path: `/containers/${encodeURIComponent(id)}/export`, method: 'GET' }),
    putArchive: (id, { path, copyOwnership }, archive, signal) =>
      ask(signal, id, {
        path: `/containers/${encodeURIComponent(id)}/archive?`,
        method: 'PUT',
        options: { _query: { path, ...(copyOwnership === true ? { copyUIDGID: 1 } : {}) } },
        file: archive,
      }),
    getArchive: (id, path, signal) =>
      bytes(signal, id, {
        path: `/containers/${encodeURIComponent(id)}/archive?`,
        method: 'GET',
        options: { path },
      }),
    waitContainer: (id, signal) =>
      call(signal, id, async () => {
        const reply: { readonly StatusCode: number } = await container(id).wait(
          query({ condition: 'not-running' }, signal),
        );
        return { exitCode: reply.StatusCode };
      }),
    attachContainer: (id, { stdin, logs }, signal) =>
      hijack(signal, id, {
        path: `/containers/${encodeURIComponent(id)}/attach?`,
        method: 'POST',
        options: query({ stream: 1, stdout: 1, stderr: 1, stdin: stdin ? 1 : 0, logs: logs ? 1 : 0 }, signal),
      }),
    resizeContainer: (id, { columns, rows }, signal) =>
      run(signal, id, () => container(id).resize(query({ w: columns, h: rows }, signal))),
    topContainer: (id, psArguments, signal) =>
      call(signal, id, async () => {
        const reply: {
          readonly Titles?: readonly string[];
          readonly Processes?: readonly string[][] | null;
        } = await container(id).top({
          abortSignal: signal,
          ...(psArguments === undefined ? {} : { ps_args: psArguments }),
        });
        return { titles: reply.Titles ?? [], processes: reply.Processes ?? [] };
      }),
    async containerStats(id, { stream }, signal) {
      const output = await bytes(signal, id, {
        path: `/containers/${encodeURIComponent(id)}/stats?`,
        method: 'GET',
        options: { stream, ...(stream ? {} : { 'one-shot': false }) },
      });
      return jsonLines(output);
    },

    listNetworks: ({ labels }, signal) =>
      call(signal, undefined, async () =>
        (await docker.listNetworks({ filters: filtered(labels), abortSignal: signal })).map(toNetwork),
      ),
    inspectNetwork: async (name, signal) =>
      toNetwork(
        await ask<Dockerode.NetworkInspectInfo>(signal, name, {
          path: `/networks/${encodeURIComponent(name)}`,
          method: 'GET',
        }),
      ),
    createNetwork: async (spec, signal) => {
      const reply = await ask<{ readonly Id: string }>(signal, String(spec.Name), {
        path: '/networks/create',
        method: 'POST',
        options: { _body: spec },
      });
      return { id: reply.Id };
    },
    connectNetwork: (name, id, endpoint, signal) =>
      ask(signal, name, {
        path: `/networks/${encodeURIComponent(name)}/connect`,
        method: 'POST',
        options: { _body: { Container: id, EndpointConfig: endpoint } },
      }),
    disconnectNetwork: (name, id, signal) =>
      ask(signal, name, {
        path: `/networks/${encodeURIComponent(name)}/disconnect`,
        method: 'POST',
        options: { _body: { Container: id, Force: true } },
      }),
    removeNetwork: (id, signal) => run(signal, id, () => network(id).remove({ abortSignal: signal })),

    listVolumes: ({ labels }, signal) =>
      call(signal, undefined, async () => {
        const reply = await docker.listVolumes({ filters: filtered(labels), abortSignal: signal });
        return (reply.Volumes ?? []).map(toVolume);
      }),
    inspectVolume: (name, signal) =>
      call(signal, name, async () => toVolume(await volume(name).inspect({ abortSignal: signal }))),
    createVolume: async (spec, signal) =>
      toVolume(
        await ask<Dockerode.VolumeInspectInfo>(signal, String(spec.Name), {
          path: '/volumes/create',
          method: 'POST',
          options: { _body: spec },
        }),
      ),
    removeVolume: (name, signal) => run(signal, name, () => volume(name).remove({ abortSignal: signal })),

    inspectImage: async (reference, signal) =>
      toImage(
        await ask<Parameters<typeof toImage>[0]>(signal, reference, {
          path: `/images/${imagePath(reference)}/json?`,
          method: 'GET',
          options: atLeast(info.apiVersion, 48) ? { manifests: 1 } : {},
        }),
      ),
    listImages: ({ labels }, signal) =>
      call(signal, undefined, async () =>
        (await docker.listImages({ filters: filtered(labels), abortSignal: signal })).map(toListedImage),
      ),
    removeImage: (reference, { force }, signal) =>
      run(signal, reference, () =>
        docker.getImage(imagePath(reference)).remove({ force, abortSignal: signal }),
      ),
    async prune(kind, signal) {
      const reply = await ask<PruneReply>(signal, undefined, {
        path: `/${kind}/prune?`,
        method: 'POST',
        options: {
          _query:
            kind === 'images'
              ? { filters: JSON.stringify({ dangling: ['false'] }) }
              : kind === 'build'
                ? { all: true }
                : {},
          _body: {},
        },
      });
      return toPruned(reply);
    },
    tagImage: (reference, repository, tag, signal) =>
      run(signal, reference, () =>
        docker.getImage(imagePath(reference)).tag({ repo: repository, tag, abortSignal: signal }),
      ),
    pullImage: (reference, { platform }, signal) => {
      const { repository, tag } = splitReference(reference);
      return progressOf(reference, signal, async () => ({
        path: '/images/create?',
        method: 'POST',
        options: query({ fromImage: repository, tag, platform }, signal),
        ...(await authHeader(reference, signal)),
      }));
    },
    credentials,
    async inspectRemoteImage(reference, signal) {
      const reply = await ask<{
        readonly Descriptor: { readonly digest: string };
        readonly Platforms?: readonly { readonly os?: string; readonly architecture?: string }[] | null;
      }>(signal, reference, {
        path: `/distribution/${imagePath(reference)}/json?`,
        method: 'GET',
        options: {},
        ...(await authHeader(reference, signal)),
      });
      const platforms = (reply.Platforms ?? []).map(({ os = '', architecture = '' }) => ({
        os,
        architecture,
      }));
      return {
        digest: reply.Descriptor.digest,
        platforms: platforms.filter(({ architecture }) => architecture !== ''),
      };
    },
    pushImage: (reference, signal) => {
      const { repository, tag } = splitReference(reference);
      return progressOf(reference, signal, async () => ({
        path: `/images/${imagePath(repository)}/push?`,
        method: 'POST',
        options: query({ tag }, signal),
        // The engine refuses a push without the header, even to a registry that asks for nothing.
        authconfig: { base64: 'e30=' },
        ...(await authHeader(reference, signal)),
      }));
    },
    async *buildImage(parameters, { context: archive, baseImages }, signal) {
      const registries = await registryConfig(baseImages, registryAuth, signal);
      const answer = await bytes(signal, undefined, {
        path: '/build?',
        method: 'POST',
        options: { _query: parameters, _body: {} },
        ...(archive === undefined ? {} : { file: archive }),
        ...(registries === undefined ? {} : { registryconfig: { base64: registries } }),
      });
      yield* jsonLines(answer);
    },

    containerLogs: (id, log, signal) =>
      bytes(signal, id, {
        path: `/containers/${encodeURIComponent(id)}/logs?`,
        method: 'GET',
        options: {
          follow: log.follow,
          stdout: log.stdout,
          stderr: log.stderr,
          timestamps: log.timestamps,
          tail: log.tail ?? 'all',
          since: log.since,
          until: log.until,
        },
      }),
    createExec: async (id, spec, signal) => {
      const reply = await ask<{ readonly Id: string }>(signal, id, {
        path: `/containers/${encodeURIComponent(id)}/exec`,
        method: 'POST',
        options: {
          _body: {
            AttachStdin: spec.stdin,
            AttachStdout: spec.detach !== true,
            AttachStderr: spec.detach !== true,
            Tty: spec.tty,
            Cmd: spec.command,
            Env: spec.env,
            User: spec.user,
            WorkingDir: spec.workingDir,
            Privileged: spec.privileged,
            ...(spec.size === undefined ? {} : { ConsoleSize: [spec.size.rows, spec.size.columns] }),
          },
        },
      });
      return reply.Id;
    },
    startExec: (execId, { tty }, signal) =>
      hijack(signal, execId, {
        path: `/exec/${execId}/start`,
        method: 'POST',
        options: { _body: { Detach: false, Tty: tty } },
      }),
    startDetachedExec: (execId, { tty }, signal) =>
      ask(signal, execId, {
        path: `/exec/${execId}/start`,
        method: 'POST',
        options: { _body: { Detach: true, Tty: tty } },
      }),
    resizeExec: (execId, { columns, rows }, signal) =>
      run(signal, execId, () => docker.getExec(execId).resize(query({ w: columns, h: rows }, signal))),
    inspectExec: (execId, signal) =>
      call(signal, execId, async () => {
        const reply = await docker.getExec(execId).inspect({ abortSignal: signal });
        return { running: reply.Running, exitCode: reply.ExitCode };
      }),

    async events({ labels, types, actions, since, until }, signal) {
      const filters = {
        ...(labels === undefined ? {} : { label: labels }),
        ...(types === undefined ? {} : { type: types }),
        ...(actions === undefined ? {} : { event: actions }),
      };
      return eventsOf(
        await bytes(signal, undefined, {
          path: '/events?',
          method: 'GET',
          options: { filters, since, until },
        }),
      );
    },

    close: () => transport.close(),
  };

  async function authHeader(reference: string, signal: AbortSignal) {
    const header = await registryAuth(reference, signal);
    return header === undefined ? {} : { authconfig: { base64: header } };
  }

  /** A pull or push that fails says so inside a stream that began well. */
  async function* progressOf(
    reference: string,
    signal: AbortSignal,
    dial: () => Promise<DialOptions>,
  ): AsyncGenerator<PullProgress> {
    const output = await bytes(signal, reference, await dial());
    for await (const value of jsonLines(output)) {
      const progress = toPullProgress(value);
      if (progress === undefined) continue;
      if ('error' in progress) throw translateMessage(progress.error, context(reference));
      yield progress;
    }
    if (signal.aborted) throw new EngineError('cancelled', say`Cancelled.`);
  }
}

async function* eventsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<EngineEvent> {
  for await (const value of jsonLines(bytes)) {
    const event = toEvent(value);
    if (event !== undefined) yield event;
  }
}

/** An API version is at least 1.`minor`. */
function atLeast(version: string, minor: number): boolean {
  return Number(version.split('.')[1] ?? 0) >= minor;
}

/** A reference has slashes that belong to the path; anything else that means something in one is escaped. */
function imagePath(reference: string): string {
  return reference.split('/').map(encodeURIComponent).join('/');
}

/** `tag` is the tag or the digest; `latest` where there is neither, or the engine would pull every tag. */
function splitReference(reference: string): { repository: string; tag: string } {
  const at = reference.indexOf('@');
  if (at >= 0) return { repository: withoutTag(reference.slice(0, at)), tag: reference.slice(at + 1) };
  const repository = withoutTag(reference);
  return { repository, tag: reference.slice(repository.length + 1) || 'latest' };
}

function withoutTag(reference: string): string {
  const colon = reference.lastIndexOf(':');
  return colon > reference.lastIndexOf('/') ? reference.slice(0, colon) : reference;
}

/** The credentials for the registries of these images, as the classic builder takes them (`X-Registry-Config`). */
async function registryConfig(
  references: readonly string[],
  registryAuth: RegistryAuth,
  signal: AbortSignal,
): Promise<string | undefined> {
  const found: Record<string, unknown> = {};
  for (const reference of references) {
    const key = registryKey(reference);
    if (key in found) continue;
    const header = await registryAuth(reference, signal);
    if (header !== undefined) found[key] = JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  }
  return Object.keys(found).length === 0 ? undefined : encodeAuth(found);
}
