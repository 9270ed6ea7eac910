import { decodeService } from '../model/decode.ts';
import type { PreStartStep, Service } from '../model/project.ts';
import { isOfSteps } from '../schema/container-attributes.ts';
import { nodeOf } from '../syntax/build.ts';
import type { Plain } from '../syntax/to-plain.ts';
import { recordOf } from '../values/record.ts';
import { extendService } from './merge.ts';

/**
 * The container of a step of `pre_start` as a service: the step laid over what a container has of its service, by the rules by which Compose files merge
 * (docker/compose pull request 14093). The volumes are the step's own: it has the service's from the service's container.
 */
export function stepService(service: Service, step: PreStartStep): Service {
  const base = Object.entries(service).filter(([name]) => isOfSteps(name) && name !== 'volumes');
  const over = Object.entries(step).filter(([name]) => name !== 'per_replica');
  const merged = extendService(nodeOf(plain(base)), nodeOf(plain(over)), () => {});
  return decodeService(merged);
}

function plain(attributes: readonly (readonly [string, unknown])[]): Plain {
  // What a service is decoded to is plain data.
  return recordOf(attributes) as Plain;
}
