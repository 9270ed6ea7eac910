import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { afterAll, inject, onTestFinished } from 'vitest';
import { connect } from '#engine/connect/connect.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';

export const never = new AbortController().signal;

/** Which of its engines a test asks for: the newest, or the oldest that is supported. */
export type EngineName = 'engineHost' | 'oldEngineHost';

/** For `describe.each`. */
export const engines = [
  ['28.5', 'engineHost'],
  ['20.10', 'oldEngineHost'],
] as const;

/** `DOCKER_HOST` of an engine with seeded images. Files that run at the same time have engines of their own, in whose lists they see nothing of each other. */
export function hostOf(name: EngineName): string {
  const each = inject('engines');
  const own = each[Number(process.env.VITEST_POOL_ID) - 1] ?? each[0];
  if (own === undefined) throw new Error('no engine was started');
  return own[name];
}

/** A connection to the newest engine, or to another one. */
export function dial(host: string = hostOf('engineHost'), signal: AbortSignal = never): Promise<EnginePort> {
  return connect({ host, environment: {}, home: tmpdir(), platform: process.platform }, signal);
}

/** A project name that no other test has; what bears it is removed when the file or the `describe` is done. Not for use within a test. */
export function uniqueProject(engine: () => EnginePort): string {
  const project = projectName();
  afterAll(() => removeProject(engine(), project));
  return project;
}

/** The same for the test that runs: what bears the name is removed when the test is done. */
export function projectOfTest(engine: EnginePort): string {
  const project = projectName();
  onTestFinished(() => removeProject(engine, project));
  return project;
}

const projectName = () => `t${randomBytes(5).toString('hex')}`;

export async function removeProject(engine: EnginePort, project: string): Promise<void> {
  const labels = [`com.docker.compose.project=${project}`];
  for (const { id } of await engine.listContainers({ labels, all: true }, never))
    await engine.removeContainer(id, { force: true, volumes: true }, never).catch(() => {});
  for (const { id } of await engine.listNetworks({ labels }, never))
    await engine.removeNetwork(id, never).catch(() => {});
  for (const { name } of await engine.listVolumes({ labels }, never))
    await engine.removeVolume(name, never).catch(() => {});
}

export interface ServiceContainer {
  readonly service: string;
  readonly number?: number;
  /** A script for `sh`. */
  readonly script: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** A container as Docker Compose labels it, created and not started. */
export async function createService(
  engine: EnginePort,
  project: string,
  { service, number = 1, script, body = {} }: ServiceContainer,
): Promise<string> {
  const { id } = await engine.createContainer(
    {
      name: `${project}-${service}-${number}`,
      body: {
        Image: 'busybox',
        Cmd: ['sh', '-c', script],
        StopTimeout: 0,
        Labels: {
          'com.docker.compose.project': project,
          'com.docker.compose.service': service,
          'com.docker.compose.container-number': String(number),
          'com.docker.compose.config-hash': 'test',
          'com.docker.compose.oneoff': 'False',
        },
        ...body,
      },
    },
    never,
  );
  return id;
}

export async function startService(
  engine: EnginePort,
  project: string,
  options: ServiceContainer,
): Promise<string> {
  const id = await createService(engine, project, options);
  await engine.startContainer(id, never);
  return id;
}

/** All of an iteration (`Array.fromAsync`, which Node 20 does not have). */
export async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}
