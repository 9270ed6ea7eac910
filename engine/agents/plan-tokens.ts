import { randomBytes } from 'node:crypto';
import { ToolError } from './tool-error.ts';

/** A change that was planned and shown. */
export interface PlannedChange {
  readonly operation: string;
  /** What plans it, and what carries it out. */
  readonly plan: readonly string[] | undefined;
  readonly run: readonly string[];
  readonly text: string;
}

/** More plans than this are not kept: the oldest go. */
const most = 20;

/** Plans that were shown, by the token that was given with them. Each can be carried out once. */
export class PlanTokens {
  readonly #plans = new Map<string, PlannedChange>();

  keep(change: PlannedChange): string {
    const token = randomBytes(9).toString('base64url');
    this.#plans.set(token, change);
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > most && oldest !== undefined) this.#plans.delete(oldest);
    return token;
  }

  look(token: string): PlannedChange | undefined {
    return this.#plans.get(token);
  }

  /** Takes a plan for one operation; it cannot be taken again. */
  take(token: string, operation: string): PlannedChange {
    const change = this.#plans.get(token);
    if (change?.operation !== operation)
      throw new ToolError(
        `There is no plan for ${operation} with this token. Call composure_plan with operation "${operation}", show the plan, and give its token.`,
      );
    this.#plans.delete(token);
    return change;
  }
}

/** Whether a plan's text has a step that takes data away. */
export function destroysData(text: string): boolean {
  return /^! /m.test(text);
}
