import * as vscode from 'vscode';
import {
  type LanguageClientOptions,
  LanguageClient,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { EngineFacts, type InitializationOptions, SetProjects } from '../../../server/src/protocol.ts';
import { composeLanguage } from '../ids.ts';
import { outputChannel } from '../shared/output.ts';
import { listenToChosenProjects } from './chosen-projects.ts';
import { listenToEngineFacts } from './engine-facts.ts';
import { listenToFetched } from './fetched-files.ts';

/** A server that crashes more often than this in three minutes is left alone; a command starts it again. */
const mostRestarts = 5;

/** Env files, also to a VS Code or beside an extension that has no language, or another one, for them: a compose file may name any text as one. */
const envFiles = [
  ...['dotenv', 'plaintext', 'properties', 'ini'].map((language) => ({ scheme: 'file', language })),
  { scheme: 'file', language: 'shellscript', pattern: '**/{.env,.env.*,*.env}' },
];

let client: LanguageClient | undefined;

/** Starts the language server and keeps it in step with the workspace's trust. Called once. */
export async function runLanguage(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    { dispose: () => void client?.dispose() },
    vscode.workspace.onDidGrantWorkspaceTrust(() => void restartLanguage(context)),
  );
  await startLanguage(context);
  // Not there before the first server has ended.
  await removeOldCodeCaches(context).catch(() => undefined);
}

/** Starts the language server, once. What keeps it from starting is in the output channel. */
async function startLanguage(context: vscode.ExtensionContext): Promise<void> {
  if (client !== undefined) return;
  client = createClient(context);
  const started = client;
  await started.start();
  listenToChosenProjects(context.workspaceState, (projects) => {
    if (started.isRunning()) void started.sendNotification(SetProjects, { projects });
  });
  listenToFetched((paths) => {
    const changes = paths.map((path) => ({ uri: vscode.Uri.file(path).toString(), type: 2 }));
    if (started.isRunning()) void started.sendNotification('workspace/didChangeWatchedFiles', { changes });
  });
  listenToEngineFacts((facts) => {
    if (started.isRunning()) void started.sendNotification(EngineFacts, facts);
  });
}

export async function restartLanguage(context: vscode.ExtensionContext): Promise<void> {
  const old = client;
  client = undefined;
  await old?.dispose();
  await startLanguage(context);
}

/** What V8 makes of the server's code, for each version of the extension. */
function codeCache({ extension, globalStorageUri }: vscode.ExtensionContext): vscode.Uri {
  const { version } = extension.packageJSON as { readonly version: string };
  return vscode.Uri.joinPath(globalStorageUri, 'code-cache', version);
}

/** Those of other versions are of no use any more. */
async function removeOldCodeCaches(context: vscode.ExtensionContext): Promise<void> {
  const own = codeCache(context);
  const folder = vscode.Uri.joinPath(own, '..');
  for (const [name] of await vscode.workspace.fs.readDirectory(folder)) {
    const other = vscode.Uri.joinPath(folder, name);
    if (other.path !== own.path) await vscode.workspace.fs.delete(other, { recursive: true });
  }
}

function createClient(context: vscode.ExtensionContext): LanguageClient {
  const module = context.asAbsolutePath('dist/server.mjs');
  const args = [`--code-cache=${codeCache(context).fsPath}`];
  const server: ServerOptions = {
    run: { module, args, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  const settings: InitializationOptions = {
    trusted: vscode.workspace.isTrusted,
    storage: vscode.Uri.joinPath(context.globalStorageUri, 'tags').fsPath,
  };
  const options: LanguageClientOptions = {
    documentSelector: [{ language: composeLanguage }, ...envFiles],
    outputChannel: outputChannel(context),
    initializationOptions: settings,
    connectionOptions: { maxRestartCount: mostRestarts },
    diagnosticCollectionName: 'compose',
    synchronize: { configurationSection: 'composure' },
  };
  return new LanguageClient('composure', 'Compose', server, options);
}
