import { tokenKinds } from '#compose/check/secrets/secret-shapes.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { readFileText } from '#disk/read-file.ts';

/** Something that looks like a credential, and where it stands; never its value. */
export interface Sensitive {
  readonly kind: string;
  /** `services.web.environment.TOKEN`, or a file's path. */
  readonly place: string;
}

/** What looks like a credential in a project's variables, and in the files of its env files, secrets and configs. */
export async function findSensitive({ project, files }: LoadedProject): Promise<readonly Sensitive[]> {
  const found: Sensitive[] = [];
  const look = (text: string, place: string): void => {
    for (const [kind, pattern] of tokenKinds) if (text.search(pattern) >= 0) found.push({ kind, place });
  };
  const paths = new Set<string>();
  for (const [name, { environment = {}, env_file = [] }] of Object.entries(project.services)) {
    for (const [variable, value] of Object.entries(environment))
      look(value ?? '', `services.${name}.environment.${variable}`);
    for (const { path } of env_file) paths.add(path);
  }
  for (const object of [...Object.values(project.secrets ?? {}), ...Object.values(project.configs ?? {})]) {
    if (object.file !== undefined) paths.add(object.file);
    look(object.content ?? '', `configs.${object.name}.content`);
  }
  // A file that cannot be read says so where it is needed.
  for (const path of paths) look(await readFileText(path, 'content').catch(() => ''), path);
  // The project's own files repeat what their variables have.
  const known = new Set(found.map(({ kind }) => kind));
  for (const path of files) look(await readFileText(path, 'compose').catch(() => ''), path);
  return found.filter(({ kind, place }) => !files.includes(place) || !known.has(kind));
}
