import { compileSchema, type RawSchema } from './compile.ts';
import { withJobs } from './jobs.ts';
import raw from './compose-spec.schema.json' with { type: 'json' };
import type { SchemaNode } from './schema-node.ts';

let compiled: SchemaNode | undefined;

/** The schema of a Compose file (its origin and version: NOTICE.md) with the jobs of newer releases. Compiled at the first call. */
export function composeSchema(): SchemaNode {
  compiled ??= compileSchema(withJobs(raw as RawSchema));
  return compiled;
}
