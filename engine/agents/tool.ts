import type { EnginePort } from '../api/engine-port.ts';
import type { ProjectTarget } from '../project/project-target.ts';
import type { PlanTokens } from './plan-tokens.ts';

/** One property of a tool's input, as JSON Schema has it. */
export type InputProperty = { readonly description: string } & (
  | { readonly type: 'string'; readonly enum?: readonly string[]; readonly maxLength?: number }
  | { readonly type: 'integer'; readonly minimum: number; readonly maximum: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'array'; readonly items: { readonly type: 'string' }; readonly maxItems?: number }
);

export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, InputProperty>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

/** What a model gave, of the kinds that the schema says. */
export type Input = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * What a tool does to the world. `reads`: nothing; `changes`: containers or files, as a plan or a fix says; `runs`: a program that the model wrote, in a
 * container.
 */
export type Effect = 'reads' | 'changes' | 'runs';

/** What a tool is: the same for the language models in VS Code and for every client of MCP. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: InputSchema;
  readonly effect: Effect;
  /** It can take data away: MCP's `destructiveHint`. */
  readonly destroys?: boolean;
  /** Resolves with the answer, which is masked, marked and bounded after that. Rejects with `ToolError` for what a model can do something about. */
  run(input: Input, host: ToolHost, signal: AbortSignal): Promise<string>;
}

/** What tools work with: one project, on one engine. */
export interface ToolHost {
  /** The folder that the project is in; paths that a model gives are taken from there, and lead nowhere else. */
  readonly folder: string;
  readonly plans: PlanTokens;
  /** Runs a command of our command line on the project. `files`: these compose files instead of the project's own. */
  command(
    words: readonly string[],
    signal: AbortSignal,
    files?: readonly string[],
  ): Promise<{ readonly status: number; readonly output: string }>;
  target(): Promise<ProjectTarget>;
  engine(): Promise<EnginePort>;
  /** Projects and their states, as the surface knows them. */
  list(signal: AbortSignal): Promise<string>;
  /** Asks the person; `false` when refused, or when there is no way to ask. */
  consent(question: string): Promise<boolean>;
  /** How a file is called in answers, by its URI. */
  readonly nameOf: (uri: string) => string;
  readonly mask: (text: string) => string;
  readonly maskDeep: (value: unknown) => unknown;
}
