import type { ReadResult } from '../../load/host.ts';
import type { FileObject } from '../../model/project.ts';

/** What is known of the disk and of the variables. */
export interface Given {
  /** What a file or each file of a directory holds, by absolute path; see `readFiles`. */
  readonly files: ReadonlyMap<string, ReadResult | ReadonlyMap<string, ReadResult>>;
  /** Variables that secrets and configs with `environment:` take theirs from. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The text of a secret or a config; `undefined` if it cannot be read as one. */
export function contentOf(
  { files, environment: variables }: Given,
  { content, environment, file }: FileObject,
): string | undefined {
  if (content !== undefined) return content;
  if (environment !== undefined) return variables[environment];
  const read = file === undefined ? undefined : files.get(file);
  return read !== undefined && 'kind' in read && read.kind === 'text' ? read.text : undefined;
}
