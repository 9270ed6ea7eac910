import type { FileSystem } from '../../load/host.ts';
import type { LoadedProject } from '../../load/request.ts';

/** Larger files than this hold no secret that anybody would print. In UTF-16 code units. */
export const mostText = 64_000;

/** What the files of a project's secrets hold; those that cannot be read, and larger ones, are left out. */
export async function secretTexts(
  { project }: Pick<LoadedProject, 'project'>,
  files: Pick<FileSystem, 'read'>,
): Promise<readonly string[]> {
  const paths = Object.values(project.secrets ?? {}).flatMap(({ file }) => file ?? []);
  const results = await Promise.all([...new Set(paths)].map((path) => files.read(path)));
  return results.flatMap((result) =>
    result.kind === 'text' && result.text.length <= mostText ? [result.text] : [],
  );
}
