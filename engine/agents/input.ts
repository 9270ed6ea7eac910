import { recordOf } from '#compose/values/record.ts';
import type { Input, InputProperty, InputSchema } from './tool.ts';
import { ToolError } from './tool-error.ts';

type Value = Input[string];

/** What a model gave, checked against the schema. Throws `ToolError` with what to give instead. */
export function toInput(schema: InputSchema, given: unknown): Input {
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given)))
    throw new ToolError('The input has to be an object.');
  const entries = Object.entries(given ?? {});
  const known = Object.keys(schema.properties);
  const checked = entries.map(([name, value]): readonly [string, Value] => {
    const property = known.includes(name) ? schema.properties[name] : undefined;
    if (property === undefined)
      throw new ToolError(
        `There is no input "${name}". There is: ${known.length === 0 ? 'none' : known.join(', ')}.`,
      );
    return [name, checkedValue(name, property, value)];
  });
  const missing = (schema.required ?? []).find((name) => !checked.some(([each]) => each === name));
  if (missing !== undefined)
    throw new ToolError(`The input "${missing}" is missing: ${schema.properties[missing]?.description}`);
  return recordOf(checked);
}

function checkedValue(name: string, property: InputProperty, value: unknown): Value {
  const wrong = (what: string) => new ToolError(`The input "${name}" has to be ${what}.`);
  switch (property.type) {
    case 'string':
      if (typeof value !== 'string') throw wrong('text');
      if (property.enum !== undefined && !property.enum.includes(value))
        throw wrong(`one of ${property.enum.join(', ')}`);
      if (value.length > (property.maxLength ?? 1000))
        throw wrong(`no longer than ${property.maxLength ?? 1000} characters`);
      return value;
    case 'integer':
      if (
        typeof value !== 'number' ||
        !Number.isInteger(value) ||
        value < property.minimum ||
        value > property.maximum
      )
        throw wrong(`a whole number from ${property.minimum} to ${property.maximum}`);
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrong('true or false');
      return value;
    case 'array': {
      const most = property.maxItems ?? 50;
      if (
        !Array.isArray(value) ||
        value.length > most ||
        value.some((each) => typeof each !== 'string' || each.length > 1000)
      )
        throw wrong(`a list of at most ${most} texts`);
      return value;
    }
  }
}

export function textOf(input: Input, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberOf(input: Input, name: string, otherwise: number): number {
  const value = input[name];
  return typeof value === 'number' ? value : otherwise;
}

export function listOf(input: Input, name: string): readonly string[] {
  const value = input[name];
  return Array.isArray(value) ? value : [];
}

/** Names of services: what looks like an option would be one. */
export function servicesOf(input: Input): readonly string[] {
  const names = listOf(input, 'services');
  const bad = names.find((name) => !/^[a-zA-Z0-9][\w.-]*$/.test(name));
  if (bad !== undefined)
    throw new ToolError(
      `${JSON.stringify(bad)} is not the name of a service. Call composure_list for the names.`,
    );
  return names;
}
