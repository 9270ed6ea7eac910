import { EngineError } from '../api/engine-error.ts';
import type { ContainerDetails } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';

/** Rejects (`unsupported`) where a debugger has to come into a process that is emulated: the emulator is what it would see. */
export async function refuseEmulated(
  engine: EnginePort,
  { name, imageId }: ContainerDetails,
  signal: AbortSignal,
): Promise<void> {
  const own = await engine.architecture(signal);
  const image = await engine.inspectImage(imageId, signal).catch(() => undefined);
  if (image === undefined || image.architecture === '' || image.architecture === own) return;
  throw new EngineError(
    'unsupported',
    say`${name} runs under emulation (${image.architecture} on ${own}), where a debugger cannot come into a running process. Use an image for ${own}, or restart the service under the debugger.`,
    { subject: name },
  );
}
