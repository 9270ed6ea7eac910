import { asData } from './answer.ts';
import { changeTools } from './change-tools.ts';
import { toInput } from './input.ts';
import { readTools } from './read-tools.ts';
import type { Tool, ToolHost } from './tool.ts';
import { ToolError } from './tool-error.ts';

/** All tools, by name: one table for the language models in VS Code and for MCP. */
export const tools: readonly Tool[] = [...readTools, ...changeTools];

/** Runs a tool on what a model gave. Resolves with a marked, masked and bounded answer; rejects with `ToolError`, or `EngineError`. */
export async function callTool(
  name: string,
  given: unknown,
  host: ToolHost,
  signal: AbortSignal,
): Promise<string> {
  const tool = tools.find((each) => each.name === name);
  if (tool === undefined)
    throw new ToolError(`There is no tool ${name}. There is: ${tools.map((each) => each.name).join(', ')}.`);
  const text = await tool.run(toInput(tool.input, given), host, signal);
  return asData(text, host.mask);
}
