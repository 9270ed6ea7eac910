import { describe, expect } from 'vitest';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { ComposeFiles } from '#compose/load/compose-files.ts';
import { loadModel } from '#compose/load/load-model.ts';
import { ProblemList } from '#compose/load/problems.ts';
import { Variables } from '#compose/load/variables.ts';
import { networkHash, serviceHash, volumeHash } from '#compose/model/hash.ts';
import { eachCase } from './each-case.ts';
import { memoryHost, type RecordedFiles } from './memory-host.ts';
import { printed } from './printed.ts';

interface LoadCase {
  readonly id: string;
  readonly at: string;
  readonly workingDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly files: readonly { readonly name: string; readonly content?: string }[];
  readonly fs: RecordedFiles;
  readonly options: {
    readonly projectName?: string;
    readonly projectNameImperativelySet?: boolean;
    readonly resolvePaths?: boolean;
    readonly skipValidation?: boolean;
    readonly skipNormalization?: boolean;
    readonly skipConsistencyCheck?: boolean;
    readonly skipInterpolation?: boolean;
    readonly skipResolveEnvironment?: boolean;
    readonly discardEnvFiles?: boolean;
    readonly pruneUnnecessaryResources?: boolean;
    readonly profiles?: readonly string[];
    readonly selectedServices?: readonly string[];
  };
  readonly error: string | null;
  readonly expected?: Expected;
}

interface Expected {
  readonly disabled: readonly string[];
  readonly json?: Record<string, unknown>;
  readonly service_hash?: Readonly<Record<string, string>>;
  readonly network_hash?: Readonly<Record<string, string>>;
  readonly volume_hash?: Readonly<Record<string, string>>;
}

describe('recorded loads', () => {
  eachCase<LoadCase>('loader/rec_load', async (recorded) => {
    const { options } = recorded;
    const cwd = recorded.at.slice(0, recorded.at.lastIndexOf('/'));
    const host = memoryHost(recorded.fs, recorded.env, cwd);
    const problems = new ProblemList();
    const files = new ComposeFiles(host, problems.report);
    const opened = await Promise.all(
      recorded.files.map(({ name, content }) =>
        content === undefined ? files.compose(name) : files.fromText(name, content),
      ),
    );
    const { project, selection } = await loadModel(
      {
        files: opened.flatMap((file) => file ?? []),
        workingDirectory: recorded.workingDir,
        variables: Variables.of(recorded.env, 'posix'),
        name: { text: options.projectName ?? '', imposed: options.projectNameImperativelySet ?? false },
        profiles: options.profiles ?? [],
        services: options.selectedServices ?? [],
        options: {
          noInterpolate: options.skipInterpolation ?? false,
          noValidation: options.skipValidation ?? false,
          noPaths: options.resolvePaths === false,
          noNormalization: options.skipNormalization ?? false,
          noConsistency: options.skipConsistencyCheck ?? false,
          noEnvironment: options.skipResolveEnvironment ?? false,
          prune: options.pruneUnnecessaryResources ?? false,
          discardEnvFiles: options.discardEnvFiles ?? false,
          discardLabelFiles: options.discardEnvFiles ?? false,
        },
      },
      host,
      files,
      problems,
    );
    const errors = problems.list().filter(({ severity }) => severity === 'error');
    if (recorded.expected === undefined) {
      expect(errors, recorded.error ?? '').not.toEqual([]);
      return;
    }
    expect(
      errors.map(({ code, message, path }) => `${path ?? ''} ${code}: ${formatPhrase(message)}`),
    ).toEqual([]);
    // The reference cannot print a build's SSH keys as JSON.
    if (recorded.expected.json !== undefined) expect(printed(project)).toEqual(recorded.expected.json);
    expect(Object.keys(selection.disabled).sort()).toEqual(recorded.expected.disabled);
    for (const [name, hash] of Object.entries(recorded.expected.service_hash ?? {})) {
      const service = project.services[name];
      expect(service && serviceHash(service), `hash of service ${name}`).toBe(hash);
    }
    for (const [name, hash] of Object.entries(recorded.expected.network_hash ?? {})) {
      const network = project.networks?.[name];
      expect(network && networkHash(network), `hash of network ${name}`).toBe(hash);
    }
    for (const [name, hash] of Object.entries(recorded.expected.volume_hash ?? {})) {
      const volume = project.volumes?.[name];
      expect(volume && volumeHash(volume), `hash of volume ${name}`).toBe(hash);
    }
  });
});
