import { isAbsolute, relative, resolve } from 'node:path';
import { ToolError } from './tool-error.ts';

/** The path of a file that a model named, in the project's folder or below it. Throws `ToolError` for any other. */
export function confined(folder: string, name: string): string {
  const path = resolve(folder, name);
  const way = relative(folder, path);
  if (way.startsWith('..') || isAbsolute(way) || name.startsWith('-'))
    throw new ToolError(`${name} is outside of the project's folder. Name a file in ${folder}.`);
  return path;
}
