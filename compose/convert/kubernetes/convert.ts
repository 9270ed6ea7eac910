import type { Project, Service } from '../../model/project.ts';
import { autoscalers } from './autoscaler.ts';
import { withClaimTemplates } from './claim-templates.ts';
import { fileObjects } from './file-objects.ts';
import { withHashedNames } from './hashed-names.ts';
import { ingressManifests } from './ingress.ts';
import { aliasesOf } from './aliases.ts';
import { allLabels, labelText } from './labels.ts';
import type { Manifest } from './manifest.ts';
import { objectName } from './names.ts';
import { networkPolicies } from './network-policy.ts';
import { completedFirst, distinctObjects } from './pod.ts';
import { portsOf } from './ports.ts';
import { objectNamesOf, type Scope } from './scope.ts';
import type { Remark } from './remark.ts';
import { serviceManifests } from './service.ts';
import { textsOf } from './texts.ts';
import { remarkUnmapped } from './unmapped.ts';
import { volumeClaims } from './volume-claim.ts';
import { standardWaitImage } from './wait.ts';
import { workload } from './workload.ts';
import { workloadKind } from './workload-kind.ts';
import type { WorkloadKind } from './workload-kinds.ts';
import { phraseIdentity } from '../../problem/phrase.ts';

export interface KubernetesOptions {
  /** What runs a service that says nothing else: a Deployment. */
  readonly controller?: WorkloadKind;
  /** What waits for healthy dependencies before a pod starts: BusyBox unless it is said; empty for nothing. It has BusyBox. */
  readonly waitImage?: string;
  /**
   * What images expose (`5432/tcp`), by service, where that is known. For the remarks alone: the same files make the same objects on every machine.
   */
  readonly exposed?: ReadonlyMap<string, readonly string[]>;
  /** A hash of their content behind the names of ConfigMaps and Secrets, so that pods roll when it changes. */
  readonly hashNames?: boolean;
}

export interface Converted {
  /** In the order of the project: for each service what runs it, what it needs, its Services; then what they share. */
  readonly manifests: readonly Manifest[];
  /** What did not go over, in the order of the file. */
  readonly remarks: readonly Remark[];
}

/**
 * The objects of Kubernetes that do what a project does (apps/v1, batch/v1, networking.k8s.io/v1, autoscaling/v2), with the names and labels of kompose.
 * Never fails: what has no counterpart is in the remarks.
 */
export function convertToKubernetes(
  project: Project,
  { files, environment }: Pick<Scope, 'files' | 'environment'>,
  options: KubernetesOptions = {},
): Converted {
  const remarks = new Map<string, Remark>();
  const remark: Scope['remark'] = (path, reason) =>
    remarks.set(`${path} ${phraseIdentity(reason)}`, { path, reason });
  const names = objectNamesOf(project);
  const kinds = new Map(
    Object.keys(project.services).map((name) => [name, workloadKind(project, name, options.controller)]),
  );
  const scope: Scope = {
    project,
    files,
    environment,
    names,
    aliases: aliasesOf(project, names, textsOf(project, { files, environment }), remark),
    exposed: options.exposed ?? new Map(),
    waitImage: options.waitImage ?? standardWaitImage,
    kindOf: (name) => kinds.get(name) ?? 'Deployment',
    remark,
  };
  remarkUnmapped(scope);
  const podNames = new Map<string, string>();
  const manifests = [...podGroups(project)].flatMap(([group, members]) => {
    const [first] = members;
    if (first === undefined) return [];
    const [name, service] = first;
    const own = labelText(allLabels(service), 'service.name_override');
    const podName = freeName(
      members.length > 1 ? objectName(group) : objectName(own ?? names.service(name)),
      [...podNames.values(), ...servicesOf(project, members).map(names.service)],
    );
    for (const [member] of members) podNames.set(member, podName);
    const kind = scope.kindOf(name);
    return [
      ...workload(scope, podName, members),
      ...autoscalers(scope, podName, first),
      ...members.flatMap(([each, definition]) => [
        ...(isCalled(kind, definition) ? serviceManifests(scope, each, definition, podName) : []),
        ...ingressManifests(scope, each, definition),
      ]),
    ];
  });
  const objects = withClaimTemplates(
    distinctObjects([
      ...manifests,
      ...volumeClaims(scope),
      ...fileObjects(scope),
      ...networkPolicies(scope, podNames),
    ]),
  );
  return {
    manifests: options.hashNames === true ? withHashedNames(objects) : objects,
    remarks: [...remarks.values()],
  };
}

/** The services that run in none of these. */
function servicesOf(project: Project, members: readonly (readonly [string, Service])[]): readonly string[] {
  const own = members.map(([name]) => name);
  return Object.keys(project.services).filter((name) => !own.includes(name));
}

/** The name, with a number after it if it is taken. */
function freeName(wanted: string, taken: readonly string[]): string {
  let free = wanted;
  for (let number = 2; taken.includes(free); number++) free = `${wanted.slice(0, 60)}-${number}`;
  return free;
}

/** Nobody calls what runs to its end and has no port. */
function isCalled(kind: WorkloadKind, service: Service): boolean {
  return (kind !== 'Job' && kind !== 'CronJob') || portsOf(service).length > 0;
}

/** Which services run in one pod: those of a group (label kompose.service.group), and those that use the network of another one. */
function podGroups(project: Project): ReadonlyMap<string, readonly (readonly [string, Service])[]> {
  const before = completedFirst(project);
  const groups = new Map<string, (readonly [string, Service])[]>();
  const groupOf = (name: string, above: readonly string[] = []): string => {
    const service = project.services[name];
    const host = /^service:(.+)$/.exec(service?.network_mode ?? '')?.[1];
    if (host !== undefined && host in project.services && !above.includes(host)) {
      return groupOf(host, [...above, name]);
    }
    const group = service === undefined ? undefined : labelText(allLabels(service), 'service.group');
    return group === undefined ? ` ${name}` : group;
  };
  for (const [name, service] of Object.entries(project.services)) {
    if (before.has(name) || service.provider !== undefined) continue;
    const group = groupOf(name);
    const members = groups.get(group);
    // Who lends the network goes first.
    if (members === undefined) groups.set(group, [[name, service]]);
    else if (group === ` ${name}`) members.unshift([name, service]);
    else members.push([name, service]);
  }
  return groups;
}
