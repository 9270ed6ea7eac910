import { expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import { queued } from '#engine/execute/project-queue.ts';

const never = () => new AbortController().signal;

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

it('runs operations on one project in turn, a failed one too, and on others at once', async () => {
  const log: string[] = [];
  const first = gate();
  const operations = [
    queued('engine', 'app', never(), async () => {
      await first.opened;
      log.push('app first');
      throw new Error('failed');
    }),
    queued('engine', 'app', never(), async () => {
      log.push('app second');
    }),
    queued('engine', 'other', never(), async () => {
      log.push('other');
      first.open();
    }),
  ];
  const results = await Promise.allSettled(operations);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(log).toEqual(['other', 'app first', 'app second']);
});

it('gives up at once what is cancelled while it waits, and never runs it', async () => {
  const first = gate();
  const running = queued('engine', 'busy', never(), () => first.opened);
  const abort = new AbortController();
  let ran = false;
  const waiting = queued('engine', 'busy', abort.signal, async () => {
    ran = true;
  });
  abort.abort();
  await expect(waiting).rejects.toThrow(EngineError);
  await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
  first.open();
  await running;
  await queued('engine', 'busy', never(), async () => undefined);
  expect(ran).toBe(false);
});
