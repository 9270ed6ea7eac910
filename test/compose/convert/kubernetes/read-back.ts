import { listAt, objectAt } from '#compose/convert/kubernetes/claim-templates.ts';
import type { JsonObject, Manifest } from '#compose/convert/kubernetes/manifest.ts';
import { standardWaitImage } from '#compose/convert/kubernetes/wait.ts';
import { objectName, objectNames } from '#compose/convert/kubernetes/names.ts';
import type { Mount, Project, Service } from '#compose/model/project.ts';

/** What a container runs with, in words that both sides have. */
export interface RunsWith {
  readonly image: unknown;
  readonly command: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
  readonly environment: Readonly<Record<string, unknown>>;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
}

type All = Readonly<Record<string, RunsWith>>;

/** By the names of containers, what a project says. What Kubernetes cannot have is left out; the remarks say it. */
export function runsWith(project: Project): All {
  const names = objectNames(Object.keys(project.services));
  const volumes = objectNames(Object.keys(project.volumes ?? {}));
  const isReady = ([, { provider }]: [string, Service]) => provider === undefined;
  return sorted(
    Object.entries(project.services)
      .filter(isReady)
      .map(([name, service]) => [
        service.container_name === undefined ? (names.get(name) ?? '') : objectName(service.container_name),
        {
          image: service.image ?? `${project.name}-${name}`,
          ...wordsIn(service),
          environment: Object.fromEntries(
            Object.entries(service.environment ?? {}).filter(
              ([key, value]) => value !== null && /^[^=\s\p{Cc}]+$/u.test(key),
            ),
          ),
          ports: isFirst(project, name) ? [] : portsIn(service),
          volumes: (service.volumes ?? []).flatMap((mount) => mountIn(mount, volumes)).sort(),
        },
      ]),
  );
}

/** The same of the containers of the workloads, as Kubernetes would run them. */
export function readBack(manifests: readonly Manifest[]): All {
  const secrets = new Map(
    manifests
      .filter(({ kind }) => kind === 'Secret')
      .map((each) => [each.metadata.name, decoded(objectAt(each, 'data'))]),
  );
  const pods = manifests.flatMap((each) => {
    const spec = objectAt(each, 'spec');
    const template = objectAt(
      each.kind === 'CronJob' ? objectAt(objectAt(spec, 'jobTemplate'), 'spec') : spec,
      'template',
    );
    return template.spec === undefined ? [] : [objectAt(template, 'spec')];
  });
  return sorted(
    pods.flatMap((pod) => {
      const containers = [
        ...listAt(pod, 'initContainers'),
        ...listAt(pod, 'containers'),
      ] as readonly JsonObject[];
      // What waits for others is no service.
      const own = containers.filter(
        ({ image, name }) => image !== standardWaitImage || !String(name).startsWith('wait-for-'),
      );
      return own.map((container) => [String(container.name), containerIn(container, pod, secrets)] as const);
    }),
  );
}

/** What `data` of a Secret says. */
function decoded(data: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(data).map(([key, text]) => [key, Buffer.from(String(text), 'base64').toString('utf8')]),
  );
}

function containerIn(
  container: JsonObject,
  pod: JsonObject,
  secrets: ReadonlyMap<string, JsonObject>,
): RunsWith {
  const objects = (key: string) => listAt(container, key) as readonly JsonObject[];
  const words = (key: string) =>
    container[key] === undefined ? null : listAt(container, key).map((text) => expanded(String(text)));
  const sources = new Map((listAt(pod, 'volumes') as readonly JsonObject[]).map((each) => [each.name, each]));
  return {
    image: container.image,
    command: words('args'),
    entrypoint: words('command'),
    environment: Object.fromEntries(
      objects('env').map((each) => {
        const reference = objectAt(objectAt(each, 'valueFrom'), 'secretKeyRef');
        const held = secrets.get(String(reference.name))?.[String(reference.key)];
        return [each.name, held ?? expanded(String(each.value))];
      }),
    ),
    ports: objects('ports')
      .map((each) => `${each.containerPort}/${String(each.protocol).toLowerCase()}`)
      .sort(),
    volumes: objects('volumeMounts')
      .filter(({ name }) => !/^(?:secret|config)-|-(?:tmpfs\d+|shm)$/.test(String(name)))
      .map((mount) => {
        const source = sources.get(mount.name);
        // A template of a StatefulSet is no volume of the pod.
        const claim = source === undefined ? mount.name : objectAt(source, 'persistentVolumeClaim').claimName;
        const volume = claim === undefined || /-claim\d+$/.test(String(claim)) ? '' : claim;
        return `${volume}:${mount.mountPath}:${mount.readOnly === true}`;
      })
      .sort(),
  };
}

function portsIn({ ports = [], expose = [] }: Service): readonly string[] {
  const exposed = expose.flatMap((text) => {
    const [, from = '', to = from, protocol = 'tcp'] =
      /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(String(text)) ?? [];
    const count = Number(to) - Number(from) + 1;
    return Array.from({ length: count }, (_, at) => `${Number(from) + at}/${protocol}`);
  });
  const all = [...ports.map(({ target, protocol }) => `${target}/${protocol ?? 'tcp'}`), ...exposed];
  return [...new Set(all)].sort();
}

function mountIn(
  { type, source, target, read_only }: Mount,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  if (target.includes(':') || !['volume', 'bind', 'tmpfs', 'image'].includes(type)) return [];
  if (type === 'tmpfs') return [`:${target}:${read_only === true}`];
  const volume = type === 'volume' && source !== undefined ? (names.get(source) ?? '') : '';
  return [`${volume}:${target}:${read_only === true}`];
}

/** Without an entrypoint, the command is what runs. */
function wordsIn({ entrypoint, command }: Service): Pick<RunsWith, 'entrypoint' | 'command'> {
  const isCleared = entrypoint !== null && entrypoint.length === 0 && wordsOf(command) !== null;
  return isCleared
    ? { entrypoint: command, command: null }
    : { entrypoint: wordsOf(entrypoint), command: wordsOf(command) };
}

function wordsOf(words: readonly string[] | null): readonly string[] | null {
  return words === null || words.length === 0 ? null : words;
}

/** Whether others wait for its end, so that it runs before them and offers nothing. */
function isFirst(project: Project, name: string): boolean {
  return Object.values(project.services).some(
    ({ depends_on }) => depends_on?.[name]?.condition === 'service_completed_successfully',
  );
}

/** What Kubernetes makes of `$$`, and of `$(NAME)` for a variable that there is. */
function expanded(text: string): string {
  return text.replaceAll(/\$\$|\$\([^)]*\)/g, (match) => (match === '$$' ? '$' : '<expanded>'));
}

function sorted(entries: readonly (readonly [string, RunsWith])[]): All {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
