import type { FormattingOptions, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { formats, loadYaml } from '#system/yaml-library.ts';
import type { SourceFile } from '../workspace/files.ts';

/**
 * yaml-language-server, for what it does well and what is not on the way of a keystroke: formatting.
 * Loaded when first used. It never sees a schema, the network or the disk.
 */
export interface YamlService {
  /** False: there is nothing that formats, and the methods reject. */
  readonly formats: boolean;
  /** The formatted text; the text itself when it cannot be formatted. */
  format(text: string, options: FormattingOptions, quotes: 'single' | 'double'): Promise<string>;
  onType(file: SourceFile, line: number, character: number, options: FormattingOptions): Promise<TextEdit[]>;
}

/** Its cache of parsed documents is never emptied, so every text goes by the same name. */
const virtualUri = 'compose-yaml://document.yaml';

/** It would take minutes over more. */
const longestText = 1_000_000;

type LanguageService = Awaited<ReturnType<typeof loadYaml>>;

export function yamlService(): YamlService {
  let service: Promise<LanguageService> | undefined;
  let version = 0;
  const ready = () => {
    service ??= loadYaml();
    return service;
  };
  const virtual = (text: string) => {
    version += 1;
    return TextDocument.create(virtualUri, 'yaml', version, text);
  };
  return {
    formats,
    async format(text, options, quotes) {
      if (text.length > longestText) return text;
      // The tab size is read too, though the declared options do not have it.
      const custom = { ...formatterOptions, singleQuote: quotes === 'single', tabSize: options.tabSize };
      const edits = await (await ready()).doFormat(virtual(text), custom);
      return edits[0]?.newText ?? text;
    },
    async onType(file, line, character, options) {
      if (file.text.length > longestText) return [];
      const params = {
        textDocument: { uri: virtualUri },
        position: { line, character },
        ch: '\n',
        options,
      };
      return (await ready()).doDocumentOnTypeFormatting(virtual(file.text), params) ?? [];
    },
  };
}

/** Long values stay on their line: a line break inside a command or an environment value helps nobody. */
const formatterOptions = { printWidth: 1000, proseWrap: 'preserve', bracketSpacing: true };
