import { parse } from 'yaml';
import type { Files } from '#compose/convert/kubernetes/kustomize.ts';

/**
 * What `helm template` makes of a chart, for the part of Go's templates that is written: `index`, `toJson`, `with` and a literal. Throws at anything else.
 * By the file, as plain data.
 */
export function renderedChart(files: Files, values: unknown = parse(files.get('values.yaml') ?? '')) {
  const found = (path: string): unknown =>
    (JSON.parse(`[${path.trim().replaceAll(/(?<=["\d]) (?=["\d])/g, ',')}]`) as (string | number)[]).reduce(
      (value: unknown, key) => (value as Record<string | number, unknown> | undefined)?.[key],
      values,
    );
  const isEmpty = (value: unknown) =>
    value === undefined ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
  const render = (template: string) =>
    template
      .replaceAll(
        /\n\{\{- with index \.Values ([^}]*) \}\}(\n[^\n]*)\{\{ toJson \. \}\}\n\{\{- end \}\}/g,
        (_, path: string, start: string) =>
          isEmpty(found(path)) ? '' : `${start}${JSON.stringify(found(path))}`,
      )
      .replaceAll(
        /\{\{ (?:index \.Values ((?:"[^"]*"|\d+|\s)+) \| toJson|("\{\{")) \}\}/g,
        (_, path, literal) => (literal === undefined ? JSON.stringify(found(path)) : JSON.parse(literal)),
      );
  return new Map(
    [...files].flatMap(([path, text]) =>
      path.startsWith('templates/') ? [[path.replace('templates/', ''), parse(render(text)) as unknown]] : [],
    ),
  );
}
