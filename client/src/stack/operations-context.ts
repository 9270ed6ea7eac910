import type { OperationsUnderWay } from '#engine/observe/operations-under-way.ts';

export interface OperationsContext {
  readonly operations: OperationsUnderWay;
}
