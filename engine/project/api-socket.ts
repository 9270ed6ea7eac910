import type { LoadedProject } from '#compose/load/request.ts';
import type { Service } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { mergedRecord, recordOf } from '#compose/values/record.ts';

const socket = '/var/run/docker.sock';
const configName = '#apisocket';
const configDirectory = '/run/secrets/docker';

/**
 * The project with what `use_api_socket` stands for: the engine's socket in the container, and the credentials that are known here in a file, to which
 * `DOCKER_CONFIG` points unless the service sets that itself. Rejects (`unsupported`) where the engine has no such socket.
 */
export async function withApiSocket(
  engine: EnginePort,
  loaded: LoadedProject,
  signal: AbortSignal,
): Promise<LoadedProject> {
  const { project } = loaded;
  const users = Object.entries(project.services).filter(([, service]) => service.use_api_socket === true);
  const [first] = users;
  if (first === undefined) return loaded;
  if (engine.info.os === 'windows')
    throw new EngineError(
      'unsupported',
      say`services.${first[0]}.use_api_socket cannot be used with a Windows engine`,
    );
  const changed = users.map(([name, service]) => [name, withSocket(service)] as const);
  const content = JSON.stringify({ auths: await engine.credentials(signal) });
  return {
    ...loaded,
    project: {
      ...project,
      services: mergedRecord(project.services, recordOf(changed)),
      configs: mergedRecord(project.configs, { [configName]: { name: configName, content } }),
    },
  };
}

function withSocket(service: Service): Service {
  const volumes = [...(service.volumes ?? []), { type: 'bind' as const, source: socket, target: socket }];
  if (service.environment?.DOCKER_CONFIG !== undefined) return { ...service, volumes };
  return {
    ...service,
    volumes,
    environment: mergedRecord<string | null>(service.environment, { DOCKER_CONFIG: configDirectory }),
    configs: [...(service.configs ?? []), { source: configName, target: `${configDirectory}/config.json` }],
  };
}
