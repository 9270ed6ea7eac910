import { Readable } from 'node:stream';
import { jsonLines } from '../byte-stream.ts';
import { toContainerDetails, toContainerSummary } from './read-answers.ts';
import { toPathStat } from '../path-stat.ts';
import type { ContainerCalls } from '../container-calls.ts';
import type { Calls } from './call.ts';
import { splitReference, versionOf } from '#compose/values/image-reference.ts';

/** Containers: their life, their files, what runs in them. */
export function containerCalls({
  docker,
  modem,
  call,
  run,
  answer,
  ask,
  stream,
  bytes,
  duplex,
  query,
  filtered,
  container,
  info,
}: Calls): ContainerCalls {
  return {
    listContainers: ({ labels, all }, signal) =>
      call(signal, undefined, async () =>
        (await docker.listContainers({ all, filters: filtered(labels), abortSignal: signal })).map(
          toContainerSummary,
        ),
      ),
    inspectContainer: (id, signal) =>
      call(signal, id, async () => toContainerDetails(await container(id).inspect({ abortSignal: signal }))),
    // dockerode's own keeps the warnings to itself.
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
      run(signal, id, () => container(id).rename(query({ name }, signal))),
    removeContainer: (id, { force, volumes }, signal) =>
      run(signal, id, () => container(id).remove({ force, v: volumes, abortSignal: signal })),
    commitContainer: async (id, { reference, author, message, changes, pause }, signal) => {
      const parts = splitReference(reference ?? '');
      const values = {
        container: id,
        ...(reference === undefined ? {} : { repo: parts.name, tag: versionOf(parts) }),
        author,
        comment: message,
        changes: changes ?? [],
        pause: pause ? 1 : 0,
      };
      const reply = await answer<{ readonly Id: string }>(signal, id, () =>
        container(id).commit(query(values, signal)),
      );
      return reply.Id;
    },
    exportContainer: (id, signal) => stream(signal, id, () => container(id).export({ abortSignal: signal })),
    putArchive: (id, { path, copyOwnership }, archive, signal) =>
      run(signal, id, () =>
        container(id).putArchive(Readable.from(archive instanceof Uint8Array ? [archive] : archive), {
          path,
          ...(copyOwnership === true ? { copyUIDGID: '1' } : {}),
          abortSignal: signal,
        }),
      ),
    getArchive: (id, path, signal) =>
      stream(signal, id, () => container(id).getArchive({ path, abortSignal: signal })),
    // dockerode's own opens a stream for an answer that is all in the headers.
    inspectPath: (id, path, signal) =>
      call(signal, id, async () => {
        const headers = await modem.headers({
          path: `/containers/${encodeURIComponent(id)}/archive?`,
          method: 'HEAD',
          options: { path },
          abortSignal: signal,
        });
        return toPathStat(headers['x-docker-container-path-stat']);
      }),
    // Podman's own API.
    probeContainer: (id, signal) =>
      ask(signal, id, {
        path: `/libpod/containers/${encodeURIComponent(id)}/healthcheck`,
        method: 'GET',
        apiVersion: info.libpodVersion,
      }),
    waitContainer: (id, signal) =>
      call(signal, id, async () => {
        const reply: { readonly StatusCode: number } = await container(id).wait(
          query({ condition: 'not-running' }, signal),
        );
        return { exitCode: reply.StatusCode };
      }),
    attachContainer: (id, { stdin, logs, detachKeys }, signal) =>
      duplex(signal, id, () =>
        container(id).attach({
          hijack: true,
          ...query(
            { stream: 1, stdout: 1, stderr: 1, stdin: stdin ? 1 : 0, logs: logs ? 1 : 0, detachKeys },
            signal,
          ),
        }),
      ),
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
    // dockerode's own would read a single sample whole, and a stream otherwise.
    async containerStats(id, { stream: follows }, signal) {
      const output = await bytes(signal, id, {
        path: `/containers/${encodeURIComponent(id)}/stats?`,
        method: 'GET',
        options: { stream: follows, ...(follows ? {} : { 'one-shot': false }) },
      });
      return jsonLines(output);
    },
  };
}
