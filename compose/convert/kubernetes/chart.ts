import { recordOf } from '../../values/record.ts';
import { isObject } from './claim-templates.ts';
import type { Files } from './kustomize.ts';
import { type ValueLeaf, type ValuePath, valuesSchema } from './chart-schema.ts';
import { type Json, type JsonObject, type Manifest, manifestFile, manifestYaml } from './manifest.ts';

/** What stands in a template for a value. `optional`: the whole key goes when the value is empty. */
interface Hole {
  readonly path: ValuePath;
  readonly optional: boolean;
}

/**
 * A Helm chart (v2) of these objects: a template for each, with what differs between installations as values: images, replicas, resources, variables,
 * and hosts, class and annotations of an Ingress, and a schema that says what each may be. With the values as they are written it makes the same objects.
 */
export function chartFiles(name: string, manifests: readonly Manifest[]): Files {
  const values = new Values();
  const templates = manifests.map((manifest) => {
    const text = manifestYaml(withHoles(manifest, values) as JsonObject);
    return [`templates/${manifestFile(manifest)}`, values.fill(text)] as const;
  });
  const chart = { apiVersion: 'v2', name, description: `The Compose project ${name}`, type: 'application' };
  return new Map([
    ['Chart.yaml', manifestYaml({ ...chart, version: '0.1.0' })],
    ['values.yaml', manifestYaml(values.all)],
    ['values.schema.json', valuesSchema(values.leaves)],
    ...templates,
  ]);
}

/** Collects the values, and the holes they leave. */
class Values {
  readonly #all: { [key: string]: Json } = recordOf();
  readonly #holes: Hole[] = [];
  readonly leaves: ValueLeaf[] = [];

  get all(): JsonObject {
    return this.#all;
  }

  /** Puts a value there, and gives what stands for it until the template is text. */
  hole(path: ValuePath, value: Json, optional = false): string {
    put(this.#all, path, value);
    this.leaves.push({ path, value });
    return this.at(path, optional);
  }

  /** The same for a value that is there already. */
  at(path: ValuePath, optional = false): string {
    this.#holes.push({ path, optional });
    return `${mark}${this.#holes.length - 1}x`;
  }

  /** The template, of YAML with marks in it. What looks like an action of a template is kept from being one. */
  fill(yaml: string): string {
    const hole = (at: string) => this.#holes[Number(at)] ?? { path: [], optional: false };
    return yaml
      .replaceAll('{{', '{{ "{{" }}')
      .replaceAll(optionalLine, (line, start: string, at: string) => {
        const { path, optional } = hole(at);
        return optional ? `\n{{- with ${lookup(path)} }}\n${start}{{ toJson . }}\n{{- end }}` : line;
      })
      .replaceAll(anyMark, (_, at: string) => `{{ ${lookup(hole(at).path)} | toJson }}`);
  }
}

/** No text of a project has it but on purpose, and printed it needs no quotes. */
const mark = 'composureChartValue';
const anyMark = new RegExp(`${mark}(\\d+)x`, 'g');
const optionalLine = new RegExp(`\\n( *[\\w-]+: )${mark}(\\d+)x(?=\\n)`, 'g');

/** `index` reaches names that a path with dots does not. */
function lookup(path: ValuePath): string {
  return ['index .Values', ...path.map((key) => JSON.stringify(key))].join(' ');
}

function put(into: { [key: string]: Json }, [key = '', ...rest]: ValuePath, value: Json): void {
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  const below = into[key];
  const record =
    below !== undefined && isObject(below) ? (below as { [key: string]: Json }) : recordOf<Json>();
  into[key] = record;
  put(record, rest, value);
}

function withHoles(manifest: Manifest, values: Values): Json {
  const { name } = manifest.metadata;
  if (manifest.kind === 'Ingress') return ingress(manifest, values);
  const replicas = isObject(manifest.spec ?? '') ? (manifest.spec as JsonObject).replicas : undefined;
  const own = podsIn(manifest, ['workloads', name], values) as Manifest;
  return replicas === undefined
    ? own
    : {
        ...own,
        spec: {
          ...(own.spec as JsonObject),
          replicas: values.hole(['workloads', name, 'replicas'], replicas),
        },
      };
}

/** Wherever a pod is described: it is what has containers. */
function podsIn(value: Json, path: ValuePath, values: Values): Json {
  if (!isObject(value)) return value;
  return recordOf(
    Object.entries(value).map(([key, child]): [string, Json | undefined] => [
      key,
      child === undefined
        ? undefined
        : (key === 'containers' || key === 'initContainers') && Array.isArray(child)
          ? child.map((each: Json) => (isObject(each) ? container(each, path, values) : each))
          : podsIn(child, path, values),
    ]),
  );
}

function container(spec: JsonObject, path: ValuePath, values: Values): Json {
  const at = [...path, 'containers', String(spec.name)];
  const { image, env, resources } = spec;
  return {
    ...spec,
    ...(image === undefined ? {} : { image: values.hole([...at, 'image'], image) }),
    ...(Array.isArray(env)
      ? {
          env: env.map((each: Json) => {
            const variable = isObject(each) ? each : recordOf<Json>();
            return typeof variable.value === 'string'
              ? { ...variable, value: values.hole([...at, 'env', String(variable.name)], variable.value) }
              : each;
          }),
        }
      : {}),
    resources: values.hole([...at, 'resources'], resources ?? {}, true),
  };
}

function ingress(manifest: Manifest, values: Values): Json {
  const { metadata } = manifest;
  const spec = isObject(manifest.spec ?? '') ? (manifest.spec as JsonObject) : recordOf<Json>();
  const at = ['ingress', metadata.name];
  const rules = Array.isArray(spec.rules) ? (spec.rules as readonly JsonObject[]) : [];
  const hosts = [...new Set(rules.flatMap(({ host }) => (typeof host === 'string' ? [host] : [])))];
  if (hosts.length > 0) values.hole([...at, 'hosts'], hosts);
  const hostOf = (host: Json) => {
    const place = hosts.indexOf(String(host));
    return place < 0 ? host : values.at([...at, 'hosts', place]);
  };
  const tls = Array.isArray(spec.tls) ? (spec.tls as readonly JsonObject[]) : undefined;
  return {
    ...manifest,
    metadata: {
      ...metadata,
      annotations: values.hole([...at, 'annotations'], metadata.annotations ?? {}, true),
    },
    spec: {
      ...spec,
      ingressClassName: values.hole([...at, 'className'], spec.ingressClassName ?? '', true),
      ...(rules.length === 0
        ? {}
        : {
            rules: rules.map((rule) => ({
              ...rule,
              ...(rule.host === undefined ? {} : { host: hostOf(rule.host) }),
            })),
          }),
      ...(tls === undefined
        ? {}
        : {
            tls: tls.map((each) => ({
              ...each,
              ...(Array.isArray(each.hosts) ? { hosts: each.hosts.map(hostOf) } : {}),
            })),
          }),
    },
  };
}
