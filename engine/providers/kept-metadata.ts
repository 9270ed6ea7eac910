import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { providerMetadataFolder } from '#compose/load/docker-folders.ts';
import { wholeFile } from '#disk/whole-file.ts';
import { machineOf, type ProgramSources } from './provider-program.ts';

/**
 * Keeps what a provider says of its options for whoever completes them, where Docker Compose keeps it too: `compose/providers/TYPE.json` among the
 * settings of the Docker CLI. That it cannot be written is nobody's failure.
 */
export async function keepMetadata(type: string, text: string, sources: ProgramSources): Promise<void> {
  const folder = providerMetadataFolder(machineOf(sources));
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await wholeFile(join(folder, `${type}.json`), (partial) => writeFile(partial, text, { mode: 0o600 }));
  } catch {
    // Completion does without.
  }
}
