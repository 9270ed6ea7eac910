import { describe, expect } from 'vitest';
import { DecodeContext } from '#compose/model/codec.ts';
import { extraHosts } from '#compose/model/codec-collections.ts';
import { normalizeProjectName } from '#compose/load/project-name.ts';
import { isWindowsAbsolute } from '#compose/load/system-path.ts';
import type { Problem } from '#compose/problem/problem.ts';
import { nodeOf } from '#compose/syntax/build.ts';
import type { Plain } from '#compose/syntax/to-plain.ts';
import { durationNanoseconds, formatDuration } from '#compose/values/duration.ts';
import { parsePorts } from '#compose/values/port.ts';
import { parseShellWords } from '#compose/values/shellwords.ts';
import { parseSize } from '#compose/values/size.ts';
import { parseVolume } from '#compose/values/volume.ts';
import { eachCase } from './each-case.ts';

describe('ports', () => {
  eachCase<{ id: string; spec: string; ports: unknown; error: string | null }>(
    'loader/rec_port_spec',
    ({ spec, ports, error }) => {
      const parsed = parsePorts(spec);
      if (error === null) expect(parsed).toEqual({ kind: 'ports', ports });
      else expect(parsed.kind, error).toBe('error');
    },
  );
});

describe('mounts', () => {
  eachCase<{
    id: string;
    spec: string;
    volume?: { readonly bind?: object };
    createHostPath?: boolean;
    error: string | null;
  }>('loader/rec_volume_spec', ({ spec, volume, createHostPath, error }) => {
    const parsed = parseVolume(spec);
    if (error !== null) {
      expect(parsed.kind, error).toBe('error');
      return;
    }
    // What is the default is not printed.
    const bind = createHostPath === true ? { bind: { ...volume?.bind, create_host_path: true } } : {};
    expect(parsed).toEqual({ kind: 'volume', volume: { ...volume, ...bind } });
  });
});

describe('scalars', () => {
  interface ScalarCase {
    readonly id: string;
    readonly type: string;
    readonly input: Plain;
    readonly output?: Plain;
    readonly outputNs?: number;
    readonly formatted?: string;
    readonly error: string | null;
  }
  /** What was made of the input; `undefined` if it was refused. */
  const readers: Readonly<Record<string, (input: Plain) => unknown>> = {
    bytes: (input) => {
      const size = parseSize(String(input));
      return size === undefined ? undefined : Number(size);
    },
    duration: (input) => {
      const nanoseconds = durationNanoseconds(String(input));
      return nanoseconds === undefined
        ? undefined
        : { ns: Number(nanoseconds), formatted: formatDuration(nanoseconds) };
    },
    shellcommand: (input) => {
      const parsed = parseShellWords(String(input));
      return parsed.kind === 'words' ? parsed.words : undefined;
    },
    extra_hosts: (input) => {
      const problems: Problem[] = [];
      const report = (problem: Problem) => problems.push(problem);
      const hosts = extraHosts.decode(nodeOf(input), new DecodeContext('extra_hosts', report));
      return problems.length > 0 ? undefined : hosts;
    },
  };
  eachCase<ScalarCase>('loader/rec_scalar', ({ type, input, output, outputNs, formatted, error }) => {
    const found = readers[type]?.(input);
    if (error !== null) {
      expect(found, error).toBeUndefined();
      return;
    }
    if (type === 'duration') expect(found).toEqual({ ns: outputNs, formatted });
    else if (type === 'extra_hosts') expect(found).toEqual(asList(output as HostMap));
    else expect(found).toEqual(output);
  });

  type HostMap = Readonly<Record<string, readonly string[]>>;
  function asList(hosts: HostMap): readonly string[] {
    const list = Object.entries(hosts).flatMap(([host, addresses]) =>
      addresses.map((address) => `${host}=${address}`),
    );
    return list.sort();
  }
});

describe('project names', () => {
  eachCase<{ id: string; input: string; output: string }>('loader/rec_project_name', ({ input, output }) => {
    expect(normalizeProjectName(input)).toBe(output);
  });
});

describe('absolute paths of Windows', () => {
  eachCase<{ id: string; input: string; output: boolean }>('loader/rec_windows_abs', ({ input, output }) => {
    expect(isWindowsAbsolute(input)).toBe(output);
  });
});
