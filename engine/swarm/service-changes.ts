import { recordOf } from '#compose/values/record.ts';
import { sameData } from '#compose/values/same-data.ts';
import type { ServiceSpec } from '../api/swarm-calls.ts';

/** What a deploy changes in a service that is there. */
export interface ServiceChanges {
  /** As the file calls them: `image`, `deploy.update_config`. In the order of the table; empty: nothing changes. */
  readonly fields: readonly string[];
  /** Its tasks are stopped and made anew. Not by what the swarm keeps of a service only, nor where tasks stand if their nodes still fit. */
  readonly replacesTasks: boolean;
}

type Json = unknown;

/** Fields of a specification, by what a file calls them. What is in none of them is called by its own name. */
const attributes: readonly (readonly [path: string, attribute: string])[] = [
  ['TaskTemplate.ContainerSpec.Image', 'image'],
  ['TaskTemplate.ContainerSpec.Command', 'entrypoint'],
  ['TaskTemplate.ContainerSpec.Args', 'command'],
  ['TaskTemplate.ContainerSpec.Env', 'environment'],
  ['TaskTemplate.ContainerSpec.Labels', 'labels'],
  ['TaskTemplate.ContainerSpec.Mounts', 'volumes'],
  ['TaskTemplate.ContainerSpec.Secrets', 'secrets'],
  ['TaskTemplate.ContainerSpec.Configs', 'configs'],
  ['TaskTemplate.ContainerSpec.Healthcheck', 'healthcheck'],
  ['TaskTemplate.ContainerSpec.Hostname', 'hostname'],
  ['TaskTemplate.ContainerSpec.Hosts', 'extra_hosts'],
  ['TaskTemplate.ContainerSpec.Dir', 'working_dir'],
  ['TaskTemplate.ContainerSpec.User', 'user'],
  ['TaskTemplate.ContainerSpec.Groups', 'group_add'],
  ['TaskTemplate.ContainerSpec.DNSConfig', 'dns'],
  ['TaskTemplate.ContainerSpec.StopSignal', 'stop_signal'],
  ['TaskTemplate.ContainerSpec.StopGracePeriod', 'stop_grace_period'],
  ['TaskTemplate.ContainerSpec.TTY', 'tty'],
  ['TaskTemplate.ContainerSpec.OpenStdin', 'stdin_open'],
  ['TaskTemplate.ContainerSpec.ReadOnly', 'read_only'],
  ['TaskTemplate.ContainerSpec.Init', 'init'],
  ['TaskTemplate.ContainerSpec.Sysctls', 'sysctls'],
  ['TaskTemplate.ContainerSpec.CapabilityAdd', 'cap_add'],
  ['TaskTemplate.ContainerSpec.CapabilityDrop', 'cap_drop'],
  ['TaskTemplate.ContainerSpec.Ulimits', 'ulimits'],
  ['TaskTemplate.ContainerSpec.Isolation', 'isolation'],
  ['TaskTemplate.ContainerSpec.Privileges', 'credential_spec'],
  ['TaskTemplate.Networks', 'networks'],
  ['TaskTemplate.LogDriver', 'logging'],
  ['TaskTemplate.Resources', 'deploy.resources'],
  ['TaskTemplate.RestartPolicy', 'deploy.restart_policy'],
  ['TaskTemplate.Placement', 'deploy.placement'],
  ['EndpointSpec.Ports', 'ports'],
  ['EndpointSpec.Mode', 'deploy.endpoint_mode'],
  ['Mode', 'deploy.replicas'],
  ['Labels', 'deploy.labels'],
  ['UpdateConfig', 'deploy.update_config'],
  ['RollbackConfig', 'deploy.rollback_config'],
];

/** What the engine puts where nothing is said, by the name of the field, after that of what it is in where that makes a difference. */
const defaults: Readonly<Record<string, Json>> = recordOf<Json>([
  ['Isolation', 'default'],
  ['StopGracePeriod', 10e9],
  ['Condition', 'any'],
  ['RestartPolicy.Delay', 5e9],
  ['Runtime', 'container'],
  ['Replicas', 1],
  ['FailureAction', 'pause'],
  ['Monitor', 5e9],
  ['Order', 'stop-first'],
  ['Parallelism', 1],
  ['Protocol', 'tcp'],
  ['PublishMode', 'ingress'],
  ['EndpointSpec.Mode', 'vip'],
]);

/** Of these, none is something else than nothing said. */
const counts = new Set(['Replicas', 'Parallelism']);

/** Known to the engine alone: ids, what it asked of the registry, and how often tasks were made anew by hand; and what a swarm does not keep, a mount's consistency. */
const ofEngine = new Set(['SecretID', 'ConfigID', 'ForceUpdate', 'Platforms', 'Consistency']);

/**
 * What is different in the specification that a deploy asks for, as the engine would have it. `networks`: names of networks by their ids; an id that is not among them is
 * taken for the network that is asked for.
 */
export function serviceChanges(
  old: ServiceSpec,
  next: ServiceSpec,
  networks: Readonly<Record<string, string>>,
): ServiceChanges {
  const [before, after] = [plain(withNames(old, networks)), plain(withNames(next, networks))];
  const paths = attributes.filter(([path]) => !sameData(at(before, path), at(after, path)));
  const fields = paths.map(([, attribute]) => attribute);
  const replacesTasks = paths.some(
    ([path]) =>
      (path.startsWith('TaskTemplate.') && path !== 'TaskTemplate.Placement') ||
      path.startsWith('EndpointSpec.'),
  );
  return { fields, replacesTasks };
}

function withNames(spec: ServiceSpec, networks: Readonly<Record<string, string>>): ServiceSpec {
  const known = new Set(Object.values(networks));
  const { Networks, ContainerSpec, ...rest } = spec.TaskTemplate;
  const attached = ((Networks ?? []) as readonly { readonly Target?: string }[])
    .map((network) => {
      const name = networks[network.Target ?? ''] ?? network.Target ?? '';
      return { ...network, Target: known.has(name) ? name : '' };
    })
    .sort((a, b) => (a.Target < b.Target ? -1 : 1));
  const { Image = '', Privileges, ...container } = ContainerSpec ?? {};
  const credentials = (Privileges as { readonly CredentialSpec?: object } | undefined)?.CredentialSpec;
  return {
    ...spec,
    TaskTemplate: {
      ...rest,
      Networks: attached,
      ContainerSpec: {
        ...container,
        Image: Image.replace(/@sha256:[0-9a-f]+$/, ''),
        // A config's id, or its name.
        Privileges: credentials && {
          ...credentials,
          Config: 'Config' in credentials && credentials.Config !== '',
        },
      },
    },
  };
}

/** Without what says nothing: nothing at all, what is empty, what is the engine's default. */
function plain(value: Json, key = '', parent = ''): Json {
  if (Array.isArray(value)) {
    const items = value.map((each) => plain(each) ?? recordOf());
    return items.length === 0 ? undefined : items;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).flatMap(([name, each]) => {
      const kept = ofEngine.has(name) ? undefined : plain(each, name, key);
      return kept === undefined ? [] : [[name, kept] as const];
    });
    return entries.length === 0 ? undefined : recordOf(entries);
  }
  const isNothing = value === null || value === '' || value === false || (value === 0 && !counts.has(key));
  const standard = defaults[`${parent}.${key}`] ?? defaults[key];
  return isNothing || standard === value ? undefined : value;
}

function at(value: Json, path: string): Json {
  return path
    .split('.')
    .reduce<Json>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null
          ? (inner as Readonly<Record<string, Json>>)[key]
          : undefined,
      value,
    );
}
