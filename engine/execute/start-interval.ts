import type { EnginePort } from '../api/engine-port.ts';
import type { ContainerDetails } from '../api/engine-objects.ts';

/** Docker's own, in nanoseconds. */
const usualInterval = 30e9;

/**
 * Has the health checks run that nobody runs: Podman has systemd start them, which is not everywhere, and a container would stay at "starting" for ever.
 * `look` is called with each look at a container that is waited for. One whose last probe is longer ago than its interval is probed; how that ends is
 * seen at the next look. Does nothing on engines that run them themselves.
 */
export function overdueProbes(
  engine: EnginePort,
  signal: AbortSignal,
  now: () => number = () => performance.now(),
): { look(container: ContainerDetails): void } {
  if (engine.info.libpodVersion === undefined) return { look: () => undefined };
  const seen = new Map<string, { readonly probedAt: string | undefined; readonly since: number }>();
  const under = new Set<string>();
  return {
    look(container) {
      const { id, healthProbedAt: probedAt } = container;
      const before = seen.get(id);
      if (before === undefined || before.probedAt !== probedAt) seen.set(id, { probedAt, since: now() });
      else if (isProbed(container) && !under.has(id) && now() - before.since >= intervalOf(container)) {
        under.add(id);
        // A container may end meanwhile, and an engine that is gone is met by the next look.
        void engine
          .probeContainer(id, signal)
          .catch(() => undefined)
          .finally(() => under.delete(id));
      }
    },
  };
}

function isProbed({ state, health, hasHealthcheck }: ContainerDetails): boolean {
  return hasHealthcheck && state === 'running' && health !== 'healthy';
}

/** In ms. The first success counts, so what comes sooner does. */
function intervalOf({ config }: ContainerDetails): number {
  const check: object = (config['Healthcheck'] as object | undefined) ?? {};
  const of = (name: string) => {
    const value: unknown = Reflect.get(check, name);
    return typeof value === 'number' && value > 0 ? value : usualInterval;
  };
  return Math.min(of('Interval'), of('StartInterval')) / 1e6;
}
