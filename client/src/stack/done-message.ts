import * as vscode from 'vscode';
import { keyOf, type ProjectPlace } from '#engine/observe/operations-under-way.ts';

const shown = new Map<string, vscode.Disposable>();

/** Says in the status bar, for some seconds, what an operation has come to: `shop is up`. */
export function sayDone(place: ProjectPlace, text: string): void {
  takeBackDone(place);
  shown.set(keyOf(place), vscode.window.setStatusBarMessage(text, 5000));
}

/** What was said of a project is no longer so: something else was asked for, or something went wrong. */
export function takeBackDone(place: ProjectPlace): void {
  shown.get(keyOf(place))?.dispose();
  shown.delete(keyOf(place));
}
