import { type CST, Lexer, Parser } from 'yaml';
import { LEXEMES_PER_NODE, type ParseLimits } from './nesting-limits.ts';

/** A text in tokens. */
export interface TokenTree {
  /** Its documents, and where the reader gave up. */
  readonly tokens: readonly CST.Token[];
  /** Why the text was not read to its end, and where reading stopped: then there are no tokens. */
  readonly stopped: { readonly code: LimitCode; readonly offset: number } | undefined;
}

export type LimitCode = 'yaml-too-large' | 'yaml-too-deep' | 'yaml-too-many-nodes';

/**
 * `indented`: lines within brackets or quotes must be indented like any value, as YAML says. What is not closed then ends where the indentation
 * does. `anywhere`: they may stand anywhere, as Docker Compose's reader has it.
 */
export type FlowLayout = 'indented' | 'anywhere';

/** Tags, anchors and indicators in a row: the lexer recurses on them. */
const MAX_PROPERTIES = 100;

/** Reads the text into tokens. Never throws; time and memory grow with the text up to the limits, whatever it nests. */
export function readTokens(text: string, limits: ParseLimits, layout: FlowLayout = 'indented'): TokenTree {
  if (text.length > limits.maxLength) {
    return { tokens: [], stopped: { code: 'yaml-too-large', offset: 0 } };
  }
  // A carriage return alone ends a line too (YAML 1.2.2, section 5.4); the lexer knows it before a line feed only.
  const source = text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
  const lexer = new Lexer();
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const maxLexemes = limits.maxNodes * LEXEMES_PER_NODE;
  const guide = layout === 'anywhere' ? flowAnywhere(lexer, source) : flowIndented(lexer, source);
  let lexemes = 0;
  let values = 0;
  let properties = 0;
  const stop = (code: LimitCode): TokenTree => {
    const offset = parser.offset;
    return { tokens: [], stopped: { code, offset } };
  };
  for (const lexeme of lexer.lex(source)) {
    guide(lexeme, parser.offset);
    lexemes += 1;
    if (announcesValue(lexeme)) values += 1;
    if (lexemes > maxLexemes || values > limits.maxNodes) return stop('yaml-too-many-nodes');
    if (isProperty(lexeme)) {
      properties += 1;
      if (properties > MAX_PROPERTIES) return stop('yaml-too-deep');
    } else if (lexeme !== ' ') properties = 0;
    for (const token of parser.next(lexeme)) keep(token, tokens);
    if (parser.stack.length > limits.maxDepth) return stop('yaml-too-deep');
  }
  for (const token of parser.end()) keep(token, tokens);
  return { tokens, stopped: undefined };
}

/** Blank lines and comments between documents are of no use. */
function keep(token: CST.Token, tokens: CST.Token[]): void {
  if (token.type === 'document' || token.type === 'error') tokens.push(token);
}

/** A colon or a dash. */
function announcesValue(lexeme: string): boolean {
  return lexeme.length === 1 && (lexeme === ':' || lexeme === '-');
}

function isProperty(lexeme: string): boolean {
  switch (lexeme.charCodeAt(0)) {
    case 0x21: // !
    case 0x26: // &
      return true;
    case 0x3a: // :
    case 0x3f: // ?
      return lexeme.length === 1;
    default:
      return false;
  }
}

/** Fields of the lexer that it has no option for. Its version is pinned, and tests fail if they ever go. */
interface LexerState {
  flowLevel: number;
  indentNext: number;
  indentValue: number;
}

function stateOf(lexer: Lexer): LexerState {
  return lexer as unknown as LexerState;
}

/** To be called at each lexeme, with the offset at which it starts. */
type Guide = (lexeme: string, offset: number) => void;

/** Lifts the lexer's demand for indentation within brackets and quotes. */
function flowAnywhere(lexer: Lexer, text: string): Guide {
  const state = stateOf(lexer);
  let demanded: number | undefined;
  return (lexeme, offset) => {
    const next = text[offset + (isMarker(lexeme) ? 0 : lexeme.length)];
    if (state.flowLevel > 0 || next === '"' || next === "'") {
      demanded ??= state.indentNext;
      state.indentNext = 0;
    } else if (demanded !== undefined) {
      state.indentNext = demanded;
      demanded = undefined;
    }
  };
}

/** Lexemes that stand for no text. */
function isMarker(lexeme: string): boolean {
  return lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001f';
}

const FLOW_ERROR_END = '\u0018';

/** Where an unclosed bracket ends with the indentation, tells the lexer how far the line is indented: it has forgotten. */
function flowIndented(lexer: Lexer, text: string): Guide {
  const state = stateOf(lexer);
  let ended = false;
  return (lexeme, offset) => {
    if (ended) {
      const indent = offset - (text.lastIndexOf('\n', offset - 1) + 1);
      state.indentValue = indent;
      state.indentNext = Math.max(state.indentNext, indent);
    }
    ended = lexeme === FLOW_ERROR_END;
  };
}
