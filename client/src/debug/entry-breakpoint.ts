import * as vscode from 'vscode';

/**
 * A breakpoint at the first line of the program, until it is taken away. js-debug by itself goes past the first line of a file in which there are others:
 * V8 then gives more than one reason for the stop. One that is there already is left alone.
 */
export function breakAtFirstLine(file: string): vscode.Disposable {
  const uri = vscode.Uri.file(file);
  const isThere = vscode.debug.breakpoints.some(
    (each) =>
      each instanceof vscode.SourceBreakpoint &&
      each.location.uri.fsPath === uri.fsPath &&
      each.location.range.start.line === 0,
  );
  if (isThere) return new vscode.Disposable(() => {});
  const first = new vscode.SourceBreakpoint(new vscode.Location(uri, new vscode.Position(0, 0)));
  vscode.debug.addBreakpoints([first]);
  return new vscode.Disposable(() => vscode.debug.removeBreakpoints([first]));
}
