import type { Mount, Project } from '../model/project.ts';
import { mapServices } from './select.ts';

/** `COMPOSE_CONVERT_WINDOWS_PATHS`: sources of mounts such as `C:\data` become `/c/data`. */
export function convertWindowsVolumes(project: Project): Project {
  const services = mapServices(project.services, (service) =>
    service.volumes === undefined ? service : { ...service, volumes: service.volumes.map(convert) },
  );
  return { ...project, services };
}

function convert(mount: Mount): Mount {
  const drive = /^([A-Za-z]):(.*)$/s.exec(mount.source ?? '');
  if (drive === null) return mount;
  const [, letter = '', rest = ''] = drive;
  return { ...mount, source: `/${letter.toLowerCase()}${rest.replaceAll('\\', '/')}` };
}
