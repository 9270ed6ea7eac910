import { recordOf } from '../values/record.ts';
import type { RawSchema } from './compile.ts';
import { isOfSteps } from './container-attributes.ts';

/**
 * The schema in which a step of `pre_start` takes what a container takes, which the published one does not have yet: what a step leaves out is the
 * service's. Source: compose-spec pull request 642.
 */
export function withSteps(schema: RawSchema): RawSchema {
  const step = schema.$defs?.pre_start_hook ?? {};
  const ofServices = Object.entries(schema.$defs?.service?.properties ?? {});
  const properties = { ...recordOf(ofServices.filter(([name]) => isOfSteps(name))), ...step.properties };
  return { ...schema, $defs: { ...schema.$defs, pre_start_hook: { ...step, properties } } };
}
