// Writes test/compose/convert/kubernetes/kubernetes.schema.json: of the OpenAPI documents of Kubernetes what the kinds that the conversion makes are built of,
// as JSON Schema, strict: a key that Kubernetes does not know is a mistake, as with `kubectl apply --validate=strict`.
//
//   node scripts/kubernetes-schema.mjs VERSION FOLDER
//
// FOLDER holds api/v1.json, apis/apps/v1.json and so on: what `kubectl get --raw /openapi/v3/apis/apps/v1` prints.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [version, folder] = process.argv.slice(2);
if (version === undefined || folder === undefined) {
  console.error('usage: node scripts/kubernetes-schema.mjs VERSION FOLDER');
  process.exit(2);
}

const kinds = {
  'v1 Service': 'io.k8s.api.core.v1.Service',
  'v1 ConfigMap': 'io.k8s.api.core.v1.ConfigMap',
  'v1 Secret': 'io.k8s.api.core.v1.Secret',
  'v1 PersistentVolumeClaim': 'io.k8s.api.core.v1.PersistentVolumeClaim',
  'apps/v1 Deployment': 'io.k8s.api.apps.v1.Deployment',
  'apps/v1 StatefulSet': 'io.k8s.api.apps.v1.StatefulSet',
  'apps/v1 DaemonSet': 'io.k8s.api.apps.v1.DaemonSet',
  'batch/v1 Job': 'io.k8s.api.batch.v1.Job',
  'batch/v1 CronJob': 'io.k8s.api.batch.v1.CronJob',
  'networking.k8s.io/v1 Ingress': 'io.k8s.api.networking.v1.Ingress',
  'networking.k8s.io/v1 NetworkPolicy': 'io.k8s.api.networking.v1.NetworkPolicy',
  'autoscaling/v2 HorizontalPodAutoscaler': 'io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler',
};
const documents = [
  'api/v1',
  'apis/apps/v1',
  'apis/batch/v1',
  'apis/networking.k8s.io/v1',
  'apis/autoscaling/v2',
];
const all = Object.assign(
  {},
  ...documents.map(
    (name) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')).components.schemas,
  ),
);

/** What says nothing about whether an object is valid, and what a server writes and no file has. */
const dropped = /^(?:description|example|default|x-kubernetes-.*)$/;
const written = new Set(['status', 'managedFields']);
const definitions = {};

for (const name of Object.values(kinds)) define(name);
const schema = {
  $comment:
    `Kubernetes ${version}, api/openapi-spec, copyright The Kubernetes Authors, licensed under the Apache License 2.0. ` +
    'Made by scripts/kubernetes-schema.mjs: the kinds that are written, without descriptions, and strict.',
  kinds,
  definitions: Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))),
};
const path = fileURLToPath(
  new URL('../test/compose/convert/kubernetes/kubernetes.schema.json', import.meta.url),
);
writeFileSync(path, `${JSON.stringify(schema)}\n`);

function define(name) {
  if (name in definitions) return;
  definitions[name] = {};
  definitions[name] = trimmed(all[name]);
}

function trimmed(schema) {
  if (Array.isArray(schema)) return schema.map(trimmed);
  if (typeof schema !== 'object' || schema === null) return schema;
  // A reference with a default beside it: `allOf` with one part.
  if (schema.allOf?.length === 1) return trimmed(schema.allOf[0]);
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.slice('#/components/schemas/'.length);
    define(name);
    return { $ref: `#/definitions/${name}` };
  }
  const result = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') {
      result.properties = Object.fromEntries(
        Object.entries(value)
          .filter(([property]) => !written.has(property))
          .map(([property, child]) => [property, trimmed(child)]),
      );
    } else if (!dropped.test(key)) result[key] = trimmed(value);
  }
  if (result.properties !== undefined && result.additionalProperties === undefined) {
    result.additionalProperties = false;
  }
  return result;
}
