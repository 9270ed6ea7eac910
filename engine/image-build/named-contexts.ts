import type { Build, Project } from '#compose/model/project.ts';
import { imageName } from '../project/names.ts';

/** Where an additional context comes from (specification: `build.additional_contexts`). */
type NamedContext =
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'image'; readonly image: string }
  /** A folder or a repository: BuildKit asks a client for it over a connection of its own. */
  | { readonly kind: 'other' };

function namedContext(name: string, source: string): NamedContext {
  // A stage can have no other name.
  if (!/^[a-z][a-z0-9_.-]*$/i.test(name)) return { kind: 'other' };
  if (source.startsWith('service:')) return { kind: 'service', service: source.slice('service:'.length) };
  if (source.startsWith('docker-image://'))
    return { kind: 'image', image: source.slice('docker-image://'.length) };
  return { kind: 'other' };
}

function contextsOf(build: Build): readonly (readonly [name: string, context: NamedContext])[] {
  return Object.entries(build.additional_contexts ?? {}).map(([name, source]) => [
    name,
    namedContext(name, source),
  ]);
}

/** Whether all additional contexts are images, which an engine can take without asking a client. */
export function areImages(build: Build): boolean {
  return contextsOf(build).every(([, { kind }]) => kind !== 'other');
}

/**
 * The services in the order in which their images must be built, those that can be built at once together: a service whose image another one takes as
 * a context comes before it, and is added if it was not asked for; by `dependencies`, those asked for that it depends on come before it too. A cycle,
 * which loading refuses, ends where it closes.
 */
export function buildStages(
  project: Project,
  wanted: readonly string[],
  order: 'contexts' | 'dependencies' = 'contexts',
): readonly (readonly string[])[] {
  const depths = new Map<string, number>();
  const visit = (name: string, trail: readonly string[]): number => {
    const known = depths.get(name);
    const build = project.services[name]?.build;
    if (known !== undefined || build === undefined || trail.includes(name)) return known ?? -1;
    const contexts = contextsOf(build).flatMap(([, context]) =>
      context.kind === 'service' ? [context.service] : [],
    );
    const dependencies = Object.keys(project.services[name]?.depends_on ?? {});
    const before = [
      ...contexts,
      ...(order === 'dependencies' ? dependencies.filter((each) => wanted.includes(each)) : []),
    ];
    const depth = Math.max(-1, ...before.map((each) => visit(each, [...trail, name]))) + 1;
    depths.set(name, depth);
    return depth;
  };
  for (const name of wanted) visit(name, []);
  const stages: string[][] = [];
  for (const [name, depth] of depths) {
    stages[depth] ??= [];
    stages[depth].push(name);
  }
  return stages;
}

/**
 * A Dockerfile in which the additional contexts are stages of their names: `FROM base` and `COPY --from=base` mean the same as with BuildKit's named
 * contexts, on every builder. Lines keep their order; those before the first `FROM` stay before it.
 */
export function withNamedContexts(dockerfile: string, build: Build, project: Project): string {
  const stages = contextsOf(build).flatMap(([name, context]) => {
    if (context.kind === 'image') return [`FROM ${context.image} AS ${name}\n`];
    const service = context.kind === 'service' ? project.services[context.service] : undefined;
    return context.kind === 'service' && service !== undefined
      ? [`FROM ${imageName(project.name, context.service, service)} AS ${name}\n`]
      : [];
  });
  const first = /^[ \t]*FROM[ \t]/im.exec(dockerfile)?.index ?? 0;
  return dockerfile.slice(0, first) + stages.join('') + dockerfile.slice(first);
}
