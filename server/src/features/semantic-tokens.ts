import {
  SemanticTokenModifiers,
  type SemanticTokens,
  SemanticTokensBuilder,
  SemanticTokenTypes,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { SymbolKind } from '#compose/model/symbols.ts';
import { type FeatureContext, onDocument } from '../context.ts';
import { fromRange } from '../to-lsp/ranges.ts';
import type { SourceFile } from '../workspace/files.ts';
import { anchorUses } from '../workspace/named-at.ts';
import { namesIn } from '../workspace/names.ts';
import { variableUses } from '../workspace/variables.ts';

const types = [
  SemanticTokenTypes.class,
  SemanticTokenTypes.interface,
  SemanticTokenTypes.struct,
  SemanticTokenTypes.property,
  SemanticTokenTypes.enumMember,
  SemanticTokenTypes.variable,
  SemanticTokenTypes.macro,
  SemanticTokenTypes.operator,
] as const;
type TokenType = (typeof types)[number];

const modifiers = [SemanticTokenModifiers.declaration] as const;

/** What the YAML grammar cannot know: names and references, variables, anchors and aliases. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  const { semanticTokens } = context.connection.languages;
  const nothing: SemanticTokens = { data: [] };
  semanticTokens.on((params, token) =>
    onDocument<SemanticTokens>(context, 'Tokens', params.textDocument.uri, token, nothing, (file) =>
      encode(file, file.derive(tokensOf)),
    ),
  );
  semanticTokens.onRange((params, token) =>
    onDocument<SemanticTokens>(context, 'Tokens', params.textDocument.uri, token, nothing, (file) => {
      const { start, end } = fromRange(file.document, params.range);
      return encode(
        file,
        file.derive(tokensOf).filter((each) => each.start < end && each.end > start),
      );
    }),
  );
  return {
    semanticTokensProvider: {
      legend: { tokenTypes: [...types], tokenModifiers: [...modifiers] },
      full: true,
      range: true,
    },
  };
}

interface Token {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly declaration: boolean;
}

const typeOfKind: Readonly<Record<SymbolKind, TokenType>> = {
  service: SemanticTokenTypes.class,
  network: SemanticTokenTypes.interface,
  volume: SemanticTokenTypes.struct,
  secret: SemanticTokenTypes.property,
  config: SemanticTokenTypes.property,
  model: SemanticTokenTypes.struct,
  profile: SemanticTokenTypes.enumMember,
};

/** In the order of the text, without overlaps. */
function tokensOf(file: SourceFile): readonly Token[] {
  const tokens: Token[] = [];
  for (const { span, kind, role } of namesIn(file)) {
    tokens.push({
      start: span.start,
      end: span.end,
      type: typeOfKind[kind],
      declaration: role === 'declaration',
    });
  }
  for (const { span, part } of file.derive(variableUses)) {
    tokens.push({ start: span.start, end: span.end, type: SemanticTokenTypes.variable, declaration: false });
    if (part.argument === undefined) continue;
    const { operator } = part.argument;
    tokens.push({
      start: span.end,
      end: span.end + operator.length,
      type: SemanticTokenTypes.operator,
      declaration: false,
    });
  }
  for (const { span, role } of file.derive(anchorUses)) {
    tokens.push({
      start: span.start - 1,
      end: span.end,
      type: SemanticTokenTypes.macro,
      declaration: role === 'declaration',
    });
  }
  tokens.sort((a, b) => a.start - b.start);
  let end = -1;
  return tokens.filter((token) => {
    const free = token.start >= end && token.end > token.start;
    if (free) end = token.end;
    return free;
  });
}

function encode(file: SourceFile, tokens: readonly Token[]): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const token of tokens) {
    const start = file.document.positionAt(token.start);
    const end = file.document.positionAt(token.end);
    // A token ends on its line.
    if (start.line !== end.line) continue;
    const length = end.character - start.character;
    builder.push(start.line, start.character, length, types.indexOf(token.type), token.declaration ? 1 : 0);
  }
  return builder.build();
}
