import { sameData } from '#compose/values/same-data.ts';
import type { ContainerSummary } from '../api/engine-objects.ts';
import { label } from '../project/labels.ts';
import type { RuntimeProject } from './runtime-project.ts';

type Labels = Readonly<Record<string, string>>;

/** Of podman-compose, whose later versions write Compose's label beside it. */
const podmanProject = 'io.podman.compose.project';
/** What the engine makes for a swarm is seen there; the other is made by this program for a moment, to look into a volume. */
const seenElsewhere = ['com.docker.swarm.task.id', 'com.docker.swarm.service.id', 'composure.volume'];

/**
 * Whether Docker Compose did not make the container, by its labels or by those in an event. Other tools write Compose's labels, too, but not
 * the hash; without it are also the containers of hooks, which are no one's business.
 */
export function isOther(labels: Labels): boolean {
  if (seenElsewhere.some((name) => labels[name] !== undefined)) return false;
  return labels[label.project] === undefined || isForeign(labels);
}

/** The containers that Compose did not make, by the projects of the tools that did; those of none under the name ''. What did not change is the same object. */
export function otherProjects(
  before: readonly RuntimeProject[],
  containers: readonly ContainerSummary[],
): readonly RuntimeProject[] {
  const groups = new Map<string, ContainerSummary[]>();
  for (const container of containers) {
    if (!isOther(container.labels)) continue;
    const name = projectOf(container.labels);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [container]);
    else group.push(container);
  }
  const after = [...groups].sort(byKey).map(([name, list]): RuntimeProject => {
    const project = toProject(name, list);
    const old = before.find((each) => each.name === name);
    return old !== undefined && sameData(old, project) ? old : project;
  });
  const same = after.length === before.length && after.every((each, at) => each === before[at]);
  return same ? before : after;
}

function isForeign(labels: Labels): boolean {
  return labels[label.configHash] === undefined && labels[label.hook] === undefined;
}

function projectOf(labels: Labels): string {
  return labels[podmanProject] ?? labels[label.project] ?? '';
}

function toProject(name: string, containers: readonly ContainerSummary[]): RuntimeProject {
  return {
    name,
    workingDirectory: containers[0]?.labels[label.workingDirectory] ?? '',
    configFiles: [],
    services: containers
      .map((container) => ({ name: container.name, containers: [container] }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    networks: [],
    volumes: [],
  };
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
