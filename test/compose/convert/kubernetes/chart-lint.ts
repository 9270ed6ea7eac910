import { Ajv } from 'ajv';
import { parse } from 'yaml';
import type { Files } from '#compose/convert/kubernetes/kustomize.ts';
import { renderedChart } from './rendered-chart.ts';

/** As semver.org has it, without what charts of this tool never have. */
const version = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[\w.-]+)?(\+[\w.-]+)?$/;
const chartKeys = new Set(['apiVersion', 'name', 'description', 'type', 'version', 'appVersion']);

/**
 * What `helm lint` has against a chart, as far as it can be told without Helm: the fields of `Chart.yaml`, values against `values.schema.json`, names of objects, templates that
 * make something else than one object.
 */
export function chartMistakes(
  files: Files,
  values: unknown = parse(files.get('values.yaml') ?? ''),
): readonly string[] {
  const chart = parse(files.get('Chart.yaml') ?? '') as Readonly<Record<string, unknown>>;
  const schema = JSON.parse(files.get('values.schema.json') ?? '') as object;
  const isValid = new Ajv({ allErrors: true, strict: false }).compile(schema);
  isValid(values);
  return [
    ...(chart.apiVersion === 'v2' ? [] : ['apiVersion']),
    ...(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/.test(String(chart.name)) ? [] : ['name']),
    ...(version.test(String(chart.version)) ? [] : ['version']),
    ...(chart.type === 'application' ? [] : ['type']),
    ...Object.keys(chart).filter((key) => !chartKeys.has(key)),
    ...(isValid.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath}: ${message}`),
    ...[...renderedChart(files, values)].flatMap(([path, object]) => {
      const { apiVersion, kind, metadata } = object as Record<string, { name?: unknown } | string>;
      const name = typeof metadata === 'object' ? String(metadata.name) : '';
      const isObject = typeof apiVersion === 'string' && typeof kind === 'string';
      return isObject && /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(name) ? [] : [path];
    }),
  ];
}
