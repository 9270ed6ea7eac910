import type { Path } from '#compose/values/path.ts';
import { nodeAtPath } from '#compose/syntax/at.ts';
import { argumentsOf, dockerfileOf, stagesOf } from '../workspace/dockerfile.ts';
import type { SourceFile } from '../workspace/files.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Suggestion } from './suggestion.ts';
import { wording } from '../words/words.ts';

/** Stages for `build.target`, arguments for `build.args`: from the Dockerfile that the service is built with. */
export async function buildSuggestions(
  path: Path,
  role: 'key' | 'value',
  file: SourceFile,
  directory: string,
  workspace: Workspace,
): Promise<Suggestion[]> {
  const [section, service, build, attribute] = path;
  if (section !== 'services' || build !== 'build' || service === undefined) return [];
  const wantsStage = attribute === 'target' && role === 'value' && path.length === 4;
  const wantsArgument =
    attribute === 'args' && (role === 'key' ? path.length === 4 : typeof path[4] === 'number');
  if (!wantsStage && !wantsArgument) return [];
  const written = file.roots.map((root) => nodeAtPath(root, ['services', service, 'build'])).find(Boolean);
  const dockerfile = await dockerfileOf(workspace, directory, written);
  if (dockerfile === undefined) return [];
  if (wantsStage) {
    return stagesOf(dockerfile).map(({ name, from }) => ({
      label: name,
      as: { scalar: name },
      kind: 'name',
      detail: wording('completion.stage', { image: from }),
      rank: 1,
    }));
  }
  return argumentsOf(dockerfile).map(({ name, defaultValue }) => ({
    label: name,
    as: role === 'key' ? { key: name, shape: 'scalar' } : { raw: `${name}=` },
    kind: 'variable',
    ...(defaultValue === undefined
      ? {}
      : { detail: wording('completion.default-value', { value: defaultValue }) }),
    rank: 1,
  }));
}
