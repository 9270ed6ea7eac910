import { inject } from 'vitest';
import { callEngine } from '../../scripts/lib/engine-api.mjs';

// Asks the tests' engine directly: what the extension shows is held against what is there.

/** `DOCKER_HOST` of the engine that this worker's files have to themselves. */
export function testEngine(): string {
  const each = inject('vscodeEngines');
  const host = each[Number(process.env.VITEST_POOL_ID) - 1] ?? each[0];
  if (host === undefined) throw new Error('no engine was started');
  return host;
}

/** Names of the containers that carry the project's label, running or not. */
export async function containersOf(project: string): Promise<readonly string[]> {
  const list = (await call('GET', `/containers/json?all=1&${ofProject(project)}`)) as {
    readonly Names: readonly string[];
  }[];
  return list.map(({ Names }) => (Names[0] ?? '').slice(1)).sort();
}

/** A label of a service's containers, one value for each. */
export async function labelOf(project: string, service: string, label: string): Promise<readonly string[]> {
  const list = (await call('GET', `/containers/json?all=1&${ofProject(project)}`)) as {
    readonly Labels: Readonly<Record<string, string>>;
  }[];
  return list
    .filter(({ Labels }) => Labels['com.docker.compose.service'] === service)
    .map(({ Labels }) => Labels[label] ?? '');
}

/** When a container was started last, as the engine has it. */
export async function startOf(container: string): Promise<string> {
  const { State } = (await call('GET', `/containers/${container}/json`)) as {
    readonly State: { readonly StartedAt: string };
  };
  return State.StartedAt;
}

/** What runs in a container, as the engine lists it. */
export function processesOf(container: string): Promise<unknown> {
  return call('GET', `/containers/${container}/top`);
}

export async function volumesOf(project: string): Promise<readonly string[]> {
  const { Volumes } = (await call('GET', `/volumes?${ofProject(project)}`)) as {
    readonly Volumes: readonly { readonly Name: string }[] | null;
  };
  return (Volumes ?? []).map(({ Name }) => Name).sort();
}

export async function networksOf(project: string): Promise<readonly string[]> {
  const list = (await call('GET', `/networks?${ofProject(project)}`)) as { readonly Name: string }[];
  return list.map(({ Name }) => Name).sort();
}

/** Leaves nothing of a project, whatever state a test left it in. */
export async function removeProject(project: string): Promise<void> {
  for (const name of await containersOf(project)) await call('DELETE', `/containers/${name}?force=1&v=1`);
  for (const name of await networksOf(project)) await call('DELETE', `/networks/${name}`);
  for (const name of await volumesOf(project)) await call('DELETE', `/volumes/${name}`);
}

function ofProject(project: string): string {
  const filters = JSON.stringify({ label: [`com.docker.compose.project=${project}`] });
  return `filters=${encodeURIComponent(filters)}`;
}

function call(method: string, path: string): Promise<unknown> {
  return callEngine(testEngine().replace('unix://', ''), method, path);
}
