import { compileSchema, type RawSchema } from './compile.ts';
import { withJobs } from './jobs.ts';
import { withSteps } from './steps.ts';
import raw from './compose-spec.schema.json' with { type: 'json' };
import type { SchemaNode } from './schema-node.ts';

let compiled: SchemaNode | undefined;

/** The schema of a Compose file (its origin and version: NOTICE.md) with the jobs and the steps of newer releases. Compiled at the first call. */
export function composeSchema(): SchemaNode {
  compiled ??= compileSchema(withSteps(withJobs(raw as RawSchema)));
  return compiled;
}
