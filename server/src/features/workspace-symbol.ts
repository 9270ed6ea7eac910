import { type ServerCapabilities, SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import type { SymbolKind as NameKind } from '#compose/model/symbols.ts';
import type { FeatureContext } from '../context.ts';
import { toLocation } from '../to-lsp/ranges.ts';
import { runSafe } from '../run-safe.ts';
import type { SourceFile } from '../workspace/files.ts';
import { namesIn, namesOf } from '../workspace/names.ts';

const kinds: Readonly<Record<NameKind, SymbolKind>> = {
  service: SymbolKind.Class,
  network: SymbolKind.Interface,
  volume: SymbolKind.File,
  secret: SymbolKind.Key,
  config: SymbolKind.Constant,
  model: SymbolKind.Object,
  profile: SymbolKind.EnumMember,
};

/** Everything declared in the projects of the open documents and of the workspace's folders. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onWorkspaceSymbol((params, token) =>
    runSafe<WorkspaceSymbol[]>(context.log, token, [], 'Symbols', async () => {
      const wanted = params.query.toLowerCase();
      const symbols: WorkspaceSymbol[] = [];
      for (const file of await projectFiles(context)) {
        for (const use of namesIn(file)) {
          if (use.role !== 'declaration' || use.kind === 'profile') continue;
          if (!isSubsequence(wanted, use.name.toLowerCase())) continue;
          symbols.push({
            name: use.name,
            kind: kinds[use.kind],
            location: toLocation(file.document, use.span),
            containerName: use.kind,
          });
        }
      }
      return symbols;
    }),
  );
  return { workspaceSymbolProvider: true };
}

async function projectFiles(context: FeatureContext): Promise<Iterable<SourceFile>> {
  const { workspace, projects } = context;
  const starts = workspace.openComposeFiles.map(({ path }) => path);
  for (const folder of workspace.folders) {
    const base = await projects.baseIn(folder);
    if (base !== undefined) starts.push(base);
  }
  const files = new Map<string, SourceFile>();
  for (const path of starts) {
    const names = await namesOf(workspace, await projects.of(path));
    for (const file of names.files) files.set(file.path, file);
  }
  return files.values();
}

/** The protocol asks for leniency: the letters in their order are enough. */
function isSubsequence(part: string, whole: string): boolean {
  let found = 0;
  for (const letter of whole) if (letter === part[found]) found += 1;
  return found === part.length;
}
