import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const { forbidden } = require('../../.dependency-cruiser.cjs') as {
  forbidden: readonly { readonly name: string }[];
};

/** A file that breaks one rule each; `target.ts` of a folder is there to be imported. */
const breaches: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'no-cycle': [
    'compose/model/circle.ts',
    "import type { Back } from './back.ts'; export type Circle = Back;",
  ],
  'no-orphan': ['compose/model/alone.ts', 'export const alone = 1;'],
  resolvable: ['engine/api/lost.ts', "import './nowhere.ts';"],
  'compose-imports': ['compose/check/reaches.ts', "import '../../engine/api/target.ts';"],
  'disk-imports': ['disk/reaches.ts', "import '../engine/api/target.ts';"],
  'files-by-disk': ['engine/plan/opens.ts', "import 'node:fs/promises';"],
  'engine-imports': ['engine/api/reaches.ts', "import '../../server/src/target.ts';"],
  'cli-imports': ['cli/frame/reaches.ts', "import '../../client/src/target.ts';"],
  'server-imports': ['server/src/reaches.ts', "import '#engine/api/target.ts';"],
  'client-imports': ['client/src/logs/reaches.ts', "import '../../../server/src/target.ts';"],
  'client-terminal-imports': ['client/src/terminal/reaches.ts', "import '#cli/commands/target.ts';"],
  'client-of-webview': ['client/src/logs/page.ts', "import '../../webview/logs/target.ts';"],
  'webview-imports': ['client/webview/logs/reaches.ts', "import '../../src/target.ts';"],
  browser: ['client/src/web/opens.ts', "import '#engine/api/target.ts';"],
  pure: ['compose/values/reads.ts', "import 'node:fs';"],
  'vscode-in-client': [
    'engine/api/editor.ts',
    "import type * as vscode from 'vscode'; export type X = vscode.Uri;",
  ],
  'lsp-in-server': ['client/src/logs/lsp.ts', "import 'vscode-languageserver/node';"],
  'dockerode-in-api': [
    'client/src/logs/docker.ts',
    "import type Docker from 'dockerode'; export type X = Docker;",
  ],
  'development-only': ['server/src/fast.ts', "import 'fast-check';"],
  // Each room of a layer imports what comes after it.
  'compose-problem': ['compose/problem/up.ts', "import '../values/target.ts';"],
  'compose-values': ['compose/values/up.ts', "import '../syntax/target.ts';"],
  'compose-registry': ['compose/registry/up.ts', "import '../syntax/target.ts';"],
  'compose-syntax': ['compose/syntax/up.ts', "import '../template/target.ts';"],
  'compose-template': ['compose/template/up.ts', "import '../schema/target.ts';"],
  'compose-schema': ['compose/schema/up.ts', "import '../model/target.ts';"],
  'compose-model': ['compose/model/up.ts', "import '../load/target.ts';"],
  'compose-load': ['compose/load/up.ts', "import '../check/target.ts';"],
  'compose-check': ['compose/check/up.ts', "import '../convert/target.ts';"],
  'engine-api': ['engine/api/up.ts', "import '../connect/target.ts';"],
  'engine-connect': ['engine/connect/up.ts', "import '../project/target.ts';"],
  'engine-project': ['engine/project/up.ts', "import '../plan/target.ts';"],
  'engine-exec': ['engine/exec/up.ts', "import '../files/target.ts';"],
  'engine-failure': ['engine/failure/up.ts', "import '../operations/target.ts';"],
  'engine-agents': ['engine/agents/up.ts', "import '../operations/target.ts';"],
  'engine-debug': ['engine/debug/up.ts', "import '../operations/target.ts';"],
  'engine-logs': ['engine/logs/up.ts', "import '../observe/target.ts';"],
  'engine-files': ['engine/files/up.ts', "import '../operations/target.ts';"],
  'engine-observe': ['engine/observe/up.ts', "import '../plan/target.ts';"],
  'engine-plan': ['engine/plan/up.ts', "import '../execute/target.ts';"],
  'engine-execute': ['engine/execute/up.ts', "import '../operations/target.ts';"],
  'engine-operations': ['engine/operations/up.ts', "import '../watch/target.ts';"],
  'engine-image-build': ['engine/image-build/up.ts', "import '../operations/target.ts';"],
  'engine-watch': ['engine/watch/up.ts', "import '../swarm/target.ts';"],
  'engine-publish': ['engine/publish/up.ts', "import '../operations/target.ts';"],
  'engine-remote': ['engine/remote/up.ts', "import '../operations/target.ts';"],
  'engine-models': ['engine/models/up.ts', "import '../operations/target.ts';"],
  'engine-providers': ['engine/providers/up.ts', "import '../operations/target.ts';"],
  'engine-swarm': ['engine/swarm/up.ts', "import '../operations/target.ts';"],
  'engine-kubernetes': ['engine/kubernetes/up.ts', "import '../operations/target.ts';"],
  'cli-frame': ['cli/frame/up.ts', "import '../commands/target.ts';"],
  'cli-commands': ['cli/commands/up.ts', "import '../swarm/target.ts';"],
  'cli-check': ['cli/check/up.ts', "import '../commands/target.ts';"],
  'cli-check-alone': ['cli/commands/checks.ts', "import '../../server/src/check/target.ts';"],
  'cli-mcp': ['cli/mcp/up.ts', "import '../commands/target.ts';"],
  'cli-swarm': ['cli/swarm/up.ts', "import '../commands/target.ts';"],
};

