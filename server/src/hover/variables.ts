import type { FeatureContext } from '../context.ts';
import type { Explanation } from '../features/hover.ts';
import type { SourceFile } from '../workspace/files.ts';

/** The value of the variable at an offset, and where it comes from. */
export async function hoverOfVariable(
  _context: FeatureContext,
  _file: SourceFile,
  _offset: number,
): Promise<Explanation | undefined> {
  return undefined;
}
