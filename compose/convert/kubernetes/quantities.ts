import { durationNanoseconds } from '../../values/duration.ts';
import { parseSize } from '../../values/size.ts';

/** CPUs as a quantity of Kubernetes: `0.5` is `500m`. At least a thousandth. */
export function cpuQuantity(cpus: number): string {
  const milli = Math.max(1, Math.round(cpus * 1000));
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** Bytes (a size of a compose file) as a quantity of Kubernetes: `536870912` is `512Mi`. As written if it is none. */
export function memoryQuantity(size: string): string {
  const text = parseSize(size);
  if (text === undefined) return size;
  const bytes = BigInt(text);
  for (const [unit, factor] of [
    ['Gi', 1024n ** 3n],
    ['Mi', 1024n ** 2n],
    ['Ki', 1024n],
  ] as const) {
    if (bytes >= factor && bytes % factor === 0n) return `${bytes / factor}${unit}`;
  }
  return String(bytes);
}

/** Whole seconds, rounded up. */
export function seconds(duration: string | undefined): number | undefined {
  const nanoseconds = duration === undefined ? undefined : durationNanoseconds(duration);
  return nanoseconds === undefined ? undefined : Math.ceil(Number(nanoseconds) / 1e9);
}
