import { formatPhrase } from '#compose/problem/format-phrase.ts';
import {
  convertToKubernetes,
  type Converted,
  type KubernetesOptions,
} from '#compose/convert/kubernetes/convert.ts';
import { readFiles } from '#compose/convert/kubernetes/files.ts';
import { type Manifest, manifestYaml } from '#compose/convert/kubernetes/manifest.ts';
import { load } from '#compose/load/load.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { memoryHost } from '../../load/memory-host.ts';

type Files = Readonly<Record<string, string>>;

/** The project that `/p/compose.yaml` makes, which must have no errors. */
export async function projectOf(text: string, others: Files = {}): Promise<LoadedProject> {
  const host = memoryHost({ ...others, '/p/compose.yaml': text });
  const { loaded, problems } = await load(host, { cwd: '/p' });
  if (loaded === undefined) throw new Error(problems.map(({ message }) => formatPhrase(message)).join('\n'));
  return loaded;
}

export async function convertText(
  text: string,
  others: Files = {},
  options: KubernetesOptions = {},
): Promise<Converted> {
  const { project, environment } = await projectOf(text, others);
  const files = await readFiles(project, memoryHost(others).files);
  return convertToKubernetes(project, { files, environment }, options);
}

/** The YAML of one object, which must be there. */
export function yamlOf({ manifests }: Converted, kind: string, name: string): string {
  return manifestYaml(manifestOf(manifests, kind, name));
}

export function manifestOf(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.find((each) => each.kind === kind && each.metadata.name === name);
  if (found !== undefined) return found;
  throw new Error(
    `no ${kind} "${name}" among ${manifests.map((each) => `${each.kind} ${each.metadata.name}`).join(', ')}`,
  );
}
