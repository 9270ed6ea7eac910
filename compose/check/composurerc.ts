import type { Severity } from '../problem/problem.ts';
import { parse } from '../syntax/parse.ts';
import { type Plain, toPlain } from '../syntax/to-plain.ts';
import { recordOf } from '../values/record.ts';

/** What a `.composurerc` says: how a team wants its compose files looked at, in every editor and in CI alike. */
export interface ComposureConfig {
  /** By code; counts more than what an editor is set to, and more than `.dclintrc`. */
  readonly severity: Readonly<Record<string, Severity | 'off'>>;
  readonly practice?: 'off' | 'essential' | 'all';
  /** Patterns of files that are not looked at, as `stackFiles` has them. */
  readonly exclude: readonly string[];
  /** Patterns of files that are deployed to a swarm. */
  readonly stackFiles?: readonly string[];
  /** From which severity on `composure check` fails. */
  readonly failOn?: Severity;
}

export interface ReadConfig {
  readonly config: ComposureConfig;
  /** What in it means nothing, for a person. */
  readonly mistakes: readonly string[];
}

export const severityNames: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
const levels: readonly string[] = [...severityNames, 'off'];
const practices: readonly string[] = ['off', 'essential', 'all'];

/** Reads a configuration, JSON or YAML. What is malformed in it counts as absent, and is among the mistakes. */
export function readComposureConfig(text: string): ReadConfig {
  const mistakes: string[] = [];
  const { documents, problems } = parse('memory:composurerc', text);
  if (problems.length > 0) mistakes.push('It is neither JSON nor YAML.');
  const root = documents[0]?.root;
  const plain = root === undefined ? null : toPlain(root);
  const config: Mutable<ComposureConfig> = { severity: {}, exclude: [] };
  if (!isRecord(plain)) {
    if (plain !== null) mistakes.push('It is no mapping.');
    return { config, mistakes };
  }
  for (const [key, value] of Object.entries(plain)) {
    const refuse = (wanted: string) => mistakes.push(`"${key}" must be ${wanted}.`);
    if (key === 'severity') config.severity = severitiesIn(value, mistakes);
    else if (key === 'practice') {
      if (isPractice(value)) config.practice = value;
      else refuse(`one of ${practices.join(', ')}`);
    } else if (key === 'failOn') {
      if (isSeverity(value)) config.failOn = value;
      else refuse(`one of ${severityNames.join(', ')}`);
    } else if (key === 'exclude' || key === 'stackFiles') {
      if (isTexts(value)) config[key] = value;
      else refuse('a list of patterns');
    } else mistakes.push(`There is no "${key}".`);
  }
  return { config, mistakes };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function severitiesIn(value: Plain, mistakes: string[]): Record<string, Severity | 'off'> {
  const found: Record<string, Severity | 'off'> = recordOf();
  if (!isRecord(value)) {
    mistakes.push('"severity" must be a mapping of codes to severities.');
    return found;
  }
  for (const [code, level] of Object.entries(value)) {
    // `off` is a boolean in the YAML of old.
    const name = level === false ? 'off' : level;
    if (isLevel(name)) found[code] = name;
    else mistakes.push(`The severity of "${code}" must be one of ${levels.join(', ')}.`);
  }
  return found;
}

function isRecord(value: Plain): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: Plain): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

export function isSeverity(value: unknown): value is Severity {
  return typeof value === 'string' && (severityNames as readonly string[]).includes(value);
}

function isLevel(value: unknown): value is Severity | 'off' {
  return typeof value === 'string' && levels.includes(value);
}

function isPractice(value: unknown): value is 'off' | 'essential' | 'all' {
  return typeof value === 'string' && practices.includes(value);
}
