import { describe, expect } from 'vitest';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { load, loadWith } from '#compose/load/load.ts';
import type { LoadResult } from '#compose/load/request.ts';
import { networkHash, serviceHash, volumeHash } from '#compose/model/hash.ts';
import { sha256 } from '#compose/model/sha256.ts';
import { eachCase } from './each-case.ts';
import { memoryHost, type RecordedFiles } from './memory-host.ts';
import { printed } from './printed.ts';

interface Expected {
  readonly json: unknown;
  readonly disabled: readonly string[];
  readonly service_hash?: Readonly<Record<string, string>>;
  readonly network_hash?: Readonly<Record<string, string>>;
  readonly volume_hash?: Readonly<Record<string, string>>;
}

function errorsOf(result: LoadResult): readonly string[] {
  return result.problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, path }) => `${path ?? ''} ${code}: ${formatPhrase(message)}`);
}

function check(result: LoadResult, expected: Expected | undefined, error: string | null): void {
  if (expected === undefined) {
    expect(errorsOf(result), error ?? '').not.toEqual([]);
    return;
  }
  expect(errorsOf(result)).toEqual([]);
  const { loaded } = result;
  if (loaded === undefined) throw new Error('no project');
  const { project } = loaded;
  expect(printed(project)).toEqual(expected.json);
  expect(Object.keys(loaded.disabled).sort()).toEqual(expected.disabled);
  const hashes = <T>(resources: Readonly<Record<string, T>> | undefined, hash: (resource: T) => string) =>
    Object.fromEntries(Object.entries(resources ?? {}).map(([name, resource]) => [name, hash(resource)]));
  expect(hashes(project.services, serviceHash)).toEqual(expected.service_hash ?? {});
  expect(hashes(project.networks, networkHash)).toEqual(expected.network_hash ?? {});
  expect(hashes(project.volumes, volumeHash)).toEqual(expected.volume_hash ?? {});
}

/** Some of the recorded calls drop `env_file` once it is read, as commands do; the record does not say which. */
function withoutEnvFiles(expected: Expected | undefined): Expected | undefined {
  if (expected === undefined) return undefined;
  const drop = (key: string, value: unknown) => (key === 'env_file' ? undefined : value);
  return { ...expected, json: JSON.parse(JSON.stringify(expected.json, drop)) };
}

describe('examples of the specification', () => {
  eachCase<{
    readonly id: string;
    readonly cwd: string;
    readonly files: Readonly<Record<string, string>>;
    readonly error: string | null;
    readonly expected?: Expected;
  }>('loader/gen_spec_docs', async ({ cwd, files, expected, error }) => {
    const disk = Object.fromEntries(Object.entries(files).map(([name, text]) => [`${cwd}/${name}`, text]));
    check(await load(memoryHost(disk, {}, cwd), { cwd }), expected, error);
  });
});

describe('command line options', () => {
  eachCase<{
    readonly id: string;
    readonly cwd: string;
    readonly configPaths: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly envFiles: readonly string[];
    readonly fs: RecordedFiles;
    readonly nameOption: string;
    readonly workingDir: string;
    readonly composeFiles?: readonly string[];
    readonly name?: string;
    readonly error: string | null;
    readonly project?: Expected;
  }>('loader/rec_cli', async (recorded) => {
    const { cwd, configPaths, env, fs, nameOption, workingDir } = recorded;
    const result = await loadWith(
      memoryHost(fs, env, cwd),
      {
        cwd,
        files: configPaths,
        projectName: nameOption,
        ...(workingDir === '' ? {} : { projectDirectory: workingDir }),
      },
      {
        noInterpolate: false,
        noValidation: false,
        noPaths: false,
        noNormalization: false,
        noConsistency: false,
        noEnvironment: false,
        prune: false,
        discardEnvFiles: true,
        discardLabelFiles: false,
      },
    );
    check(result, withoutEnvFiles(recorded.project), recorded.error);
    if (recorded.composeFiles !== undefined) expect(result.loaded?.files).toEqual(recorded.composeFiles);
    if (recorded.name !== undefined) expect(result.loaded?.project.name).toBe(recorded.name);
  });
});

describe('hashes seen in the wild', () => {
  eachCase<{ readonly id: string; readonly label: string; readonly json: string; readonly what: string }>(
    'loader/hash_vectors_wild',
    ({ label, json, what }) => {
      expect(sha256(json)).toBe(label);
      const hash = { service: serviceHash, network: networkHash, volume: volumeHash }[what];
      expect(hash?.(JSON.parse(json))).toBe(label);
    },
  );
});
