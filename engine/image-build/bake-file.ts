import { dirname, isAbsolute, join } from 'node:path';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Build, Service } from '#compose/model/project.ts';
import { mergedRecord, recordOf } from '#compose/values/record.ts';
import { buildArguments } from './build-parameters.ts';
import { isRemote } from './build-source.ts';
import { builtImage } from './built-image.ts';
import { buildStages } from './named-contexts.ts';

export interface BakeOptions {
  readonly args?: Readonly<Record<string, string>>;
  readonly noCache?: boolean;
  readonly pull?: boolean;
  readonly push?: boolean;
  readonly check?: boolean;
  readonly ssh?: readonly string[];
}

/**
 * The build of these services as a file for `docker buildx bake`, as Docker Compose writes it (https://docs.docker.com/build/bake/reference/): the
 * services and those whose images they take as contexts are targets. JSON. `loaded` has all services.
 */
export function bakeFile(loaded: LoadedProject, wanted: readonly string[], options: BakeOptions): string {
  const all = mergedRecord(loaded.disabled, loaded.project.services);
  const names = targetNames(Object.keys(all));
  const whole = { ...loaded.project, services: all };
  const built = buildStages(whole, wanted).flat().toSorted();
  const targets = built.flatMap((name) => {
    const service = all[name];
    return service?.build === undefined
      ? []
      : [
          [
            names.get(name) ?? name,
            bakeTarget(loaded, name, service, service.build, names, options),
          ] as const,
        ];
  });
  const group = { default: { targets: targets.map(([name]) => name) } };
  return `${JSON.stringify({ group, target: recordOf(targets) }, undefined, 2)}\n`;
}

/** A target's name has no points. */
function targetNames(services: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    services.toSorted().map((service) => {
      let name = service.replaceAll('.', '_');
      while (taken.has(name)) name += '_';
      taken.add(name);
      return [service, name];
    }),
  );
}

function bakeTarget(
  loaded: LoadedProject,
  name: string,
  service: Service,
  build: Build,
  names: ReadonlyMap<string, string>,
  options: BakeOptions,
): object {
  const { tags, labels } = builtImage({ name, service, build, loaded });
  const { environment } = loaded;
  const given = { environment, ...(options.args !== undefined && { args: options.args }) };
  const context = build.context ?? '.';
  const entitlements = [
    ...(build.entitlements ?? []),
    ...(build.privileged === true ? ['security.insecure'] : []),
  ];
  const push = options.push === true && service.image !== undefined;
  const output =
    options.check === true
      ? undefined
      : (build.platforms?.length ?? 0) > 1
        ? `type=image,push=${push}`
        : push
          ? 'type=registry'
          : 'type=docker';
  return filled({
    context,
    contexts: contextsOf(build, names),
    dockerfile:
      build.dockerfile_inline === undefined
        ? dockerfileOf(context, build.dockerfile ?? 'Dockerfile')
        : undefined,
    'dockerfile-inline': build.dockerfile_inline && escaped(build.dockerfile_inline),
    args: mapped(sorted(buildArguments({ ...build, cache_to: [] }, given)), escaped),
    labels: sorted(mergedRecord(build.labels, labels)),
    tags: [...tags.slice(1), ...tags.slice(0, 1)],
    'cache-from': build.cache_from,
    'cache-to': build.cache_to,
    target: build.target,
    secret: secretsOf(loaded, build),
    ssh: [...(build.ssh ?? []), ...(options.ssh ?? [])].map((each) =>
      each.includes('=') ? each : `${each}=`,
    ),
    platforms: build.platforms ?? (service.platform === undefined ? undefined : [service.platform]),
    pull: build.pull === true || options.pull === true ? true : undefined,
    'no-cache': build.no_cache === true || options.noCache === true ? true : undefined,
    network: build.network,
    'shm-size': build.shm_size,
    ulimits: Object.entries(build.ulimits ?? {}).map(([kind, limit]) =>
      typeof limit === 'number' ? `${kind}=${limit}` : `${kind}=${limit.soft ?? 0}:${limit.hard ?? 0}`,
    ),
    call: options.check === true ? 'lint' : undefined,
    entitlements,
    'extra-hosts': recordOf((build.extra_hosts ?? []).map(hostOf)),
    output: output === undefined ? undefined : [output],
    attest: [...attestation('provenance', build.provenance), ...attestation('sbom', build.sbom)],
  });
}

function contextsOf({ additional_contexts: contexts = {} }: Build, names: ReadonlyMap<string, string>) {
  return mapped(sorted(contexts), (place) => {
    const service = place.startsWith('service:') ? place.slice('service:'.length) : undefined;
    return service === undefined ? place : `target:${names.get(service) ?? service}`;
  });
}

function dockerfileOf(context: string, dockerfile: string): string {
  if (isRemote(context)) return dockerfile;
  const path = isAbsolute(dockerfile) ? dockerfile : join(context, dockerfile);
  return join(dirname(path), path.slice(dirname(path).length));
}

function secretsOf({ project }: LoadedProject, { secrets = [] }: Build): readonly string[] {
  return secrets.flatMap(({ source, target }) => {
    const object = project.secrets?.[source];
    const id = target === undefined || target === '' ? source : target;
    if (object?.environment !== undefined) return [`id=${id},type=env,env=${object.environment}`];
    return object?.file === undefined ? [] : [`id=${id},type=file,src=${object.file}`];
  });
}

function hostOf(entry: string): readonly [string, string] {
  const [, host = entry, address = ''] = /^([^=:]*)[=:](.*)$/.exec(entry) ?? [];
  return [host, address];
}

function attestation(kind: string, setting = ''): readonly string[] {
  if (setting === '' || setting === 'false') return [];
  return [setting === 'true' ? `type=${kind}` : `type=${kind},${setting}`];
}

/** A bake file has variables of its own. */
function escaped(value: string): string {
  return value.replaceAll('${', () => '$${');
}

/** Without what is empty. */
function filled(target: Readonly<Record<string, unknown>>): object {
  return recordOf(
    Object.entries(target).filter(
      ([, value]) =>
        value !== undefined &&
        value !== '' &&
        (typeof value !== 'object' || Object.keys(value ?? {}).length > 0),
    ),
  );
}

function sorted<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return recordOf(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function mapped(record: Readonly<Record<string, string>>, change: (value: string) => string) {
  return recordOf(Object.entries(record).map(([name, value]) => [name, change(value)] as const));
}
