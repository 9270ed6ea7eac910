import type { Volume } from '#compose/model/project.ts';
import { composeVersion, label } from '../../project/labels.ts';

/** The body of `POST /volumes/create` for a project's volume. Labels of Compose win over the user's. */
export function volumeSpec(
  project: string,
  key: string,
  volume: Volume,
  hash: string,
): Readonly<Record<string, unknown>> {
  return {
    Name: volume.name,
    ...(volume.driver !== undefined && { Driver: volume.driver }),
    ...(volume.driver_opts !== undefined && { DriverOpts: volume.driver_opts }),
    Labels: {
      ...volume.labels,
      [label.volume]: key,
      [label.project]: project,
      [label.version]: composeVersion,
      [label.configHash]: hash,
    },
  };
}
