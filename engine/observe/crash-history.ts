import type { EngineEvent } from '../api/engine-objects.ts';

/** A container that runs for so long has recovered. In ms. */
export const calm = 30_000;

/** After so many ends in a row, none of them after {@link calm}, it is a loop. */
const loopAfter = 2;

/** What happened to one container since it was last started on purpose. */
export interface Past {
  /** Ends that nobody asked for, each before the container had run for {@link calm}. */
  readonly crashes: number;
  readonly exitCode: number | undefined;
  readonly isRunning: boolean;
  /** It was told to stop. */
  readonly isStopped: boolean;
  /** By our own clock; `undefined` if that was before we looked. */
  readonly startedAt: number | undefined;
}

/** What is said of a container that the engine starts again and again. */
export interface Loop {
  readonly restarts: number;
  /** Of the last end; `undefined` if that was before we looked. */
  readonly exitCode: number | undefined;
  /** The last that it wrote. */
  readonly lastLine: string | undefined;
}

/** The past after one more event of the container; `undefined`: there is nothing to remember. */
export function afterEvent(
  past: Past | undefined,
  { action, attributes }: EngineEvent,
  now: number,
): Past | undefined {
  switch (action) {
    case 'start':
      return {
        crashes: past?.crashes ?? 0,
        exitCode: past?.exitCode,
        isRunning: true,
        isStopped: false,
        startedAt: now,
      };
    case 'die': {
      const isCalm = past?.startedAt !== undefined && now - past.startedAt >= calm;
      const code = Number(attributes.exitCode);
      const exitCode = Number.isNaN(code) ? undefined : code;
      if (past?.isStopped === true) return { ...past, exitCode };
      return {
        crashes: (isCalm ? 0 : (past?.crashes ?? 0)) + 1,
        exitCode,
        isRunning: false,
        isStopped: false,
        startedAt: undefined,
      };
    }
    case 'stop':
      // The engine tells of the end and that it was asked for in either order.
      return {
        crashes: 0,
        exitCode: past?.exitCode,
        isRunning: false,
        isStopped: true,
        startedAt: undefined,
      };
    case 'destroy':
      return undefined;
    default:
      return past;
  }
}

/** Whether it crashes, is started and crashes again. Also in the moments in which it runs: only {@link calm} ends a loop. */
export function isLooping({ crashes, isRunning, startedAt }: Past, now: number): boolean {
  if (crashes < loopAfter) return false;
  return !isRunning || startedAt === undefined || now - startedAt < calm;
}

/** When a loop is over unless it crashes again before. */
export function calmAt({ isRunning, startedAt }: Past): number | undefined {
  return isRunning && startedAt !== undefined ? startedAt + calm : undefined;
}

/** Whether it came to a good end by itself. */
export function endedByItself({ crashes, exitCode, isRunning, isStopped }: Past): boolean {
  return !isRunning && !isStopped && crashes > 0 && exitCode === 0;
}

/** The past of a container that was there before we looked, as far as the engine tells. */
export function pastFrom(
  details: {
    readonly restartCount: number;
    readonly startedAt: number | undefined;
    readonly state: string;
    readonly exitCode: number;
  },
  now: number,
): Past {
  const { restartCount, state, startedAt, exitCode } = details;
  const isRunning = state === 'running';
  // The engine's clock is another one: what it says of the start is taken for no later than now.
  const started = startedAt === undefined ? undefined : Math.min(startedAt, now);
  return {
    crashes: restartCount,
    exitCode: isRunning ? undefined : exitCode,
    isRunning,
    isStopped: false,
    startedAt: isRunning ? started : undefined,
  };
}
