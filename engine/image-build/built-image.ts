import { composeVersion, label } from '../project/labels.ts';
import { imageName } from '../project/names.ts';
import type { BuildTarget } from './build-source.ts';

/** Under which names an image is kept, and what says whose it is. */
export function builtImage({ name, service, build, loaded: { project } }: BuildTarget) {
  return {
    tags: [imageName(project.name, name, service), ...(build.tags ?? [])],
    labels: { [label.project]: project.name, [label.service]: name, [label.version]: composeVersion },
  };
}
