import type * as vscode from 'vscode';
import type { Once } from '../shared/once.ts';
import type { Log } from '../shared/output.ts';
import type { EngineSession } from './engine-session.ts';
import type { Engines } from './engines.ts';
import type { ProblemReports } from './problem-reports.ts';
import type { ProjectFiles } from './project-files.ts';
import type { StackModel } from './stack-model.ts';

// What commands and panels ask for, each no more than it works with. The workbench gives all of it; a test gives what it tests with.

export interface LogContext {
  readonly log: Log;
}

export interface ProjectFilesContext {
  readonly files: ProjectFiles;
}

export interface EnginesContext {
  readonly engines: Engines;
  /** The engine that is chosen for the workspace. */
  readonly engine: EngineSession;
}

export interface StacksContext {
  readonly stacks: StackModel;
  /** Resolves when the workspace's files have been looked at for the first time. */
  ready(): Promise<void>;
}

export interface ProblemsContext {
  readonly problems: ProblemReports;
}

/** What is kept with the workspace, and what ends with the extension. */
export interface ExtensionScope {
  readonly context: vscode.ExtensionContext;
  /** What is made when it is first needed, and kept. */
  readonly once: Once;
}