/** `compose/convert` is the last room of its layer: nothing comes after it. */
const unbreakable = new Set(['compose-convert']);

describe('the walls', () => {
  let place: string;
  let violations: readonly {
    readonly from: string;
    readonly rule: { readonly name: string };
    readonly cycle?: readonly { readonly name: string }[];
  }[];

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'composure-walls-'));
    await symlink(join(root, 'node_modules'), join(place, 'node_modules'));
    for (const file of ['package.json', '.dependency-cruiser.cjs'])
      await cp(join(root, file), join(place, file));
    const files = new Map(Object.values(breaches));
    files.set(
      'compose/model/back.ts',
      "import type { Circle } from './circle.ts'; export type Back = Circle;",
    );
    for (const [owner, text] of Object.values(breaches))
      for (const [, folder = ''] of text.matchAll(/'([^']+)\/target\.ts'/g)) {
        const base = folder.startsWith('#') ? folder.slice(1) : join(dirname(owner), folder);
        files.set(join(base, 'target.ts'), 'export const target = 1;');
      }
    for (const [file, text] of files) {
      await mkdir(join(place, dirname(file)), { recursive: true });
      await writeFile(join(place, file), `${text}\n`);
    }
    const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const rooms = ['compose', 'disk', 'engine', 'cli', 'server', 'client'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...rooms],
      { cwd: place, maxBuffer: 1 << 26 },
    );
    ({ violations } = (JSON.parse(stdout) as { summary: { violations: typeof violations } }).summary);
  });

  afterAll(async () => rm(place, { recursive: true, force: true }));

  it('has a breach for every rule', () => {
    const names = forbidden.map(({ name }) => name).filter((name) => !unbreakable.has(name));
    expect(Object.keys(breaches).sort()).toEqual(names.sort());
  });

  it.each(Object.entries(breaches))('%s fails lint when broken', (rule, [file]) => {
    expect(
      violations
        .filter(({ from, cycle }) => from === file || cycle?.some(({ name }) => name === file))
        .map(({ rule: { name } }) => name),
    ).toContain(rule);
  });

  it('fails lint for an export that nothing imports', async () => {
    const unused = join(place, 'unused');
    await mkdir(join(unused, 'cli'), { recursive: true });
    await cp(join(root, 'knip.json'), join(unused, 'knip.json'));
    await writeFile(join(unused, 'package.json'), '{ "name": "unused", "type": "module" }');
    await writeFile(join(unused, 'cli/launch.ts'), "import { used } from './part.ts';\nused();\n");
    await writeFile(
      join(unused, 'cli/part.ts'),
      'export function used() {}\nexport function forgotten() {}\n',
    );
    const knip = join(root, 'node_modules/knip/bin/knip.js');
    const run = promisify(execFile)(process.execPath, [knip, '--no-config-hints'], { cwd: unused });
    const failure = await run.then(
      () => undefined,
      (error: { stdout: string }) => error.stdout,
    );
    expect(failure).toContain('forgotten');
    expect(failure).not.toContain('used  function');
  });
});
