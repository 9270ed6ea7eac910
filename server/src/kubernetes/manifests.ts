import { convertToKubernetes } from '#compose/convert/kubernetes/convert.ts';
import { readFiles } from '#compose/convert/kubernetes/files.ts';
import { manifestYaml } from '#compose/convert/kubernetes/manifest.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import type { FeatureContext } from '../context.ts';
import type { KubernetesResult } from '../protocol.ts';
import { pathOf } from '../to-lsp/uri.ts';

/** The manifests of a document's project. */
export async function manifestsOf(
  { projects, workspace, words }: FeatureContext,
  uri: string,
): Promise<KubernetesResult> {
  const { loaded } = await projects.loadToRun(await projects.of(pathOf(uri)));
  if (loaded === undefined) return { remarks: '' };
  const { project, environment } = loaded;
  const files = await readFiles(project, workspace.files);
  const { manifests, remarks } = convertToKubernetes(project, { files, environment });
  return {
    manifests: manifests.map(manifestYaml).join('---\n'),
    remarks: remarks.map(({ path, reason }) => `${path}: ${formatPhrase(reason, words)}\n`).join(''),
  };
}
