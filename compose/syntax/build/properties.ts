import type { CST } from 'yaml';
import type { BuildContext, Properties } from './context.ts';
import { type Phrase, phrase } from '../../problem/phrase.ts';

export const NO_PROPERTIES: Properties = {
  tag: undefined,
  anchor: undefined,
  indicator: undefined,
  comma: undefined,
  newline: false,
  newlineAfterProperty: false,
  end: undefined,
};

type Indicator = 'map-value-ind' | 'seq-item-ind' | 'explicit-key-ind' | 'doc-start';

/** Where the tokens stand. */
export interface Place {
  readonly indicator: Indicator;
  readonly flow: boolean;
  /** The tokens start a line. */
  readonly atLineStart: boolean;
}

/** Reads the tokens before a value, and reports what does not belong there. */
export function readProperties(
  context: BuildContext,
  tokens: readonly CST.SourceToken[],
  place: Place,
): Properties {
  if (tokens.length === 0) return NO_PROPERTIES;
  let tag: CST.SourceToken | undefined;
  let anchor: CST.SourceToken | undefined;
  let indicator: CST.SourceToken | undefined;
  let comma: CST.SourceToken | undefined;
  let newline = false;
  let newlineAfterProperty = false;
  let end: number | undefined;
  let atLineStart = place.atLineStart;
  let tab: CST.SourceToken | undefined;
  for (const token of tokens) {
    const { type, source, offset } = token;
    if (tab !== undefined) {
      // After a value, a line of nothing but spaces and then a tab is let through.
      if (type !== 'newline' || tab.source.startsWith('\t')) reportTab(context, tab);
      tab = undefined;
    }
    if (type === 'space') {
      if (!place.flow && atLineStart && source.includes('\t')) tab = token;
      continue;
    }
    if (type === 'comment') {
      atLineStart = false;
      continue;
    }
    if (type === 'newline') {
      atLineStart = true;
      newline = true;
      if (tag !== undefined || anchor !== undefined) newlineAfterProperty = true;
      continue;
    }
    if (type === 'anchor') {
      if (anchor !== undefined) unexpected(context, token, phrase('yaml-unexpected.second-anchor'));
      anchor = token;
    } else if (type === 'tag') {
      if (tag !== undefined) unexpected(context, token, phrase('yaml-unexpected.second-tag'));
      tag = token;
    } else if (type === place.indicator) {
      if (anchor !== undefined || tag !== undefined) {
        unexpected(context, token, phrase('yaml-unexpected.early-property', { indicator: source }));
      } else if (indicator !== undefined) {
        unexpected(context, token, phrase('yaml-unexpected.repeated', { indicator: source }));
      }
      indicator = token;
      newline = false;
    } else if (type === 'comma' && place.flow) {
      if (comma !== undefined) unexpected(context, token, phrase('yaml-unexpected.second-comma'));
      comma = token;
    } else {
      unexpected(context, token, phrase('yaml-unexpected.indicator', { indicator: source }));
    }
    end = offset + source.length;
    atLineStart = type === 'seq-item-ind' || type === 'explicit-key-ind';
  }
  if (tab !== undefined) reportTab(context, tab);
  if (end === undefined && !newline) return NO_PROPERTIES;
  return { tag, anchor, indicator, comma, newline, newlineAfterProperty, end };
}

function reportTab(context: BuildContext, token: CST.SourceToken): void {
  context.problems.add('yaml-tab', token.offset, token.offset + token.source.length, phrase('yaml-tab'));
}

function unexpected(context: BuildContext, token: CST.SourceToken, message: Phrase): void {
  context.problems.add('yaml-unexpected', token.offset, token.offset + token.source.length, message);
}

/** Reports lines after a value that begin with a tab, even if they say nothing else. */
export function checkTabs(context: BuildContext, tokens: readonly CST.SourceToken[] | undefined): void {
  for (const token of tokens ?? []) {
    if (token.source.startsWith('\t') && context.text[token.offset - 1] === '\n') reportTab(context, token);
  }
}

/** Reports anything but spaces and comments after a value. */
export function checkEnd(
  context: BuildContext,
  tokens: readonly CST.Token[] | undefined,
  message = phrase('yaml-unexpected.after-value'),
): void {
  if (tokens === undefined) return;
  for (const token of tokens) {
    if (token.type === 'space' || token.type === 'comment' || token.type === 'newline') continue;
    const length = 'source' in token ? token.source.length : 1;
    context.problems.add('yaml-unexpected', token.offset, token.offset + Math.max(1, length), message);
    return;
  }
}
