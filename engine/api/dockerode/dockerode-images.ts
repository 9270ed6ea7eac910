import { Readable } from 'node:stream';
import type { RegistryAuth } from '../registry-auth-header.ts';
import { jsonLines } from '../byte-stream.ts';
import { type PruneReply, toImage, toListedImage, toPruned, toPullProgress } from './read-answers.ts';
import { toDiskUsage, toLayers } from './disk-answers.ts';
import { apiAtLeast } from '../api-version.ts';
import { EngineError } from '../engine-error.ts';
import { say } from '../message.ts';
import type { EnginePort } from '../engine-port.ts';
import type { PruneKind, PullProgress } from '../engine-objects.ts';
import { encodeAuth, registryKey } from '../registry-auth-header.ts';
import { translateMessage } from '../translate-error.ts';
import type { ImageCalls } from '../image-calls.ts';
import type { OpenBuildKit, SessionHead } from '../buildkit/solve.ts';
import { HttpError } from '../transport/transport.ts';
import type { Calls } from './call.ts';
import { splitReference, versionOf } from '#compose/values/image-reference.ts';
import { recordOf } from '#compose/values/record.ts';

/** Images, and the registries they come from and go to. */
export function imageCalls(
  { docker, modem, info, call, run, answer, ask, stream, bytes, context, query, filtered }: Calls,
  registryAuth: RegistryAuth,
  credentials: EnginePort['credentials'],
): ImageCalls {
  const openBuildKit: OpenBuildKit = (session, signal) =>
    call(signal, undefined, () =>
      modem.hijack({
        path: session === undefined ? '/grpc' : '/session',
        method: 'POST',
        headers: { Upgrade: 'h2c', ...(session === undefined ? {} : sessionHeaders(session)) },
        abortSignal: signal,
      }),
    );
  return {
    // dockerode's own asks for no manifests.
    inspectImage: async (reference, signal) =>
      toImage(
        await ask<Parameters<typeof toImage>[0]>(signal, reference, {
          path: `/images/${imagePath(reference)}/json?`,
          method: 'GET',
          options: apiAtLeast(info, '1.48') ? { manifests: 1 } : {},
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
    prune: async (kind, signal) =>
      toPruned(await answer<PruneReply>(signal, undefined, () => pruned(kind, signal))),
    inspectImageHistory: async (reference, signal) =>
      toLayers(
        await ask(signal, reference, {
          path: `/images/${imagePath(reference)}/history?`,
          method: 'GET',
          options: {},
        }),
      ),
    exportImage: (reference, signal) =>
      bytes(signal, reference, { path: `/images/${imagePath(reference)}/get?`, method: 'GET', options: {} }),
    loadImage: (archive, signal) =>
      progressOf('', signal, () =>
        modem.stream({
          path: '/images/load?',
          method: 'POST',
          options: query({}, signal),
          file: Readable.from(archive),
          abortSignal: signal,
        }),
      ),
    inspectDisk: async (signal) =>
      toDiskUsage(
        await ask(signal, undefined, {
          path: '/system/df?',
          method: 'GET',
          options: {},
        }),
      ),
    tagImage: (reference, repository, tag, signal) =>
      run(signal, reference, () =>
        docker.getImage(imagePath(reference)).tag({ repo: repository, tag, abortSignal: signal }),
      ),
    pullImage: (reference, { platform }, signal) => {
      const parts = splitReference(reference);
      return progressOf(reference, signal, async () =>
        docker.createImage(
          (await authOf(reference, signal)).authconfig,
          query({ fromImage: parts.name, tag: versionOf(parts), platform }, signal),
        ),
      );
    },
    // dockerode's own knows no signal.
    async inspectRemoteImage(reference, signal) {
      const reply = await ask<{
        readonly Descriptor: { readonly digest: string };
        readonly Platforms?: readonly { readonly os?: string; readonly architecture?: string }[] | null;
      }>(signal, reference, {
        path: `/distribution/${imagePath(reference)}/json?`,
        method: 'GET',
        options: {},
        ...(await authOf(reference, signal)),
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
      const parts = splitReference(reference);
      return progressOf(reference, signal, async () =>
        docker.getImage(imagePath(parts.name)).push({
          ...query({ tag: versionOf(parts) }, signal),
          // The engine refuses a push without the header, even to a registry that asks for nothing.
          authconfig: { base64: 'e30=' },
          ...(await authOf(reference, signal)),
        }),
      );
    },
    // dockerode's own cannot be without a context.
    async *buildImage(parameters, { context: archive, baseImages }, signal) {
      const registries = await registryConfig(baseImages, registryAuth, signal);
      const answer = await bytes(signal, undefined, {
        path: '/build?',
        method: 'POST',
        options: { _query: parameters, _body: {} },
        ...(archive === undefined ? {} : { file: Readable.from(archive) }),
        ...(registries === undefined ? {} : { registryconfig: { base64: registries } }),
      });
      yield* jsonLines(answer);
    },
    async *solveBuild(request, offer, signal) {
      const { solve } = await import('../buildkit/solve.ts');
      yield* solve(openBuildKit, request, offer, signal);
    },
    async askBuilder(question, request, offer, signal) {
      const { askFrontend } = await import('../buildkit/ask-frontend.ts');
      return askFrontend(openBuildKit, question, request, offer, signal);
    },
    async inspectBuilder(signal) {
      // Windows engines have no BuildKit, Podman builds with another tool behind the same API.
      if (info.os === 'windows') return undefined;
      try {
        const { inspectBuilder } = await import('../buildkit/solve.ts');
        return await inspectBuilder(openBuildKit, signal);
      } catch (error) {
        if (error instanceof EngineError && hasNoBuildKit(error)) return undefined;
        throw error;
      }
    },
    credentials,
  };

  async function authOf(reference: string, signal: AbortSignal) {
    const header = await registryAuth(reference, signal);
    return header === undefined ? {} : { authconfig: { base64: header } };
  }

  function pruned(kind: PruneKind, signal: AbortSignal): Promise<unknown> {
    switch (kind) {
      case 'containers':
        return docker.pruneContainers(query({}, signal));
      case 'networks':
        return docker.pruneNetworks(query({}, signal));
      case 'images':
        return docker.pruneImages(query({ filters: { dangling: ['false'] } }, signal));
      case 'build':
        // dockerode's own takes no options.
        return modem.request({
          path: '/build/prune?',
          method: 'POST',
          options: query({ all: true }, signal),
          abortSignal: signal,
        });
    }
  }

  /** A pull or push that fails says so inside a stream that began well. */
  async function* progressOf(
    reference: string,
    signal: AbortSignal,
    work: () => Promise<NodeJS.ReadableStream>,
  ): AsyncGenerator<PullProgress> {
    const output = await stream(signal, reference, work);
    for await (const value of jsonLines(output)) {
      const progress = toPullProgress(value);
      if (progress === undefined) continue;
      if ('error' in progress) throw translateMessage(progress.error, context(reference));
      yield progress;
    }
    if (signal.aborted) throw new EngineError('cancelled', say`Canceled.`);
  }
}

/** The path is not there, or something in between does not hand the connection over. */
function hasNoBuildKit({ kind, cause }: EngineError): boolean {
  return (
    kind === 'not-found' || (cause instanceof HttpError && [400, 403, 404, 405, 501].includes(cause.status))
  );
}

function sessionHeaders({ id, name, sharedKey, methods }: SessionHead) {
  const prefix = 'X-Docker-Expose-Session';
  return {
    [`${prefix}-Uuid`]: id,
    [`${prefix}-Name`]: name,
    [`${prefix}-Sharedkey`]: sharedKey,
    [`${prefix}-Grpc-Method`]: methods,
  };
}

/** A reference has slashes that belong to the path; anything else that means something in one is escaped. */
function imagePath(reference: string): string {
  return reference.split('/').map(encodeURIComponent).join('/');
}

/** The credentials for the registries of these images, as the classic builder takes them (`X-Registry-Config`). */
async function registryConfig(
  references: readonly string[],
  registryAuth: RegistryAuth,
  signal: AbortSignal,
): Promise<string | undefined> {
  const found: Record<string, unknown> = recordOf();
  for (const reference of references) {
    const key = registryKey(reference);
    if (key in found) continue;
    const header = await registryAuth(reference, signal);
    if (header !== undefined) found[key] = JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  }
  return Object.keys(found).length === 0 ? undefined : encodeAuth(found);
}
