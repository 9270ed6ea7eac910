import type { LoadedProject } from '#compose/load/request.ts';
import type { FileObject } from '#compose/model/project.ts';
import { recordOf } from '#compose/values/record.ts';
import { readFileBytes } from '#disk/read-file.ts';
import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';
import type { FileKind, ServiceSpec, Spec, TaskTemplate } from '../api/swarm-calls.ts';
import { contentOf } from '../project/file-object-content.ts';
import type { MadeObject } from './remove-made.ts';
import type { Contents, StackRequest } from './stack.ts';

// Secrets and configs of a stack.

export interface FileOptions {
  /**
   * Asked for each secret and config whose content has changed, which a swarm never allows. True: it is deployed under a new name (`shop_site_2`),
   * which the services are given; the old one stays. False, and absent: the deploy ends there, before any service is touched. What was deployed
   * under a new name once is found there again without asking.
   */
  readonly renames?: (changed: ChangedFile) => boolean | Promise<boolean>;
  readonly onWarning: (warning: string) => void;
  /** Told of each object once it is there: what a deploy that fails leaves behind (`removeMade`). */
  readonly onMade?: (made: MadeObject) => void;
}

export interface ChangedFile {
  readonly kind: FileKind;
  readonly name: string;
  readonly newName: string;
}

/** By kind and name, the names under which changed secrets and configs are deployed. */
export type Renamed = Map<string, string>;

export async function readContents({ project, environment }: LoadedProject): Promise<Contents> {
  const contents: Record<string, string> = recordOf();
  const kinds = [
    ['secret', project.secrets],
    ['config', project.configs],
  ] as const;
  for (const [kind, objects] of kinds)
    for (const [key, object] of Object.entries(objects ?? {}))
      if (object.external !== true && object.driver === undefined)
        contents[`${kind}s.${key}`] = await readContent(kind, object, environment);
  return contents;
}

async function readContent(
  kind: FileKind,
  object: FileObject,
  environment: LoadedProject['environment'],
): Promise<string> {
  if (object.file === undefined) return Buffer.from(contentOf(kind, object, environment)).toString('base64');
  try {
    return (await readFileBytes(object.file, 'content')).toString('base64');
  } catch (cause) {
    throw new EngineError(
      'invalid',
      say`The file ${object.file} of the ${kind} ${object.name} cannot be read.`,
      {
        subject: object.file,
        cause,
      },
    );
  }
}

/** A secret or config that is there already: with this content, or else under the next number that has it or is free. */
export async function updateFile(
  engine: EnginePort,
  { file, name, id, version, spec }: Extract<StackRequest, { kind: 'update-file' }>,
  renamed: Renamed,
  { renames, onWarning, onMade }: FileOptions,
  signal: AbortSignal,
): Promise<void> {
  const conflict = await relabel(engine, file, id, version, spec, signal);
  if (conflict === undefined) return;
  for (let number = 2; ; number++) {
    const newName = `${name}_${number}`;
    const candidates = await engine.listSwarmFiles(file, { name: [newName] }, signal);
    const found = candidates.find(({ Spec }) => Spec.Name === newName);
    const next = { ...spec, Name: newName };
    if (found === undefined) {
      if ((await renames?.({ kind: file, name, newName })) !== true)
        throw new EngineError(
          'conflict',
          say`The content of the ${file} ${name} has changed, but a swarm cannot update it. Give it another name in the file ("name: ${newName}"), deploy, and remove the old one.`,
          { subject: name, cause: conflict },
        );
      await engine.createSwarmFile(file, next, signal);
      onMade?.({ kind: file, name: newName });
      onWarning(`the content of the ${file} ${name} has changed: it is deployed as ${newName}`);
    } else if ((await relabel(engine, file, found.ID, found.Version.Index, next, signal)) !== undefined)
      continue;
    renamed.set(`${file} ${name}`, newName);
    return;
  }
}

/** Resolves with the engine's refusal if its content is another one; a swarm tells nobody the content of a secret. */
async function relabel(
  engine: EnginePort,
  file: FileKind,
  id: string,
  version: number,
  spec: Spec,
  signal: AbortSignal,
): Promise<EngineError | undefined> {
  try {
    await engine.updateSwarmFile(file, id, version, spec, signal);
    return undefined;
  } catch (error) {
    if (!(error instanceof EngineError) || !/only updates to Labels are allowed/i.test(error.message))
      throw error;
    return error;
  }
}

/** The ids of the secrets and configs that the service names. */
export async function withFileIds(
  engine: EnginePort,
  spec: ServiceSpec,
  renamed: Renamed,
  signal: AbortSignal,
): Promise<ServiceSpec> {
  const container: Record<string, unknown> = { ...spec.TaskTemplate.ContainerSpec };
  for (const kind of ['secret', 'config'] as const) {
    const field = kind === 'secret' ? 'Secrets' : 'Configs';
    const prefix = kind === 'secret' ? 'Secret' : 'Config';
    const references = (container[field] ?? []) as readonly Spec[];
    if (references.length === 0) continue;
    const names = references.map((reference) => {
      const name = String(reference[`${prefix}Name`]);
      return renamed.get(`${kind} ${name}`) ?? name;
    });
    const found = await engine.listSwarmFiles(kind, { name: names }, signal);
    container[field] = references.map((reference, at) => {
      const name = names[at] ?? '';
      const object = found.find(({ Spec }) => Spec.Name === name);
      if (object === undefined)
        throw new EngineError('not-found', say`The swarm has no ${kind} ${name}. Create it first.`, {
          subject: name,
        });
      return { ...reference, [`${prefix}Name`]: name, [`${prefix}ID`]: object.ID };
    });
  }
  container.Privileges = privilegesWithId(container);
  const TaskTemplate: TaskTemplate = { ...spec.TaskTemplate, ContainerSpec: container };
  return { ...spec, TaskTemplate };
}

/** Credentials that are in a config name it by its id. */
function privilegesWithId({ Privileges, Configs = [] }: Record<string, unknown>): unknown {
  const { CredentialSpec: credentials } = (Privileges ?? {}) as { readonly CredentialSpec?: Spec };
  if (credentials?.Config === undefined) return Privileges;
  const runtime = (Configs as readonly Spec[]).find(({ Runtime }) => Runtime !== undefined);
  return { ...(Privileges as object), CredentialSpec: { ...credentials, Config: runtime?.ConfigID } };
}
