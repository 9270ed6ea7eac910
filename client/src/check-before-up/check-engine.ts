import type { LoadedProject } from '#compose/load/request.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import { containerName } from '#engine/project/names.ts';
import type { EngineInfo } from '#engine/api/engine-objects.ts';
import { containerSpec } from '#engine/plan/requests/container-request.ts';
import { desiredOf } from '#engine/operations/up.ts';
import { messageText, type Translate } from '../shared/translate.ts';
import type { Finding } from './finding.ts';

/** Whether this engine can do what the files ask for: each container's request is made, and not sent. */
export function checkEngine(loaded: LoadedProject, info: EngineInfo, t: Translate): readonly Finding[] {
  const findings: Finding[] = [];
  const { origin, readText, project } = desiredOf(loaded, {});
  for (const [name, service] of Object.entries(project.services)) {
    const say = (severity: 'error' | 'warning', message: string) =>
      findings.push({ subject: 'engine', severity, message, path: ['services', name] });
    const finalName = containerName(project.name, name, service, 1);
    try {
      const { warnings } = containerSpec(
        {
          project,
          serviceName: name,
          service,
          number: 1,
          name: finalName,
          finalName,
          configHash: '',
          imageDigest: undefined,
          origin,
          links: [],
        },
        info,
        readText,
      );
      for (const warning of warnings) say('warning', messageText(warning, t));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      say('error', error.said === undefined ? error.message : messageText(error.said, t));
    }
    if (service.provider !== undefined || Object.keys(service.models ?? {}).length > 0)
      say('error', t('{0} needs a provider or a model, which cannot be run here', name));
  }
  if (findings.length === 0)
    findings.push({
      subject: 'engine',
      severity: 'ok',
      message: t('Docker Engine {0} supports everything that the files use', info.serverVersion),
    });
  return findings;
}
