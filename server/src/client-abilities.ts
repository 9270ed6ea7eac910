import type { ClientCapabilities } from 'vscode-languageserver';

/** The part of the client's capabilities that changes what the server does. */
export interface ClientAbilities {
  readonly pullDiagnostics: boolean;
  readonly refreshDiagnostics: boolean;
  readonly refreshInlayHints: boolean;
  readonly configuration: boolean;
  readonly workspaceFolders: boolean;
  readonly watchFiles: boolean;
  readonly snippets: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly definitionLinks: boolean;
  readonly codeActionLiterals: boolean;
  /** Whether an action's edit may come when it is chosen. */
  readonly resolvesEdits: boolean;
  readonly createFiles: boolean;
  readonly insertReplace: boolean;
  readonly foldingLimit: number | undefined;
}

export function clientAbilities(capabilities: ClientCapabilities): ClientAbilities {
  const document = capabilities.textDocument;
  const workspace = capabilities.workspace;
  return {
    pullDiagnostics: document?.diagnostic !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshInlayHints: workspace?.inlayHint?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    snippets: document?.completion?.completionItem?.snippetSupport === true,
    hierarchicalSymbols: document?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    definitionLinks: document?.definition?.linkSupport === true,
    codeActionLiterals: document?.codeAction?.codeActionLiteralSupport !== undefined,
    resolvesEdits: document?.codeAction?.resolveSupport?.properties.includes('edit') === true,
    createFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    insertReplace: document?.completion?.completionItem?.insertReplaceSupport === true,
    foldingLimit: document?.foldingRange?.rangeLimit,
  };
}
