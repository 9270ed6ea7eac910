import * as vscode from 'vscode';
import { convertedFile } from '#compose/convert/docker-run/converted-text.ts';
import { convertDockerRun, hasDockerRun } from '#compose/convert/docker-run/docker-run.ts';
import { catalogueFor } from '#compose/problem/catalogues.ts';
import { composeLanguage } from '../ids.ts';
import { insertConverted } from './insert-converted.ts';

const { l10n } = vscode;

/**
 * Converts the `docker run` lines that are selected, else those of the file that is open (a README, a script), else those of the clipboard. In a compose file
 * they become services of it; elsewhere, a new one.
 */
export async function convertDockerRunCommand(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const source = await findSource(editor);
  if (source === undefined) return;
  const converted = convertDockerRun(source.text);
  const phrases = catalogueFor(vscode.env.language);
  if (editor?.document.languageId === composeLanguage) {
    const remaining = source.range === undefined ? undefined : editor.document.getText(source.range);
    const whole = editor.document.getText();
    // What is replaced is no part of the file that takes up the services.
    const text = remaining === undefined ? whole : whole.replace(remaining, '');
    const insertions = insertConverted(text, converted, phrases);
    if (insertions !== undefined) {
      await editor.edit((edit) => {
        edit.replace(
          new vscode.Range(editor.document.positionAt(0), editor.document.positionAt(whole.length)),
          insertions.reduceRight(
            (result, { offset, text: put }) => result.slice(0, offset) + put + result.slice(offset),
            text,
          ),
        );
      });
      return;
    }
  }
  const document = await vscode.workspace.openTextDocument({
    language: composeLanguage,
    content: convertedFile(converted, phrases),
  });
  await vscode.window.showTextDocument(document);
}

interface Source {
  readonly text: string;
  /** Where it stands, if that is to be replaced. */
  readonly range?: vscode.Range;
}

async function findSource(editor: vscode.TextEditor | undefined): Promise<Source | undefined> {
  if (editor !== undefined) {
    const { document, selection } = editor;
    const selected = document.getText(selection);
    if (hasDockerRun(selected)) return { text: selected, range: selection };
    const whole = document.getText();
    if (document.languageId !== composeLanguage && hasDockerRun(whole)) return { text: dockerLines(whole) };
  }
  const copied = await vscode.env.clipboard.readText();
  if (hasDockerRun(copied)) return { text: dockerLines(copied) };
  const typed = await vscode.window.showInputBox({
    title: l10n.t('Convert docker run to Services'),
    prompt: l10n.t(
      'Enter a docker run command. For several lines, select them in a file or copy them first.',
    ),
    placeHolder: 'docker run -d --name web -p 8080:80 nginx',
    validateInput: (value) =>
      value === '' || hasDockerRun(value) ? undefined : l10n.t('The text contains no docker run command.'),
  });
  return typed === undefined || !hasDockerRun(typed) ? undefined : { text: typed };
}

/** Of a text with prose, the lines that are commands, with those that go on. */
function dockerLines(text: string): string {
  const lines = text.split(/\r?\n/);
  const isBegin = (line: string) =>
    /^\s*(?:(?:[$>%#]|PS [^>]*>|[A-Za-z]:\\[^>]*>|[^\s@]+@[^$#%]*[$#%])\s*)?(?:sudo\s+(?:\S+\s+){0,3}?)?(?:docker|podman|nerdctl)\s/.test(
      line,
    );
  // A comment among lines that go on is one of them.
  const goesOn = (line: string | undefined) => /[\\^`]\s*$|^\s*#/.test(line ?? '');
  const kept: string[] = [];
  lines.forEach((line, index) => {
    const isContinued = goesOn(lines[index - 1]) && kept.at(-1) === lines[index - 1];
    if (isBegin(line) || isContinued) kept.push(line);
  });
  return kept.join('\n');
}
