import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { type Manifest, manifestYaml } from '#compose/convert/kubernetes/manifest.ts';

interface Bundle {
  readonly kinds: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, object>>;
}

const bundle = JSON.parse(
  readFileSync(new URL('./kubernetes.schema.json', import.meta.url), 'utf8'),
) as Bundle;
const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
ajv.addSchema({ $id: 'kubernetes', definitions: bundle.definitions });

/**
 * What the API of Kubernetes has against the objects as they are written, by its own OpenAPI schema: unknown keys too. The text is read as YAML 1.1,
 * as kubectl reads it.
 */
export function schemaMistakes(manifests: readonly Manifest[]): readonly string[] {
  return manifests.flatMap((manifest) => textMistakes(manifestYaml(manifest)));
}

export function textMistakes(text: string): readonly string[] {
  const value = parse(text, { version: '1.1' }) as Manifest;
  const definition = bundle.kinds[`${value.apiVersion} ${value.kind}`];
  if (definition === undefined) return [`${value.apiVersion} ${value.kind}: no such kind`];
  const validate = ajv.getSchema(`kubernetes#/definitions/${definition}`);
  if (validate === undefined) throw new Error(`no definition ${definition}`);
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const unknown = 'additionalProperty' in params ? ` "${params.additionalProperty}"` : '';
    return `${value.kind}/${value.metadata?.name}${instancePath}: ${message}${unknown}`;
  });
}
