import { printYaml, type YamlValue } from '../../model/print-yaml.ts';

export type Json = string | number | boolean | readonly Json[] | JsonObject;

/** `undefined` stands for a key that is not there, and is never printed. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** An object of the Kubernetes API, as its YAML says it. */
export interface Manifest extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: JsonObject & { readonly name: string };
}

export function manifestYaml(manifest: JsonObject): string {
  return printYaml(toYaml(manifest));
}

/** `web-deployment.yaml`: one file for each object, as kompose names them. */
export function manifestFile({ kind, metadata }: Manifest): string {
  return `${metadata.name}-${kind.toLowerCase()}.yaml`;
}

/** `undefined` for an empty mapping, so that its key is left out. */
export function unlessEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

function toYaml(value: Json): YamlValue {
  if (isList(value)) return value.map(toYaml);
  if (typeof value !== 'object') return value;
  return new Map(
    Object.entries(value).flatMap(([key, child]) =>
      child === undefined ? [] : [[key, toYaml(child)] as const],
    ),
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
