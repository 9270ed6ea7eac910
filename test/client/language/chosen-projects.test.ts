import { describe, expect, it } from 'vitest';
import type { ChosenProject } from '../../../server/src/protocol.ts';
import { listenToChosenProjects, tellChosenProjects } from '../../../client/src/language/chosen-projects.ts';
import type { DeclaredProject } from '../../../client/src/workspace/declared.ts';
import type { ProjectReference } from '../../../client/src/workspace/discover.ts';

/** A workspace's memory. */
function memory() {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, fallback?: T) => (values.has(key) ? (values.get(key) as T) : (fallback as T)),
    update: async (key: string, value: unknown) => void values.set(key, value),
  };
}

function declared(reference: Partial<ProjectReference>): DeclaredProject {
  return {
    reference: { id: '/app', directory: '/app', files: [], mainFile: '/app/compose.yaml', ...reference },
    name: 'app',
    services: [],
    networks: [],
    volumes: [],
    profiles: [],
    problems: [],
    loaded: undefined,
  };
}

const prod = ['/app/compose.yaml', '/app/compose.prod.yaml'];

describe('what the language server is told of the projects', () => {
  it('those that are run another way than their files suggest, once for each change', () => {
    const state = memory();
    const heard: (readonly ChosenProject[])[] = [];
    listenToChosenProjects(state, (projects) => heard.push(projects));
    tellChosenProjects(state, [declared({})]);
    tellChosenProjects(state, [declared({ id: '/one.yaml', files: ['/one.yaml'] })]);
    expect(heard).toEqual([]);
    const chosen = declared({ files: prod, envFiles: ['/app/.env.prod'], environment: 'prod' });
    tellChosenProjects(state, [chosen]);
    tellChosenProjects(state, [chosen]);
    expect(heard).toEqual([[{ files: prod, projectDirectory: '/app', envFiles: ['/app/.env.prod'] }]]);
    tellChosenProjects(state, [declared({ files: ['/app/compose.prod.yaml'] })]);
    expect(heard[1]).toEqual([{ files: ['/app/compose.prod.yaml'], projectDirectory: '/app' }]);
    tellChosenProjects(state, [declared({})]);
    expect(heard[2]).toEqual([]);
  });

  it('a server that starts later, or in the next window, hears it at once', () => {
    const state = memory();
    tellChosenProjects(state, [declared({ files: prod })]);
    const heard: (readonly ChosenProject[])[] = [];
    listenToChosenProjects(state, (projects) => heard.push(projects));
    expect(heard).toEqual([[{ files: prod, projectDirectory: '/app' }]]);
  });
});
