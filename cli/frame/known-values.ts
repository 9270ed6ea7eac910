import { KnownValues } from '#compose/check/secrets/masker.ts';
import { secretTexts } from '#compose/check/secrets/secret-texts.ts';
import { secretValues } from '#compose/check/secrets/secret-values.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { diskFiles } from '#disk/disk-files.ts';

/** The values of a project that nobody may see, those in the files of its secrets among them. */
export async function knownValuesOf(loaded: LoadedProject): Promise<KnownValues> {
  return new KnownValues(await secretsOf(loaded));
}

/** The same, as they are. */
export async function secretsOf(loaded: LoadedProject): Promise<ReadonlySet<string>> {
  const texts = await secretTexts(loaded, diskFiles());
  return secretValues(
    loaded,
    texts.filter((text) => text !== ''),
  );
}
