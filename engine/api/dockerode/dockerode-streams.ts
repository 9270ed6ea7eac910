import { jsonLines } from '../byte-stream.ts';
import { toEvent } from './read-answers.ts';
import type { EngineEvent } from '../engine-objects.ts';
import type { StreamCalls } from '../stream-calls.ts';
import type { Calls } from './call.ts';

/** Logs, commands in containers, events. */
export function streamCalls({
  docker,
  call,
  run,
  ask,
  stream,
  bytes,
  duplex,
  query,
  container,
}: Calls): StreamCalls {
  return {
    // dockerode's own reads logs whole where they are not followed.
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
    createExec: (id, spec, signal) =>
      call(signal, id, async () => {
        const wanted = {
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
        };
        return (await container(id).exec(query({}, signal, wanted))).id;
      }),
    startExec: (execId, { tty }, signal) =>
      duplex(signal, execId, () =>
        docker.getExec(execId).start({ hijack: true, ...query({}, signal, { Detach: false, Tty: tty }) }),
      ),
    // dockerode's own takes the empty answer for a stream.
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
      const output = await stream(signal, undefined, () =>
        docker.getEvents(query({ filters, since, until }, signal)),
      );
      return eventsOf(output);
    },
  };
}

async function* eventsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<EngineEvent> {
  for await (const value of jsonLines(bytes)) {
    const event = toEvent(value);
    if (event !== undefined) yield event;
  }
}
