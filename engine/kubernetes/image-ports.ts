import { portsOf } from '#compose/convert/kubernetes/ports.ts';
import type { Project } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';

/**
 * What the images of services that name no port expose (`5432/tcp`), by service. Images that the engine does not have say nothing, and neither does an engine that
 * cannot be asked.
 */
export async function imagePorts(
  { services }: Project,
  engine: Pick<EnginePort, 'inspectImage'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const asked = Object.entries(services).filter(([, service]) => portsOf(service).length === 0);
  const found = await Promise.all(
    asked.map(async ([name, { image }]): Promise<readonly (readonly [string, readonly string[]])[]> => {
      if (image === undefined) return [];
      try {
        const { config } = await engine.inspectImage(image, signal);
        const ports = Object.keys(config.ExposedPorts ?? {});
        return ports.length === 0 ? [] : [[name, ports]];
      } catch (error) {
        if (error instanceof EngineError) return [];
        throw error;
      }
    }),
  );
  return new Map(found.flat());
}
