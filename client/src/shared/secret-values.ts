import type { LoadedProject } from '#compose/load/request.ts';
import { isSecretName } from './mask.ts';

/** Shorter values are words and numbers that stand everywhere. In UTF-16 code units. */
const shortest = 5;

/**
 * The values in a project that are nobody's business, the longest first: variables, build arguments and labels that are called like secrets,
 * passwords in their URLs, and what `secrets` take from variables. A value of several lines also gives its lines.
 */
export function secretValues({ project, disabled, environment }: LoadedProject): readonly string[] {
  const named = [
    environment,
    ...[...Object.values(project.services), ...Object.values(disabled)].flatMap((service) => [
      service.environment ?? {},
      service.build?.args ?? {},
      service.labels ?? {},
    ]),
  ].flatMap((variables) => Object.entries(variables).flatMap(([name, value]) => secretIn(name, value)));
  const held = Object.values(project.secrets ?? {}).map((secret) =>
    secret.environment === undefined ? '' : (environment[secret.environment] ?? ''),
  );
  const texts = [...named, ...held].flatMap((text) => [
    text.trim(),
    ...text.split('\n').map((line) => line.trim()),
  ]);
  return [...new Set(texts)]
    .filter((text) => text.length >= shortest)
    .sort((one, other) => other.length - one.length);
}

/** The text with each of the values masked, wherever it stands. */
export function hideValues(text: string, values: readonly string[]): string {
  return values.reduce((shown, value) => shown.replaceAll(value, '***'), text);
}

function secretIn(name: string, value: string | null): readonly string[] {
  if (value === null) return [];
  if (isSecretName(name)) return [value];
  return [...value.matchAll(/\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:([^\s@/]+)@/gi)].map(
    ([, password = '']) => password,
  );
}
