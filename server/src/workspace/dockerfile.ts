import { resolve } from '#system/path.ts';
import type { Dockerfile } from 'dockerfile-ast';
import { stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { Node } from '#compose/syntax/node.ts';
import type { Workspace } from './workspace.ts';

/** A build stage that has a name. */
export interface Stage {
  readonly name: string;
  /** The image or stage it begins from. */
  readonly from: string;
}

/** An argument that a build may be given. */
export interface BuildArgument {
  readonly name: string;
  readonly defaultValue: string | undefined;
}

/** The Dockerfile of a service's `build`, wherever it is; `undefined` if there is none to read. */
export async function dockerfileOf(
  workspace: Workspace,
  directory: string,
  build: Node | undefined,
): Promise<Dockerfile | undefined> {
  const inline = stringOf(valueIn(build, 'dockerfile_inline'));
  if (inline !== undefined) return parsed(inline);
  const context = stringOf(build) ?? stringOf(valueIn(build, 'context')) ?? '.';
  const name = stringOf(valueIn(build, 'dockerfile')) ?? 'Dockerfile';
  const read = await workspace.files.read(resolve(directory, context, name), 'dockerfile');
  return read.kind === 'text' ? parsed(read.text) : undefined;
}

/** Loaded when the first Dockerfile is read. */
async function parsed(text: string): Promise<Dockerfile> {
  const { parseDockerfile } = await import('./dockerfile-parser.ts');
  return parseDockerfile(text);
}

export function stagesOf(dockerfile: Dockerfile): Stage[] {
  return dockerfile.getFROMs().flatMap((from) => {
    const name = from.getBuildStage();
    return name === null ? [] : [{ name, from: from.getImage() ?? '' }];
  });
}

/** The ports that the last stage exposes, as written: `80`, `53/udp`. Those with variables are left out. */
export function exposedPorts(dockerfile: Dockerfile): string[] {
  const lastStage = dockerfile.getFROMs().at(-1)?.getRange()?.start.line ?? 0;
  const ports = dockerfile
    .getInstructions()
    .filter((each) => each.getKeyword() === 'EXPOSE' && (each.getRange()?.start.line ?? 0) >= lastStage)
    .flatMap((each) => each.getArguments().map((argument) => argument.getValue()));
  return [...new Set(ports)]
    .filter((port) => /^\d+(?:\/\w+)?$/.test(port))
    .map((port) => port.replace(/\/tcp$/i, ''));
}

export function argumentsOf(dockerfile: Dockerfile): BuildArgument[] {
  const found = new Map<string, BuildArgument>();
  for (const arg of dockerfile.getARGs()) {
    for (const property of arg.getProperties()) {
      const name = property.getName();
      const value = property.getValue();
      if (!found.has(name)) found.set(name, { name, defaultValue: value ?? undefined });
    }
  }
  return [...found.values()];
}

/** The folder in which the last stage works, where it is written as an absolute path without variables. */
export function workingDirectoryOf(dockerfile: Dockerfile): string | undefined {
  const folder = dockerfile
    .getInstructions()
    .filter((each) => each.getKeyword() === 'WORKDIR')
    .at(-1)
    ?.getArguments()[0]
    ?.getValue();
  return folder !== undefined && /^\/[^$\s]*$/.test(folder) ? folder : undefined;
}

/** The image that the last stage is made from. */
export function baseImageOf(dockerfile: Dockerfile): string | undefined {
  return dockerfile.getFROMs().at(-1)?.getImage() ?? undefined;
}
