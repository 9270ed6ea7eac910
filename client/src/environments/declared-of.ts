import { select, type SelectContext } from '../stack/selection.ts';
import type { DeclaredProject } from '../workspace/declared.ts';
import type { OnEngine } from '../workspace/engines.ts';

/** The project of the workspace that a command was called for: of a file such as `compose.prod.yaml` its directory's. */
export async function declaredOf(
  workbench: SelectContext,
  args: readonly unknown[],
): Promise<DeclaredProject | undefined> {
  return (await declaredOnEngine(workbench, args))?.declared;
}

/** The same, and the engine it was chosen on. */
export async function declaredOnEngine(
  workbench: SelectContext,
  args: readonly unknown[],
): Promise<(OnEngine & { readonly declared: DeclaredProject }) | undefined> {
  const [selection] = await select(workbench, args, { declaredOnly: true });
  const declared = selection?.stack.declared;
  if (declared === undefined) return undefined;
  const { id, directory } = declared.reference;
  const known = workbench.files.declared;
  const latest = known.find(({ reference }) => reference.id === id || reference.id === directory) ?? declared;
  return { declared: latest, engine: selection?.stack.engine };
}
