import type { ServerCapabilities } from 'vscode-languageserver';
import type { FeatureContext } from '../context.ts';
import * as codeAction from './code-action.ts';
import * as completion from './completion.ts';
import * as definition from './definition.ts';
import * as diagnostics from './diagnostics.ts';
import * as documentHighlight from './document-highlight.ts';
import * as documentLink from './document-link.ts';
import * as documentSymbol from './document-symbol.ts';
import * as folding from './folding.ts';
import * as formatting from './formatting.ts';
import * as hover from './hover.ts';
import * as inlayHint from './inlay-hint.ts';
import * as kubernetes from './kubernetes.ts';
import * as references from './references.ts';
import * as rename from './rename.ts';
import * as selectionRange from './selection-range.ts';
import * as semanticTokens from './semantic-tokens.ts';
import * as workspaceSymbol from './workspace-symbol.ts';

/** Adds a feature's handlers to the connection and returns what it adds to the server's capabilities. */
export type Register = (context: FeatureContext) => Partial<ServerCapabilities>;

export const features: readonly Register[] = [
  codeAction.register,
  completion.register,
  definition.register,
  diagnostics.register,
  documentHighlight.register,
  documentLink.register,
  documentSymbol.register,
  folding.register,
  formatting.register,
  hover.register,
  inlayHint.register,
  kubernetes.register,
  references.register,
  rename.register,
  selectionRange.register,
  semanticTokens.register,
  workspaceSymbol.register,
];
