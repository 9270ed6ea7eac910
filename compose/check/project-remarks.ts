import type { LoadedProject } from '../load/request.ts';
import type { Port, Service } from '../model/project.ts';
import { formatPath, type Path } from '../values/path.ts';
import type { Problem } from '../problem/problem.ts';
import { nodeAt } from '../syntax/edit.ts';
import type { Span } from '../problem/span.ts';
import { anyOf, phrase } from '../problem/phrase.ts';
import { portShortages, rangeFor } from './port-shortage.ts';

/**
 * What Docker Compose accepts in a project and what cannot work all the same once it runs. Meant for a project loaded with all its profiles;
 * services that are never enabled together do not disturb each other. `active`: the profiles that it is used with.
 */
export function projectRemarks(
  loaded: LoadedProject,
  active: readonly string[] = profilesOf(loaded),
): readonly Problem[] {
  return [
    ...portConflicts(loaded),
    ...tooFewPorts(loaded),
    ...profileGaps(loaded, active),
    ...neverHealthy(loaded),
    ...uncheckedDependencies(loaded),
  ];
}

/** The profiles that are active without anybody naming them on the command line. */
function profilesOf({ environment }: LoadedProject): readonly string[] {
  return (environment.COMPOSE_PROFILES ?? '').split(',').map((profile) => profile.trim());
}

interface Published {
  readonly service: string;
  readonly profiles: readonly string[];
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
  readonly span: Span | undefined;
  readonly path: Path;
}

function portConflicts(loaded: LoadedProject): Problem[] {
  const taken = new Map<string, Published[]>();
  const problems: Problem[] = [];
  for (const [service, definition] of Object.entries(loaded.project.services)) {
    if (definition.network_mode === 'host') continue;
    for (const [index, port] of (definition.ports ?? []).entries()) {
      const published = publishedPort(loaded, service, definition, index, port);
      if (published === undefined) continue;
      const key = `${published.port}/${published.protocol}`;
      const others = taken.get(key) ?? [];
      const conflict = others.find(
        (other) => sameAddress(other.ip, published.ip) && together(other, published),
      );
      if (
        conflict !== undefined &&
        published.span !== undefined &&
        !sameSpan(conflict.span, published.span)
      ) {
        problems.push(portProblem(published, published.span, conflict));
      }
      taken.set(key, [...others, published]);
    }
  }
  return problems;
}

/** A port that is fixed on the machine. From a range with one target the engine picks one that is free. */
function publishedPort(
  loaded: LoadedProject,
  service: string,
  definition: Service,
  index: number,
  port: Port,
): Published | undefined {
  if (port.published === undefined || !/^\d+$/.test(port.published) || port.published === '0')
    return undefined;
  const path = ['services', service, 'ports', index];
  return {
    service,
    profiles: definition.profiles ?? [],
    ip: port.host_ip ?? '',
    protocol: port.protocol ?? 'tcp',
    port: Number(port.published),
    span: nodeAt(loaded.tree, path)?.span,
    path,
  };
}

function portProblem(port: Published, span: Span, other: Published): Problem {
  const at = `${port.port}/${port.protocol}`;
  const message =
    other.service === port.service
      ? phrase('duplicate-port.same-service', { port: at })
      : phrase('duplicate-port', { port: at, service: other.service });
  return {
    code: 'duplicate-port',
    message,
    severity: 'warning',
    span,
    path: formatPath(port.path),
    ...(other.span === undefined
      ? {}
      : {
          related: [
            { span: other.span, message: phrase('duplicate-port.other', { service: other.service }) },
          ],
        }),
  };
}

function sameAddress(a: string, b: string): boolean {
  const any = (ip: string) => ip === '' || ip === '0.0.0.0' || ip === '::';
  return a === b || any(a) || any(b);
}

function together(
  a: { readonly profiles: readonly string[] },
  b: { readonly profiles: readonly string[] },
): boolean {
  if (a.profiles.length === 0 || b.profiles.length === 0) return true;
  return a.profiles.some((profile) => b.profiles.includes(profile));
}

function sameSpan(a: Span | undefined, b: Span): boolean {
  return a !== undefined && a.uri === b.uri && a.start === b.start;
}

