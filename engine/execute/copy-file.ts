import type { FileReference } from '#compose/model/project.ts';
import { contentOf } from '../project/file-object-content.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { Operation } from '../plan/plan.ts';
import { fileTarget } from '../plan/requests/container-mounts.ts';
import { fileArchive } from '../files/file-archive.ts';
import { desiredOf, type StepContext, serviceOf } from './execution-model.ts';

/** Writes a secret or config that has no file into a container. Owner and mode are as the service asks; 0444 otherwise. */
export async function copyFile(
  context: StepContext,
  operation: Omit<Extract<Operation, { kind: 'copy-file' }>, 'target'>,
  signal: AbortSignal,
): Promise<void> {
  const { what, index, container } = operation;
  const service = serviceOf(context, container.service);
  const reference = (what === 'secret' ? service.secrets : service.configs)?.[index];
  if (reference === undefined) return;
  await copyContents(context, context.live.idOf(container), what, reference, signal);
}

/** The same into the container with this id, for one reference. A secret or config that is a file is left alone: it is mounted. */
export async function copyContents(
  context: StepContext,
  id: string,
  what: 'secret' | 'config',
  reference: FileReference,
  signal: AbortSignal,
): Promise<void> {
  const { project, environment } = desiredOf(context);
  const object = (what === 'secret' ? project.secrets : project.configs)?.[reference.source];
  if (object === undefined || object.file !== undefined) return;
  const content = contentOf(what, object, environment);
  const archive = await fileArchive(
    {
      name: fileTarget(what, reference),
      mode: reference.mode === undefined ? 0o444 : Number.parseInt(reference.mode, 8),
      uid: numericId(what, reference.uid),
      gid: numericId(what, reference.gid),
      mtime: new Date(),
    },
    new TextEncoder().encode(content),
  );
  const copyOwnership = reference.uid !== undefined || reference.gid !== undefined;
  await context.engine.putArchive(id, { path: '/', copyOwnership }, archive, signal);
}

function numericId(what: string, text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  if (!/^\d+$/.test(text))
    throw new EngineError('invalid', say`${what}: "${text}" is not a numeric user or group id`);
  return Number(text);
}
