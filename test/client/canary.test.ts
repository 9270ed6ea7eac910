import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as api from 'vscode';
import { describe, expect, it } from 'vitest';
import { convertToKubernetes } from '#compose/convert/kubernetes/convert.ts';
import { catalogueFor } from '#compose/problem/catalogues.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import { checkBeforeUpCommand } from '../../client/src/check-before-up/check-command.ts';
import { deployCommand } from '../../client/src/deploy/deploy-command.ts';
import { toolNames } from '../../client/src/ids.ts';
import { IncidentDiagnostics } from '../../client/src/incidents/incident-diagnostics.ts';
import { IncidentNotifications } from '../../client/src/incidents/incident-notifications.ts';
import { IncidentWatch } from '../../client/src/incidents/incident-watch.ts';
import { inspectCommand } from '../../client/src/inspect/inspect-command.ts';
import { reportText } from '../../client/src/kubernetes/report-text.ts';
import { explainFailureCommand } from '../../client/src/incidents/explain-command.ts';
import type { ToolName } from '../../client/src/lm/tool-words.ts';
import { invokeTool, prepareTool } from '../../client/src/lm/tools.ts';
import { MergedDocuments } from '../../client/src/merged/merged-documents.ts';
import { knownSecrets } from '../../client/src/shared/known-secrets.ts';
import { showFailure } from '../../client/src/stack/failure-message.ts';
import { previewUpCommand, upCommand } from '../../client/src/stack/up-commands.ts';
import { CommandPseudoterminal } from '../../client/src/terminal/command-terminal.ts';
import { tooltipOf } from '../../client/src/tree/tooltip.ts';
import { TestClient } from '../server/support/test-client.ts';
import { canaries, canaryFiles, foundIn, printed } from './canaries.ts';
import { MemoryEngine } from './support/memory-engine.ts';
import { person } from './support/person.ts';
import { happenings, state, TabInputText, Uri } from './support/vscode.ts';
import { openWorkbench, stackNamed } from './support/workbench.ts';
import { english } from './translate.ts';

const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => {} }) };