/** More containers than host ports: the first takes the port, and the others cannot start. */
function tooFewPorts(loaded: LoadedProject): Problem[] {
  return Object.entries(loaded.project.services).flatMap(([service, definition]) => {
    const count = replicasSpan(loaded, service);
    return portShortages(definition).flatMap((shortage): Problem[] => {
      const { index, published, room, wanted } = shortage;
      const path = ['services', service, 'ports', index];
      const port = nodeAt(loaded.tree, path)?.span;
      // Where the number is in a file of its own, that file is what makes the port one too few.
      const span = count !== undefined && port !== undefined && count.uri !== port.uri ? count : port;
      if (span === undefined) return [];
      const other = span === port ? count : port;
      const range = rangeFor(shortage);
      return [
        {
          code: 'too-few-ports',
          message: phrase('too-few-ports', { service, wanted, room, published }),
          severity: 'warning',
          span,
          path: formatPath(path),
          ...(other !== undefined && {
            related: [
              {
                span: other,
                message:
                  span === port
                    ? phrase('too-few-ports.replicas', { wanted })
                    : phrase('too-few-ports.port', { published }),
              },
            ],
          }),
          ...(span === port && { data: { published, ...(range !== undefined && { range }) } }),
        },
      ];
    });
  });
}

function replicasSpan(loaded: LoadedProject, service: string): Span | undefined {
  const at = (...path: string[]) => nodeAt(loaded.tree, ['services', service, ...path])?.span;
  return at('scale') ?? at('deploy', 'replicas');
}

/** A service that may be enabled while one that it needs is not. */
function profileGaps(loaded: LoadedProject, active: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const { services } = loaded.project;
  for (const [name, service] of Object.entries(services)) {
    for (const [dependency, { required }] of Object.entries(service.depends_on ?? {})) {
      const profiles = services[dependency]?.profiles ?? [];
      if (profiles.length === 0 || required === false) continue;
      if (active.includes('*') || profiles.some((profile) => active.includes(profile))) continue;
      const own = service.profiles ?? [];
      if (own.length > 0 && own.every((profile) => profiles.includes(profile))) continue;
      const span = dependencySpan(loaded, name, dependency);
      if (span === undefined) continue;
      problems.push({
        code: 'profile-dependency',
        message: phrase('profile-dependency', {
          dependency,
          profiles: anyOf(profiles.map((profile) => phrase('quoted', { name: profile }))),
          name,
        }),
        severity: 'warning',
        span,
        path: formatPath(['services', name, 'depends_on', dependency]),
        data: { profiles },
      });
    }
  }
  return problems;
}

/** A wait for health that never ends: the health check is switched off. */
function neverHealthy(loaded: LoadedProject): Problem[] {
  const problems: Problem[] = [];
  const { services } = loaded.project;
  for (const [name, service] of Object.entries(services)) {
    for (const [dependency, { condition }] of Object.entries(service.depends_on ?? {})) {
      if (condition !== 'service_healthy') continue;
      const check = services[dependency]?.healthcheck;
      if (check?.disable !== true && check?.test?.[0] !== 'NONE') continue;
      const path = ['services', name, 'depends_on', dependency, 'condition'];
      const span = nodeAt(loaded.tree, path)?.span;
      if (span === undefined) continue;
      problems.push({
        code: 'never-healthy',
        message: phrase('never-healthy', { dependency, name }),
        severity: 'warning',
        span,
        path: formatPath(path),
      });
    }
  }
  return problems;
}

/** A wait for the health of a service whose files give it no check: only its image may still have one. */
function uncheckedDependencies(loaded: LoadedProject): Problem[] {
  const { services } = loaded.project;
  return Object.entries(services).flatMap(([name, service]) =>
    Object.entries(service.depends_on ?? {}).flatMap(([dependency, { condition }]): Problem[] => {
      const needed = services[dependency];
      if (condition !== 'service_healthy' || needed === undefined) return [];
      if (needed.healthcheck?.test !== undefined || needed.healthcheck?.disable === true) return [];
      if (needed.provider !== undefined) return [];
      const path = ['services', name, 'depends_on', dependency, 'condition'];
      const span = nodeAt(loaded.tree, path)?.span;
      return span === undefined
        ? []
        : [
            {
              code: 'unchecked-dependency',
              message: phrase('unchecked-dependency', { dependency, name }),
              severity: 'hint',
              span,
              path: formatPath(path),
              data: { name, dependency, ...(needed.image !== undefined && { image: needed.image }) },
            },
          ];
    }),
  );
}

function dependencySpan(loaded: LoadedProject, service: string, dependency: string): Span | undefined {
  const node = nodeAt(loaded.tree, ['services', service, 'depends_on', dependency]);
  return node === undefined || node.implied === true ? undefined : (node.keySpan ?? node.span);
}
