import { basename } from '#system/path.ts';
import type { SymbolUse } from '#compose/model/symbols.ts';
import type { FeatureContext } from '../context.ts';
import type { Explanation } from './explanation.ts';
import { excerptOfEntry, excerptOfNode } from '../workspace/excerpt.ts';
import type { SourceFile } from '../workspace/files.ts';
import { namedThingAt } from '../workspace/named-at.ts';
import { namesOf } from '../workspace/names.ts';

/** What a reference or an alias stands for, as it is written where it is declared. A declaration itself has its documentation. */
export async function hoverOfThing(
  context: FeatureContext,
  file: SourceFile,
  offset: number,
): Promise<Explanation | undefined> {
  const thing = namedThingAt(file, offset);
  if (thing === undefined || thing.kind === 'variable') return undefined;
  if (thing.kind === 'anchor') {
    if (thing.use.node === undefined) return undefined;
    return { markdown: yaml(excerptOfNode(file.text, thing.use.node)), span: thing.span };
  }
  const declarations = await declarationsOf(context, file, thing.use);
  if (declarations.length === 0) return undefined;
  return { markdown: declarations.join('\n\n'), span: thing.span };
}

async function declarationsOf(context: FeatureContext, file: SourceFile, use: SymbolUse): Promise<string[]> {
  if (use.kind === 'profile') return [];
  const { projects, workspace } = context;
  const names = await namesOf(workspace, await projects.of(file.path));
  const places = names.placesOf(file, use).filter((place) => place.use.role === 'declaration');
  return places.flatMap(({ file: other, use: declared }) => {
    const { value, span, name } = declared;
    if (value === undefined) return [];
    const key = {
      kind: 'scalar',
      type: 'string',
      value: name,
      source: name,
      style: 'plain',
      origins: [],
    } as const;
    const text = yaml(excerptOfEntry(other.text, { key: { ...key, span }, value }));
    return places.length === 1 && other === file ? [text] : [`${basename(other.path)}\n\n${text}`];
  });
}

function yaml(text: string): string {
  return `\`\`\`yaml\n${text}\n\`\`\``;
}