async function opened() {
  knownSecrets.forget();
  const engine = new MemoryEngine();
  engine.hasImage('busybox');
  const web = engine.has('canary', 'web', { state: 'running' });
  const env = canaryFiles['compose.yaml']?.match(/^ {6}[A-Z_]+: .*$/gm) ?? [];
  engine.details.set(web.id, {
    state: 'exited',
    health: 'unhealthy',
    healthOutput: printed,
    error: printed,
    env: env.map((line) => line.trim().replace(': ', '=')),
    config: { Env: env.map((line) => line.trim().replace(': ', '=')), Cmd: ['server', printed] },
  });
  engine.written.set(web.id, [printed]);
  const settings = { 'composure.host': 'unix:///nowhere/docker.sock', 'composure.notifications': 'all' };
  const workbench = await openWorkbench({ files: canaryFiles, engines: { '': engine }, settings });
  const stack = stackNamed(workbench, 'canary');
  expect(stack.declared?.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const rows = {
    project: { kind: 'project', id: 'p', stack: stack.key },
    service: { kind: 'service', id: 's', stack: stack.key, service: 'web' },
    container: { kind: 'container', id: 'c', stack: stack.key, service: 'web', container: web.id },
  } as const;
  const loaded = stack.declared?.loaded;
  if (loaded === undefined) throw new Error('not loaded');
  return { engine, web, workbench, rows, loaded, file: workbench.path('compose.yaml') };
}

type Opened = Awaited<ReturnType<typeof opened>>;

function contentOf(uri: Uri): Promise<string> | string {
  return state.providers.get(uri.scheme)?.provideTextDocumentContent(uri) ?? '';
}

function shown(): string {
  return JSON.stringify(
    person.shown.map(({ text, detail, choices, kind, options }) => [
      text,
      detail,
      choices,
      kind === 'pick' && options,
    ]),
  );
}

async function mergedText({ workbench, file }: Opened, secrets: boolean): Promise<string> {
  const documents = new MergedDocuments(workbench);
  documents.showSecrets(secrets);
  const text = await contentOf(documents.uriOf('canary', { main: file }) as unknown as Uri);
  documents.dispose();
  return text;
}

/** Every place where texts of others come out. What is new goes in here, with the files that make it in `madeBy`. */
const outlets: Readonly<Record<string, (opened: Opened) => Promise<string>>> = {
  'the merged view': (each) => mergedText(each, false),
  'a comparison of environments': async ({ workbench, file }) => {
    const documents = new MergedDocuments(workbench);
    const environment = { name: 'prod', files: [file, workbench.path('compose.prod.yaml')], envFiles: [] };
    const text = await contentOf(documents.uriOf('prod', { main: file, environment }) as unknown as Uri);
    documents.dispose();
    expect(text).toContain('MODE: prod');
    return text;
  },
  'hovers of the merged view': async ({ workbench, file }) => {
    const documents = new MergedDocuments(workbench);
    const uri = documents.uriOf('canary', { main: file }) as unknown as Uri;
    const text = await contentOf(uri);
    const hovers: string[] = [];
    for (const { index } of text.matchAll(/(?<=: |- )\S/g)) {
      const document = { uri, offsetAt: () => index };
      const hover = state.hovers.get(uri.scheme)?.provideHover(document, {}) as
        | { readonly contents: { readonly value: string } }
        | undefined;
      hovers.push(hover?.contents.value ?? '');
    }
    documents.dispose();
    expect(hovers.filter((each) => each.includes('Set in')).length).toBeGreaterThan(30);
    return hovers.join('\n');
  },
  'a plan': async ({ workbench, rows }) => {
    const done = previewUpCommand(workbench, [rows.project]);
    await expect.poll(() => person.saw('document')).toHaveLength(1);
    const uri = Uri.parse('composure-plan:///Up: canary');
    const text = await contentOf(uri);
    happenings.tabs.fire({ opened: [], closed: [{ input: new TabInputText(uri) }] });
    await done;
    expect(text).toContain('environment.DB_PASS');
    return text;
  },
  'a report of a deploy': async ({ workbench, rows }) => {
    person.answers('Run a Backup Command…', `exit 1 # ${printed.replaceAll('\n', ' ')}`);
    await deployCommand(workbench, [rows.project]);
    const text = await contentOf(Uri.parse('composure-report:///Deploy: canary'));
    expect(text).toContain('the backup failed (exit status 1): exit 1 # ');
    return text + shown();
  },
  Inspect: async ({ workbench, rows }) => {
    await inspectCommand(workbench, [rows.container]);
    const text = await contentOf(Uri.parse(person.saw('document')[0] ?? ''));
    expect(text).toContain('DB_PASS=***');
    return text;
  },
  'tools for language models': async ({ workbench }) => {
    const texts: string[] = [];
    const ask = async (name: ToolName, input: Readonly<Record<string, unknown>>) => {
      try {
        const { content } = await invokeTool(
          workbench,
          name,
          input,
          token as unknown as api.CancellationToken,
        );
        texts.push(...content.map((part) => (part as api.LanguageModelTextPart).value));
      } catch (error) {
        // What a tool refuses is told the model too.
        texts.push(String(error));
      }
    };
    const inputs: Readonly<Partial<Record<ToolName, readonly Readonly<Record<string, unknown>>[]>>> = {
      composure_explain: [{}, ...paths.map((path) => ({ path }))],
      composure_why: [{ service: 'web' }],
      composure_inspect: [{ service: 'web' }],
      composure_search_logs: [{ query: 'a' }],
      composure_exec: [{ service: 'web', command: ['echo', printed] }],
      composure_convert_docker_run: [{ command: `docker run -e PASSWORD=${canaries.PGPASS} nginx` }],
      composure_compare: [{ before: ['compose.yaml'], after: ['compose.yaml', 'compose.prod.yaml'] }],
    };
    for (const name of toolNames) for (const input of inputs[name] ?? [{}]) await ask(name, input);
    const plan = texts.join('\n').match(/ token ([\w-]+)\./)?.[1] ?? '';
    texts.push(JSON.stringify(prepareTool('composure_up', { token: plan })));
    await ask('composure_up', { token: plan });
    expect(texts.join('\n')).toContain('DB_PASS: ***');
    expect(texts.join('\n')).toContain('cause: ');
    return texts.join('\n') + workbench.written.join('\n');
  },
  'Explain This Failure': async ({ workbench, rows }) => {
    await explainFailureCommand(workbench, [rows.service]);
    const text = await contentOf(Uri.parse(person.saw('document')[0] ?? ''));
    expect(text).toContain('What was seen:');
    return text;
  },
  'output of tasks': async ({ workbench }) => {
    const terminal = new CommandPseudoterminal(
      { words: ['config'], cwd: workbench.folder },
      { stays: false },
    );
    let text = '';
    terminal.onDidWrite((portion) => {
      text += portion;
    });
    const ended = new Promise((resolve) => terminal.onDidClose(resolve));
    terminal.open(undefined);
    await ended;
    expect(text).toContain('MODE: production');
    return text;
  },
  'notifications and the output channel': async ({ workbench, engine, rows }) => {
    const operation = { title: 'Up: canary', project: 'canary', again: () => {} };
    await showFailure(workbench, operation, new EngineError('conflict', `no: ${printed}`));
    engine.failures.set('create', new EngineError('conflict', `Refused: ${printed}`));
    state.settings.set('composure.previewUp', 'never');
    await upCommand(workbench, [rows.project]);
    workbench.log.info(printed);
    workbench.log.warn(printed);
    workbench.log.error(printed);
    expect(person.saw('error').length).toBeGreaterThan(0);
    return shown() + workbench.written.join('\n');
  },
  'what is told of a crash, in a message and at its line': async ({ workbench, engine, web }) => {
    const watch = new IncidentWatch(workbench.stacks, workbench.engines);
    new IncidentNotifications(watch, workbench.stacks, workbench.operations);
    new IncidentDiagnostics(watch, workbench.stacks, workbench.operations);
    await workbench.files.refresh();
    engine.exitCode = 1;
    await engine.port.killContainer(web.id, {}, AbortSignal.timeout(5000));
    await expect.poll(() => person.saw('warning')).toHaveLength(1);
    await expect.poll(() => [...state.diagnostics.values()].flat()).toHaveLength(1);
    return shown() + JSON.stringify([...state.diagnostics.values()]);
  },
  'Check Before Up': async ({ workbench, rows }) => {
    await checkBeforeUpCommand(workbench, [rows.project]);
    return shown() + JSON.stringify([...state.diagnostics.values()]);
  },
  'tooltips of the tree': async ({ workbench, rows }) => {
    const texts: string[] = [];
    for (const row of [rows.project, rows.service, rows.container]) {
      const text = await tooltipOf(
        row,
        workbench.stacks,
        workbench.engines,
        token as unknown as api.CancellationToken,
      );
      texts.push(text?.value ?? '');
    }
    expect(texts[2]).toContain('Last log line');
    return texts.join('\n');
  },
  'the report of a conversion': async ({ loaded }) => {
    const { remarks } = convertToKubernetes(loaded.project, {
      files: new Map(),
      environment: loaded.environment,
    });
    const phrases = catalogueFor('en');
    const { text } = reportText('Report', remarks, [loaded], { t: english, phrases, nameOf: (uri) => uri });
    expect(text).toContain('logging');
    return text;
  },
  'hovers, hints and suggestions of the language server': async () => {
    const files = Object.fromEntries(
      Object.entries(canaryFiles).map(([path, text]) => [`/work/${path}`, text]),
    );
    const client = await TestClient.inProcess({ files });
    const uri = 'file:///work/compose.yaml';
    const text = files['/work/compose.yaml'] ?? '';
    const document = await client.open(uri, text);
    const answers: unknown[] = [];
    for (const { index } of text.matchAll(/(?<=\$\{)\w/g))
      for (const method of ['textDocument/hover', 'textDocument/completion'])
        answers.push(await client.at(method, uri, index));
    const range = { start: document.positionAt(0), end: document.positionAt(text.length) };
    answers.push(
      await client.connection.sendRequest('textDocument/inlayHint', { textDocument: { uri }, range }),
    );
    await client.close();
    expect(JSON.stringify(answers)).toContain('ROOT_PASSWORD');
    return JSON.stringify(answers);
  },
};

const paths = ['DB_PASS', 'TITLE', 'GREETING', 'DATABASE_URL'].map(
  (name) => `services.web.environment.${name}`,
);

describe('forty secrets of a project', () => {
  it('are forty and more, and all of them in the project', async () => {
    expect(Object.keys(canaries).length).toBeGreaterThanOrEqual(40);
    const each = await opened();
    const everything = (await mergedText(each, true)) + Object.values(canaryFiles).join('\n');
    expect(new Set(foundIn(everything.replaceAll('$$', '$')))).toEqual(new Set(Object.keys(canaries)));
  });

  it.each(Object.keys(outlets))('are not in %s', async (name) => {
    const text = (await outlets[name]?.(await opened())) ?? '';
    expect(text).not.toBe('');
    expect(foundIn(text)).toEqual([]);
  });

  it('are in the merged view when a person wants to see them, and only there', async () => {
    const each = await opened();
    expect(foundIn(await mergedText(each, true)).length).toBeGreaterThan(25);
    expect(foundIn(await mergedText(each, false))).toEqual([]);
  });
});

/** The files that hand a text to VS Code which may be of others, each with what keeps it clean. One that is new fails here until it is looked at. */
const madeBy: Readonly<Record<string, 'masked' | 'names and numbers only' | 'what a person asked to see'>> = {
  'check-before-up/check-dockerfile-command.ts': 'masked',
  'environments/status-bar.ts': 'names and numbers only',
  'graph/graph-panel.ts': 'names and numbers only',
  'incidents/explain-command.ts': 'masked',
  'incidents/incident-diagnostics.ts': 'masked',
  'inspect/inspect-command.ts': 'masked',
  'kubernetes/conversion-documents.ts': 'what a person asked to see',
  'lens/stats-hover.ts': 'names and numbers only',
  'lm/tools.ts': 'masked',
  'logs/log-view.ts': 'what a person asked to see',
  'merged/merged-documents.ts': 'masked',
  'plan/plan-editor.ts': 'masked',
  'shared/output.ts': 'masked',
  'shared/report-editor.ts': 'masked',
  'stats/stats-panel.ts': 'names and numbers only',
  'terminal/command-terminal.ts': 'masked',
  'terminal/log-terminals.ts': 'what a person asked to see',
  'terminal/shell-terminal.ts': 'what a person asked to see',
  'testing/run-test.ts': 'masked',
  'testing/test-explorer.ts': 'masked',
  'tree/tooltip.ts': 'masked',
  'web/extension.ts': 'names and numbers only',
  'workspace/problem-reports.ts': 'masked',
};

const sink =
  /VirtualDocuments\(|extends VirtualDocuments|new vscode\.MarkdownString|LanguageModelTextPart|appendOutput|implements vscode\.Pseudoterminal|createOutputChannel|new vscode\.Diagnostic\(|postMessage\(/;

it('every file that hands over a text of others is looked at', async () => {
  const root = join(import.meta.dirname, '../../client/src');
  const found: string[] = [];
  for (const name of await readdir(root, { recursive: true })) {
    const path = name.replaceAll('\\', '/');
    if (path.endsWith('.ts') && sink.test(await readFile(join(root, path), 'utf8'))) found.push(path);
  }
  expect(found.sort()).toEqual(Object.keys(madeBy).sort());
});
