import { EngineError } from '../api/engine-error.ts';
import { label } from '../project/labels.ts';
import type { ToolHost } from './tool.ts';

/** What may stand in the way of an up, one line each. Changes nothing. */
export async function readiness(host: ToolHost, signal: AbortSignal): Promise<string> {
  const found: string[] = [];
  const { status, output } = await host.command(['config', '--quiet'], signal);
  if (status !== 0 || output.trim() !== '') found.push(output.trim());
  const { loaded, name } = await host.target();
  if (loaded === undefined) return found.join('\n');
  const engine = await host.engine();
  const running = await engine.listContainers({ labels: [], all: false }, signal);
  for (const [service, { ports = [], image, build }] of Object.entries(loaded.project.services)) {
    for (const { published, protocol = 'tcp' } of ports) {
      const holder = running.find(
        (each) =>
          each.labels[label.project] !== name &&
          each.ports.some(
            (port) => String(port.hostPort) === String(published) && port.protocol === protocol,
          ),
      );
      if (holder !== undefined)
        found.push(`services.${service}.ports: port ${published} is taken by the container ${holder.name}`);
    }
    if (image === undefined || build !== undefined) continue;
    try {
      await engine.inspectImage(image, signal);
    } catch (error) {
      if (!(error instanceof EngineError) || error.kind === 'cancelled' || error.kind === 'unreachable')
        throw error;
      const remote = await engine.inspectRemoteImage(image, signal).catch((reason: unknown) => {
        if (!(reason instanceof EngineError)) throw reason;
        return reason.message.split('\n')[0] ?? '';
      });
      found.push(
        typeof remote === 'string'
          ? `services.${service}.image: ${image} is not on the engine and cannot be pulled: ${remote}`
          : `services.${service}.image: ${image} is not on the engine yet; its registry has it`,
      );
    }
  }
  return found.length === 0 ? 'Nothing stands in the way.' : found.join('\n');
}
