import type { PodContainer } from './pod-container.ts';
import type { Hook, Service } from '../../model/project.ts';
import { containerEnvironment, literal } from './environment.ts';
import { allLabels, labelChoice, labelFlag } from './labels.ts';
import { type Json, type JsonObject, unlessEmpty } from './manifest.ts';
import { mountsOf } from './mounts.ts';
import { objectName } from './names.ts';
import { containerPorts } from './ports.ts';
import { probes } from './probes.ts';
import { resources } from './resources.ts';
import type { Scope } from './scope.ts';
import { containerSecurity } from './security.ts';
import { phrase } from '../../problem/phrase.ts';

/** `kind` init: a container that runs to its end before the others start, and so has no probes and no ports. */
export function podContainer(
  scope: Scope,
  name: string,
  service: Service,
  kind: 'main' | 'init' = 'main',
): PodContainer {
  const { env, secret } = containerEnvironment(scope, name, service);
  const { volumeMounts, volumes, objects } = mountsOf(scope, name, service);
  const { working_dir, tty, stdin_open, container_name } = service;
  const isMain = kind === 'main';
  const labels = allLabels(service);
  const onHost = labelFlag(labels, 'controller.port.expose') || labelFlag(labels, 'controller.expose.port');
  const ports = isMain ? containerPorts(service, onHost) : [];
  const container = {
    name: container_name === undefined ? scope.names.service(name) : objectName(container_name),
    image: imageOf(scope, name, service),
    imagePullPolicy: pullPolicy(scope, name, service),
    ...commandOf(scope, name, service),
    workingDir: working_dir === '' ? undefined : working_dir,
    env: list(env),
    ports: list(ports),
    resources: resources(scope, name, service),
    ...(isMain && probes(scope, name, service)),
    lifecycle: isMain ? lifecycle(scope, name, service) : undefined,
    securityContext: containerSecurity(scope, name, service),
    volumeMounts: list(volumeMounts),
    tty: tty === true ? true : undefined,
    stdin: stdin_open === true ? true : undefined,
  };
  return { container, volumes, objects: [...(secret === undefined ? [] : [secret]), ...objects] };
}

export function list(values: readonly Json[]): readonly Json[] | undefined {
  return values.length === 0 ? undefined : values;
}

/** What a service that is built runs: the image's name that Compose gives it. */
function imageOf(scope: Scope, name: string, service: Service): string {
  if (service.build !== undefined) {
    scope.remark(`services.${name}.build`, phrase('kubernetes.build'));
  }
  return service.image ?? `${scope.project.name}-${name}`;
}

/** An empty entrypoint takes the image's away, so that the command says what runs. */
function commandOf(scope: Scope, name: string, { entrypoint, command }: Service): JsonObject {
  const hasNoEntrypoint = entrypoint !== null && entrypoint.length === 0;
  if (hasNoEntrypoint && command !== null && command.length > 0) return { command: words(command) };
  if (hasNoEntrypoint) {
    scope.remark(`services.${name}.entrypoint`, phrase('kubernetes.entrypoint'));
  }
  if (command !== null && command.length === 0 && (entrypoint === null || hasNoEntrypoint)) {
    scope.remark(`services.${name}.command`, phrase('kubernetes.command'));
  }
  return { command: words(entrypoint), args: words(command) };
}

function words(command: readonly string[] | null): readonly string[] | undefined {
  return command === null || command.length === 0 ? undefined : command.map(literal);
}

const pullPolicies: Readonly<Record<string, string>> = {
  always: 'Always',
  never: 'Never',
  missing: 'IfNotPresent',
  if_not_present: 'IfNotPresent',
  ifnotpresent: 'IfNotPresent',
};

function pullPolicy(scope: Scope, name: string, service: Service): string | undefined {
  const policy = labelChoice(allLabels(service), 'image-pull-policy') ?? service.pull_policy;
  if (policy === undefined) return undefined;
  const known = pullPolicies[policy];
  if (known === undefined && policy !== 'build') {
    scope.remark(`services.${name}.pull_policy`, phrase('kubernetes.pull-policy'));
  }
  return known;
}

function lifecycle(scope: Scope, name: string, service: Service): JsonObject | undefined {
  return unlessEmpty({
    ...hookOf(scope, `services.${name}.post_start`, 'postStart', service.post_start),
    ...hookOf(scope, `services.${name}.pre_stop`, 'preStop', service.pre_stop),
  });
}

function hookOf(scope: Scope, path: string, key: string, hooks: readonly Hook[] = []): JsonObject {
  const [first, ...others] = hooks;
  if (first?.command == null) return {};
  if (others.length > 0) scope.remark(path, phrase('kubernetes.one-hook'));
  if (
    first.privileged === true ||
    first.user !== undefined ||
    first.environment !== undefined ||
    first.working_dir !== undefined
  ) {
    scope.remark(`${path}[0]`, phrase('kubernetes.hook-settings'));
  }
  return { [key]: { exec: { command: first.command } } };
}
