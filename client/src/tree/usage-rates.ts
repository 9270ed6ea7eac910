import type { ContainerStats } from '#engine/observe/container-stats.ts';

/** Bytes a second. */
export interface UsageRates {
  readonly received: number;
  readonly sent: number;
  readonly read: number;
  readonly written: number;
}

const none: UsageRates = { received: 0, sent: 0, read: 0, written: 0 };

/** What went in and out between two samples; a container that was started again counts from zero. */
export function ratesBetween(before: ContainerStats | undefined, now: ContainerStats): UsageRates {
  const seconds = before === undefined ? 0 : (now.readAt - before.readAt) / 1000;
  if (before === undefined || seconds <= 0) return none;
  const rate = (from: number, to: number) => Math.max(0, to - from) / seconds;
  return {
    received: rate(before.networkReceived, now.networkReceived),
    sent: rate(before.networkSent, now.networkSent),
    read: rate(before.blockRead, now.blockRead),
    written: rate(before.blockWritten, now.blockWritten),
  };
}
