import type { ObjectNames } from './object-names.ts';
import type { Project } from '../../model/project.ts';
import type { Given } from './object-content.ts';
import type { Aliases } from './aliases.ts';
import { objectName, objectNames } from './names.ts';
import type { WorkloadKind } from './workload-kinds.ts';
import type { Phrase } from '../../problem/phrase.ts';
import { recordOf } from '../../values/record.ts';

/** What the converters of single objects share. */
export interface Scope extends Given {
  readonly project: Project;
  readonly names: ObjectNames;
  readonly aliases: Aliases;
  /** The image of containers that wait for dependencies; empty: nothing waits. */
  readonly waitImage: string;
  /** What images expose, by service, where that is known. */
  readonly exposed: ReadonlyMap<string, readonly string[]>;
  /** What runs a service. */
  kindOf(name: string): WorkloadKind;
  remark(path: string, reason: Phrase): void;
}

/**
 * What is external has the name that it has there, and others are named by their keys in the file. Names that are made for services (`web-env`, `web-claim0`)
 * are theirs.
 */
export function objectNamesOf(project: Project): ObjectNames {
  const service = objectNames(Object.keys(project.services));
  const made = new RegExp(
    `^(?:${[...service.values()].join('|')})-(?:env|pods|published|claim\\d+|bind\\d+)$`,
  );
  const namesOf = (section: Section = recordOf()) => {
    const own = Object.keys(section).filter((key) => section[key]?.external !== true);
    const external = Object.entries(section).flatMap(([key, { external: isExternal, name }]) =>
      isExternal === true ? [[key, objectName(name ?? key)] as const] : [],
    );
    return new Map([...objectNames(own, (name) => made.test(name)), ...external]);
  };
  const names = {
    service,
    volume: namesOf(project.volumes),
    secrets: namesOf(project.secrets),
    configs: namesOf(project.configs),
    network: namesOf(project.networks),
  };
  return {
    service: (name) => names.service.get(name) ?? name,
    volume: (name) => names.volume.get(name) ?? name,
    file: (section, name) => names[section].get(name) ?? name,
    network: (name) => names.network.get(name) ?? name,
  };
}

type Section = Readonly<Record<string, { readonly external?: boolean; readonly name?: string }>>;
