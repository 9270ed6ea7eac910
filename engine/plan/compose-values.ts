import { recordOf } from '#compose/values/record.ts';
/** Values of the Engine API as the Compose file has them: `cpus: 1`, `mem_limit: 1g`, `interval: 30s`. What is not set is `undefined`. */
export const composeValues: Readonly<Record<string, (value: unknown) => unknown>> = {
  NanoCpus: (value) => number(value, (count) => count / 1e9),
  Memory: (value) => number(value, bytesText),
  MemoryReservation: (value) => number(value, bytesText),
  StopTimeout: (value) => number(value, (seconds) => durationText(seconds * 1e9)),
  Interval: (value) => number(value, durationText),
  Timeout: (value) => number(value, durationText),
  StartPeriod: (value) => number(value, durationText),
  StartInterval: (value) => number(value, durationText),
  PortBindings: portsList,
  Binds: (value) => list(value)?.map((bind) => (typeof bind === 'string' ? bind.replace(/:rw$/, '') : bind)),
  Mounts: (value) => list(value)?.map(inSnakeCase),
  Tmpfs: (value) =>
    entries(value)?.map(([path, options]) => (options === '' ? path : `${path}:${String(options)}`)),
  Ulimits: ulimits,
  RestartPolicy: restartText,
};

const units = ['b', 'k', 'm', 'g', 't'] as const;

/** In the greatest unit of which it is a whole number. */
function bytesText(bytes: number): string {
  let rest = bytes;
  let at = 0;
  while (rest % 1024 === 0 && at < units.length - 1) {
    rest /= 1024;
    at += 1;
  }
  return `${rest}${units[at]}`;
}

const parts = [
  ['h', 3600e9],
  ['m', 60e9],
  ['s', 1e9],
  ['ms', 1e6],
  ['us', 1e3],
  ['ns', 1],
] as const;

/** `1m30s`; parts that are none are left out. */
function durationText(nanoseconds: number): string {
  let rest = nanoseconds;
  let text = '';
  for (const [unit, length] of parts) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) text += `${count}${unit}`;
  }
  return text;
}

/** `127.0.0.1:8081:80`, `53/udp`. */
function portsList(bindings: unknown): readonly string[] | undefined {
  return entries(bindings)?.flatMap(([target, hosts]) =>
    (list(hosts) ?? []).map((host) => {
      const { HostIp = '', HostPort = '' } = Object(host) as { HostIp?: string; HostPort?: string };
      const ip = HostIp.includes(':') ? `[${HostIp}]` : HostIp;
      return [ip, HostPort, target.replace(/\/tcp$/, '')].filter((part) => part !== '').join(':');
    }),
  );
}

function ulimits(value: unknown): object | undefined {
  const found = (list(value) ?? []).map((each) => {
    const { Name, Soft, Hard } = Object(each) as { Name?: string; Soft?: number; Hard?: number };
    return [Name ?? '', Soft === Hard ? Soft : { soft: Soft, hard: Hard }] as const;
  });
  return found.length === 0 ? undefined : recordOf(found);
}

function restartText(policy: unknown): string | undefined {
  const { Name, MaximumRetryCount } = Object(policy) as { Name?: string; MaximumRetryCount?: number };
  if (Name === undefined || Name === '' || Name === 'no') return undefined;
  return MaximumRetryCount ? `${Name}:${MaximumRetryCount}` : Name;
}

/** `BindOptions` is `bind`, `ReadOnly` is `read_only`. */
function inSnakeCase(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const renamed = Object.entries(value).map(
    ([key, each]: [string, unknown]) =>
      [
        key
          .replace(/Options$/, '')
          .replace(/\B[A-Z]/g, '_$&')
          .toLowerCase(),
        inSnakeCase(each),
      ] as const,
  );
  return recordOf(renamed);
}

/** Engines write 0 for none. */
function number<T>(value: unknown, as: (value: number) => T): T | undefined {
  return typeof value === 'number' && value > 0 ? as(value) : undefined;
}

function list(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) && value.length > 0 ? value : undefined;
}

function entries(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  const found = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return found.length === 0 ? undefined : found;
}
