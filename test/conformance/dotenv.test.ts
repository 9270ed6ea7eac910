import { describe, expect } from 'vitest';
import { parseDotenv } from '#compose/load/dotenv.ts';
import { eachCase } from './each-case.ts';

/** `null`: looked up, and not set. */
type Recorded = Readonly<Record<string, string | null>>;

describe('env files', () => {
  eachCase<{
    id: string;
    source: string;
    preset: Readonly<Record<string, string>>;
    lookup: Recorded;
    result: Readonly<Record<string, string>> | null;
    error: string | null;
  }>('loader/rec_dotenv', ({ source, preset, lookup, result, error }) => {
    const earlier = new Map(Object.entries(preset));
    const { values, problem } = parseDotenv(source, (name) => lookup[name] ?? undefined, earlier);
    if (error !== null) {
      expect(problem, error).toBeDefined();
      return;
    }
    expect(problem).toBeUndefined();
    const found = [...values].map(([name, { value }]) => [name, value]);
    expect({ ...preset, ...Object.fromEntries(found) }).toEqual(result);
  });
});

describe('variables in env files', () => {
  eachCase<{ id: string; value: string; env: Recorded; result: string; error: string | null }>(
    'loader/rec_dotenv_expand',
    ({ value, env, result, error }) => {
      const { values, problem } = parseDotenv(`${value}\n`, (name) => env[name] ?? undefined);
      if (error !== null) expect(problem, error).toBeDefined();
      else expect([...values].map(([name, entry]) => `${name}=${entry.value}`)).toEqual([result]);
    },
  );
});
