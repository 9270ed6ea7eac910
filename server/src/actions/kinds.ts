import { CodeActionKind } from 'vscode-languageserver';

/** Kinds of actions that are this server's own. */
export const fixAll = `${CodeActionKind.SourceFixAll}.compose`;
export const sort = `${CodeActionKind.Source}.sort.compose`;
