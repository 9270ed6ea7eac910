import type { InputProperty, InputSchema } from './tool.ts';

/** The schema of an input with these properties and no others. */
export function input(
  properties: Readonly<Record<string, InputProperty>>,
  required: readonly string[] = [],
): InputSchema {
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

export const services = {
  type: 'array',
  items: { type: 'string' },
  description: 'Only these services, by the names from composure_list. Absent: all.',
} as const;

export const service = {
  type: 'string',
  description: "The service's name, from composure_list.",
} as const;

export const lines = {
  type: 'integer',
  minimum: 1,
  maximum: 500,
  description: 'The last lines of each container; 100 by default.',
} as const;

export const since = {
  type: 'string',
  maxLength: 40,
  description: 'From this time on: 10m, 2h, or RFC 3339.',
} as const;

export const until = {
  type: 'string',
  maxLength: 40,
  description: 'Up to this time: 10m, 2h, or RFC 3339.',
} as const;

export const file = {
  type: 'string',
  description: "A Compose file, by its path from the project's folder. Absent: the project's files.",
} as const;

export const token = {
  type: 'string',
  maxLength: 40,
  description: 'The token of the plan, from composure_plan. A plan can be carried out once.',
} as const;
