import type { Rollouts } from '../kubernetes/rollouts.ts';
import type { ObservedSwarm } from '#engine/swarm/observe-swarm.ts';
import type { Translate } from '../shared/translate.ts';
import { isSwarmRow } from '../swarm/swarm-row.ts';
import { swarmChildren, swarmParent } from '../swarm/swarm-tree.ts';
import { isOff, type Stack, type StackService } from '../workspace/stacks.ts';
import { resourcesOf } from './resource-text.ts';
import { isWanted, type TreeFilter, wantedServices } from './tree-filter.ts';
import { orderedServices, orderedStacks, type TreeOrder } from './tree-order.ts';
import type { TreeRow, TreeRows } from './tree-row.ts';

/** One of several engines, as its row shows it. */
export interface SeenEngine {
  /** Empty for the chosen one. */
  readonly name: string;
  readonly label: string;
  /** Its version and where it is, once that is known. */
  readonly about: string;
  readonly state: 'idle' | 'connecting' | 'connected' | 'disconnected';
  /** Why there is no connection, in lines. */
  readonly failure: readonly string[];
}

/** What the tree is made of. */
export interface TreeSource {
  readonly stacks: readonly Stack[];
  /** Containers that Compose did not make. */
  readonly others?: readonly Stack[];
  stack(key: string): Stack | undefined;
  /** Why there is no engine, in lines; `undefined` while there is one or it is awaited. */
  readonly failure: readonly string[] | undefined;
  /** What the engine's swarm runs; `undefined`: it manages none. */
  readonly swarm: ObservedSwarm | undefined;
  /** The chosen engine and those that were added; empty while there is only the one. */
  readonly engines: readonly SeenEngine[];
  /** In which order, and which of it; absent: all of it, as the files have it. */
  readonly choices?: ShapeChoices;
  /** What was applied to a cluster, by the id of the project. */
  readonly rollouts?: Pick<Rollouts, 'of'>;
}

export interface ShapeChoices {
  readonly order: TreeOrder;
  readonly filter: TreeFilter | undefined;
  isFavourite(project: string, service?: string): boolean;
}

/** Which row is below which: project > service > container, then profiles that are off with their services, networks and volumes; after the projects the swarm. With several engines, each is a row above its projects. */
export class TreeShape {
  readonly #source: TreeSource;
  readonly rows: TreeRows;
  /** For states as a filter names them. */
  readonly #t: Translate;

  constructor(source: TreeSource, rows: TreeRows, t: Translate) {
    this.#source = source;
    this.#t = t;
    this.rows = rows;
  }

  children(row: TreeRow | undefined): TreeRow[] {
    if (row === undefined) return this.#roots();
    if (row.kind === 'engine') return this.#tried();
    if (row.kind === 'host') return this.#onHost(row.engine);
    if (row.kind === 'others') return this.#ofOthers(row.engine);
    if (isSwarmRow(row)) return swarmChildren(row, this.#source.swarm, this.rows);
    const stack = 'stack' in row ? this.#source.stack(row.stack) : undefined;
    if (stack === undefined) return [];
    switch (row.kind) {
      case 'project':
        return stack.isOther === true ? this.#containers(stack) : this.#inProject(stack);
      case 'profile':
        return this.#services(stack)
          .filter((service) => profileOf(stack, service) === row.profile)
          .map(({ name }) => this.rows.get({ kind: 'service', stack: row.stack, service: name }));
      case 'service':
        return (stack.services.find(({ name }) => name === row.service)?.containers ?? []).map(({ id }) =>
          this.rows.get({ kind: 'container', stack: row.stack, service: row.service, container: id }),
        );
      case 'networks':
      case 'volumes': {
        const kind = row.kind === 'networks' ? 'network' : 'volume';
        return resourcesOf(stack, kind).map(({ name }) => this.rows.get({ kind, stack: row.stack, name }));
      }
      default:
        return [];
    }
  }

  parent(row: TreeRow): TreeRow | undefined {
    if (isSwarmRow(row)) return swarmParent(row, this.#source.swarm, this.rows) ?? this.#host('');
    switch (row.kind) {
      case 'engine':
      case 'host':
        return undefined;
      case 'begin':
        return this.#host('');
      case 'others':
        return this.#host(row.engine);
      case 'project': {
        const stack = this.#source.stack(row.stack);
        const engine = stack?.engine ?? '';
        return stack?.isOther === true ? this.#aboveOthers(engine) : this.#host(engine);
      }
      case 'tried':
        return row.engine === undefined ? this.rows.get({ kind: 'engine' }) : this.#host(row.engine);
      case 'service': {
        const stack = this.#source.stack(row.stack);
        const service = stack?.services.find(({ name }) => name === row.service);
        const profile = stack === undefined || service === undefined ? undefined : profileOf(stack, service);
        return profile === undefined
          ? this.rows.get({ kind: 'project', stack: row.stack })
          : this.rows.get({ kind: 'profile', stack: row.stack, profile });
      }
      case 'profile':
      case 'networks':
      case 'volumes':
        return this.rows.get({ kind: 'project', stack: row.stack });
      case 'container': {
        const stack = this.#source.stack(row.stack);
        if (stack?.isOther === true)
          return stack.name === ''
            ? this.#aboveOthers(stack.engine ?? '')
            : this.rows.get({ kind: 'project', stack: row.stack });
        return this.rows.get({ kind: 'service', stack: row.stack, service: row.service });
      }
      case 'network':
        return this.rows.get({ kind: 'networks', stack: row.stack });
      case 'volume':
        return this.rows.get({ kind: 'volumes', stack: row.stack });
      case 'files': {
        const { stack, service, container } = row;
        return this.rows.get({ kind: 'container', stack, service, container });
      }
      case 'file': {
        const { stack, service, container } = row;
        const path = folderOf(row.path);
        return this.rows.get(
          path === '/'
            ? { kind: 'files', stack, service, container }
            : { kind: 'file', stack, service, container, path },
        );
      }
      case 'snapshot':
        return this.rows.get({ kind: 'volume', stack: row.stack, name: row.name });
      case 'volume-file': {
        const { stack, name } = row;
        const path = folderOf(row.path);
        return this.rows.get(
          path === '/' ? { kind: 'volume', stack, name } : { kind: 'volume-file', stack, name, path },
        );
      }
      case 'note':
        return this.rows.byId(row.under);
    }
  }

  #roots(): TreeRow[] {
    const { engines } = this.#source;
    if (engines.length > 0) return engines.map(({ name }) => this.rows.get({ kind: 'host', engine: name }));
    const rows = this.#projects('');
    if (this.#source.stacks.length === 0 || this.#source.failure === undefined) return rows;
    return [this.rows.get({ kind: 'engine' }), ...rows];
  }

  /** With several engines, the row of that one. */
  #host(engine: string): TreeRow | undefined {
    return this.#source.engines.length === 0 ? undefined : this.rows.get({ kind: 'host', engine });
  }

  #onHost(engine: string): TreeRow[] {
    const failure = this.#source.engines.find(({ name }) => name === engine)?.failure ?? [];
    return [
      ...failure.map((text) => this.rows.get({ kind: 'tried', text, engine })),
      ...this.#projects(engine),
    ];
  }

