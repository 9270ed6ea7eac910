import { sectionOf } from '#compose/model/symbols.ts';
import type { Project } from '#compose/model/project.ts';
import type { LoadedReference } from './projects.ts';

const known = new WeakMap<LoadedReference, ReadonlySet<string>>();

/** What the services of a loaded project use, as `section name`: names that are put together with variables are found only there. */
export function usedNames(loaded: LoadedReference): ReadonlySet<string> {
  const used = known.get(loaded) ?? namesUsedBy((loaded.result.loaded ?? loaded.result.partial)?.project);
  known.set(loaded, used);
  return used;
}

function namesUsedBy(project: Project | undefined): ReadonlySet<string> {
  const used = new Set<string>();
  const add = (kind: keyof typeof sectionOf, name: string | undefined) => {
    if (name !== undefined) used.add(`${sectionOf[kind]} ${name}`);
  };
  for (const service of Object.values(project?.services ?? {})) {
    for (const { type, source } of service.volumes ?? []) if (type === 'volume') add('volume', source);
    for (const name of Object.keys(service.networks ?? {})) add('network', name);
    for (const { source } of service.secrets ?? []) add('secret', source);
    for (const { source } of service.build?.secrets ?? []) add('secret', source);
    for (const { source } of service.configs ?? []) add('config', source);
    for (const name of Object.keys(service.models ?? {})) add('model', name);
  }
  return used;
}
