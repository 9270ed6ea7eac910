import { convertToKubernetes, type KubernetesOptions } from '#compose/convert/kubernetes/convert.ts';
import { readFiles } from '#compose/convert/kubernetes/files.ts';
import { type Files, kustomizeFiles } from '#compose/convert/kubernetes/kustomize.ts';
import { type Manifest, manifestFile, manifestYaml } from '#compose/convert/kubernetes/manifest.ts';
import { phraseIdentity } from '#compose/problem/phrase.ts';
import type { Remark } from '#compose/convert/kubernetes/remark.ts';
import { withSharedPorts } from '#compose/convert/kubernetes/shared-ports.ts';
import type { FileSystem } from '#compose/load/host.ts';
import type { Project } from '#compose/model/project.ts';
import type { LoadedProject } from '#compose/load/request.ts';

/** What a project becomes in Kubernetes. */
export interface Conversion {
  /** Those of the project itself, without what overlays change. */
  readonly manifests: readonly Manifest[];
  /** What is to be written, by paths below the output folder. */
  readonly files: Files;
  /** What did not go over, in the order of the files; the same is said once. */
  readonly remarks: readonly Remark[];
}

/** An environment: the project's files with its own over them. */
export interface OverlayProject {
  readonly name: string;
  readonly loaded: LoadedProject;
}

/** `exposed`: what images expose, for the remarks. `overlays`: a Kustomize base with these; `undefined`: one file for each object. */
export async function convertProject(
  base: LoadedProject,
  overlays: readonly OverlayProject[] | undefined,
  disk: FileSystem,
  options: KubernetesOptions = {},
  exposed?: (project: Project) => Promise<NonNullable<KubernetesOptions['exposed']>>,
): Promise<Conversion> {
  const projects = withSharedPorts(
    [base, ...(overlays ?? []).map(({ loaded }) => loaded)].map(({ project }) => project),
  );
  const converted = async ({ environment }: LoadedProject, project: Project) =>
    convertToKubernetes(
      project,
      { files: await readFiles(project, disk), environment },
      { ...options, ...(exposed !== undefined && { exposed: await exposed(project) }) },
    );
  const { manifests, remarks } = await converted(base, projects[0] ?? base.project);
  const others = await Promise.all(
    (overlays ?? []).map(async ({ name, loaded }, at) => ({
      name,
      ...(await converted(loaded, projects[at + 1] ?? loaded.project)),
    })),
  );
  return {
    manifests,
    files:
      overlays === undefined
        ? new Map(manifests.map((manifest) => [manifestFile(manifest), manifestYaml(manifest)]))
        : kustomizeFiles(manifests, others),
    remarks: distinct([...remarks, ...others.flatMap((overlay) => overlay.remarks)]),
  };
}

function distinct(remarks: readonly Remark[]): readonly Remark[] {
  return [
    ...new Map(remarks.map((remark) => [`${remark.path} ${phraseIdentity(remark.reason)}`, remark])).values(),
  ];
}
