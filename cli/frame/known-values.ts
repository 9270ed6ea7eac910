import { KnownValues } from '#compose/check/secrets/masker.ts';
import { secretValues } from '#compose/check/secrets/secret-values.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { readFileText } from '#disk/read-file.ts';

/** Larger files than this hold no secret that anybody would print. In UTF-16 code units. */
const mostText = 64_000;

/** The values of a project that nobody may see, those in the files of its secrets among them. */
export async function knownValuesOf(loaded: LoadedProject): Promise<KnownValues> {
  return new KnownValues(await secretsOf(loaded));
}

/** The same, as they are. */
export async function secretsOf(loaded: LoadedProject): Promise<ReadonlySet<string>> {
  const paths = Object.values(loaded.project.secrets ?? {}).flatMap(({ file }) => file ?? []);
  const texts = await Promise.all(
    [...new Set(paths)].map((path) => readFileText(path, 'env').catch(() => '')),
  );
  return secretValues(
    loaded,
    texts.filter((text) => text !== '' && text.length <= mostText),
  );
}
