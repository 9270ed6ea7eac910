import type { ContainerSummary } from '../api/engine-objects.ts';
import type { Cause, Loss } from './cause.ts';
import type { PlanWarning } from './plan-warning.ts';

/**
 * What will be done, in full, before any of it is: a graph of single steps, each with its cause. The same plan is printed for a preview
 * and executed. A node depends only on nodes with lower ids.
 */
export interface Plan {
  readonly project: string;
  readonly nodes: readonly PlanNode[];
  /** For the user: orphans, networks that belong to somebody else. */
  readonly warnings: readonly PlanWarning[];
  /** Containers that run and are as they should be, by name. */
  readonly upToDate: readonly string[];
}

export interface PlanNode {
  readonly id: number;
  readonly operation: Operation;
  readonly cause: Cause;
  readonly after: readonly number[];
  /** What cannot be brought back after this step. */
  readonly destroys?: Loss;
  /** Steps that replace one container are reported as one: the container's final name. */
  readonly group?: string;
}

/** A container that exists, or that an earlier node creates. */
export type ContainerRef =
  | { readonly kind: 'existing'; readonly id: string; readonly name: string; readonly service: string }
  | { readonly kind: 'created'; readonly node: number; readonly name: string; readonly service: string };

export type WaitCondition =
  | 'service_healthy'
  | 'service_completed_successfully'
  /** `--wait`: healthy where there is a health check, else running. */
  | 'running_or_healthy';

export type Operation =
  | { readonly kind: 'pull-image'; readonly reference: string; readonly platform?: string }
  | { readonly kind: 'remove-image'; readonly reference: string }
  | { readonly kind: 'create-network'; readonly key: string; readonly name: string }
  /** `tolerant`: still in use is a warning. */
  | {
      readonly kind: 'remove-network';
      readonly id: string;
      readonly name: string;
      readonly tolerant: boolean;
    }
  | { readonly kind: 'disconnect-network'; readonly network: string; readonly container: ContainerRef }
  | {
      readonly kind: 'connect-network';
      readonly key: string;
      readonly network: string;
      readonly container: ContainerRef;
    }
  | { readonly kind: 'create-volume'; readonly key: string; readonly name: string }
  | { readonly kind: 'remove-volume'; readonly name: string; readonly tolerant: boolean }
  | {
      readonly kind: 'create-container';
      readonly service: string;
      readonly number: number;
      readonly name: string;
      readonly finalName: string;
      readonly replaces?: ContainerSummary;
      /** Anonymous volumes of the replaced container are kept. */
      readonly inherit: boolean;
      /** On its networks it has no name that anybody knows, until it is connected again. */
      readonly aside?: boolean;
    }
  | { readonly kind: 'rename-container'; readonly container: ContainerRef; readonly name: string }
  | { readonly kind: 'start-container'; readonly container: ContainerRef }
  | { readonly kind: 'stop-container'; readonly container: ContainerRef; readonly timeout?: number }
  | { readonly kind: 'restart-container'; readonly container: ContainerRef; readonly timeout?: number }
  | { readonly kind: 'kill-container'; readonly container: ContainerRef; readonly signal?: string }
  | { readonly kind: 'pause-container'; readonly container: ContainerRef }
  | { readonly kind: 'unpause-container'; readonly container: ContainerRef }
  | {
      readonly kind: 'remove-container';
      readonly container: ContainerRef;
      readonly volumes: boolean;
      readonly force: boolean;
    }
  | {
      readonly kind: 'copy-file';
      readonly what: 'secret' | 'config';
      /** Which of the service's secrets or configs. */
      readonly index: number;
      readonly target: string;
      readonly container: ContainerRef;
    }
  | {
      readonly kind: 'run-hook';
      readonly phase: 'pre_start' | 'post_start' | 'pre_stop';
      readonly index: number;
      /** For `pre_start`, the one whose mounts it has. */
      readonly container: ContainerRef;
      /** What the service's steps left behind when they last failed is removed first. */
      readonly leftovers?: true;
    }
  | {
      readonly kind: 'wait';
      readonly service: string;
      readonly condition: WaitCondition;
      /** A failure is only a warning. */
      readonly optional: boolean;
      /** Seconds after which it fails; absent: as long as it takes. */
      readonly timeout?: number;
      /** Seconds for which the condition must then hold. */
      readonly stays?: number;
      readonly containers: readonly ContainerRef[];
    };

export interface PlanBuilder {
  readonly nodes: readonly PlanNode[];
  /** Adds a node and returns its id. */
  add(
    operation: Operation,
    cause: Cause,
    after?: readonly number[],
    extra?: { readonly destroys?: Loss; readonly group?: string },
  ): number;
}

export function planBuilder(): PlanBuilder {
  const nodes: PlanNode[] = [];
  return {
    nodes,
    add(operation, cause, after = [], extra = {}) {
      const id = nodes.length + 1;
      nodes.push({ id, operation, cause, after: [...new Set(after)].sort((a, b) => a - b), ...extra });
      return id;
    },
  };
}

export function existing(container: ContainerSummary, service: string): ContainerRef {
  return { kind: 'existing', id: container.id, name: container.name, service };
}
