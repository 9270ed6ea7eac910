import { jsonLines } from '../byte-stream.ts';
import { toEvent } from './read-answers.ts';
import type { EngineEvent } from '../engine-objects.ts';
import type { StreamCalls } from '../stream-calls.ts';
import type { Calls } from './call.ts';

/** Logs, commands in containers, events. */
export function streamCalls({ docker, call, run, ask, bytes, hijack, query }: Calls): StreamCalls {
  return {
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
  };
}

async function* eventsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<EngineEvent> {
  for await (const value of jsonLines(bytes)) {
    const event = toEvent(value);
    if (event !== undefined) yield event;
  }
}
