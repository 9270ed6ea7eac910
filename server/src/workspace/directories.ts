import { dirname } from '#system/path.ts';
import type { SourceFile } from './files.ts';
import type { ProjectReference } from './project-reference.ts';

/** What a file's relative paths are relative to: the project's directory for its own files, theirs for included and extended ones. */
export function directoryFor(file: SourceFile, reference: ProjectReference): string {
  const { files, projectDirectory } = reference.request;
  if (files?.includes(file.path) !== true) return dirname(file.path);
  return projectDirectory ?? dirname(files[0] ?? file.path);
}