  #projects(engine: string): TreeRow[] {
    const { choices } = this.#source;
    const filter = choices?.filter;
    const stacks = this.#source.stacks.filter(
      (stack) =>
        (stack.engine ?? '') === engine && (filter === undefined || isWanted(filter, stack, this.#t)),
    );
    const rows = orderedStacks(
      stacks,
      choices?.order ?? 'file',
      ({ name }) => choices?.isFavourite(name) === true,
    ).map(({ key }): TreeRow => this.rows.get({ kind: 'project', stack: key }));
    if (engine === '' && this.#source.swarm !== undefined && filter === undefined)
      rows.push(this.rows.get({ kind: 'swarm' }));
    if (filter !== undefined) rows.push(...this.#ofOthers(engine));
    else if (this.#othersOn(engine).length > 0) {
      if (this.#source.stacks.length === 0 && engine === '') rows.unshift(this.rows.get({ kind: 'begin' }));
      rows.push(this.rows.get({ kind: 'others', engine }));
    }
    return rows;
  }

  #aboveOthers(engine: string): TreeRow | undefined {
    const isFiltered = this.#source.choices?.filter !== undefined;
    return isFiltered ? this.#host(engine) : this.rows.get({ kind: 'others', engine });
  }

  #othersOn(engine: string): readonly Stack[] {
    const filter = this.#source.choices?.filter;
    return (this.#source.others ?? []).filter(
      (stack) =>
        (stack.engine ?? '') === engine && (filter === undefined || isWanted(filter, stack, this.#t)),
    );
  }

  /** Projects of other tools, then what has none. While something is looked for, they stand beside the projects. */
  #ofOthers(engine: string): TreeRow[] {
    const stacks = this.#othersOn(engine);
    const projects = stacks.filter(({ name }) => name !== '');
    return [
      ...projects.map(({ key }) => this.rows.get({ kind: 'project', stack: key })),
      ...stacks.filter(({ name }) => name === '').flatMap((stack) => this.#containers(stack)),
    ];
  }

  #containers(stack: Stack): TreeRow[] {
    return this.#services(stack).flatMap(({ name, containers }) =>
      containers.map(({ id }) =>
        this.rows.get({ kind: 'container', stack: stack.key, service: name, container: id }),
      ),
    );
  }

  #tried(): TreeRow[] {
    return (this.#source.failure ?? []).map((text) => this.rows.get({ kind: 'tried', text }));
  }

  #inProject(stack: Stack): TreeRow[] {
    const { key } = stack;
    const services = this.#services(stack);
    const rows: TreeRow[] = services
      .filter((service) => profileOf(stack, service) === undefined)
      .map(({ name }) => this.rows.get({ kind: 'service', stack: key, service: name }));
    const isFiltered = this.#source.choices?.filter !== undefined;
    const profiles = (stack.declared?.profiles ?? []).filter(
      ({ name }) => !isFiltered || services.some((service) => profileOf(stack, service) === name),
    );
    for (const { name } of profiles) rows.push(this.rows.get({ kind: 'profile', stack: key, profile: name }));
    if (isFiltered) return rows;
    if ((stack.runtime?.networks.length ?? 0) > 0) rows.push(this.rows.get({ kind: 'networks', stack: key }));
    if ((stack.runtime?.volumes.length ?? 0) > 0) rows.push(this.rows.get({ kind: 'volumes', stack: key }));
    return rows;
  }

  /** Those that are wanted, in the order that is wanted. */
  #services(stack: Stack): readonly StackService[] {
    const { choices } = this.#source;
    const filter = choices?.filter;
    const services = filter === undefined ? stack.services : wantedServices(filter, stack, this.#t);
    return orderedServices(
      { services },
      choices?.order ?? 'file',
      (name) => choices?.isFavourite(stack.name, name) === true,
    );
  }
}

/** The profile below which a service is shown that is off; `undefined` for one that is enabled or there. */
function profileOf(stack: Stack, service: StackService): string | undefined {
  if (!isOff(service)) return undefined;
  const missing = service.declared?.missingProfiles ?? [];
  return stack.declared?.profiles.find((profile) => missing.includes(profile.name))?.name;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
