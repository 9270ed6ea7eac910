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
  ask,
  bytes,
  hijack,
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
      const parts = splitReference(reference ?? '');
      const reply = await ask<{ readonly Id: string }>(signal, id, {
        path: '/commit?',
        method: 'POST',
        options: {
          _query: {
            container: id,
            ...(reference === undefined ? {} : { repo: parts.name, tag: versionOf(parts) }),
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
      hijack(signal, id, {
        path: `/containers/${encodeURIComponent(id)}/attach?`,
        method: 'POST',
        options: query(
          { stream: 1, stdout: 1, stderr: 1, stdin: stdin ? 1 : 0, logs: logs ? 1 : 0, detachKeys },
          signal,
        ),
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
  };
}
