import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { zipNames } from '../../scripts/lib/zip-names.mjs';

const root = join(import.meta.dirname, '../..');

/** What the package may have, and nothing else. */
const allowed =
  /^(?:\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(?:package(?:\.nls(?:\.fr)?)?\.json|(?:readme|changelog|security)\.md|LICENSE\.txt|dist\/(?:extension\.cjs|(?:main|language-client|server)\.mjs|(?:client|server)\/[\w./-]+\.mjs|webview\/\w+\.(?:js|css)|THIRD-PARTY-NOTICES\.txt)|docs\/diagnostics(?:\.fr)?\.md|l10n\/[\w.-]+\.json|media\/[\w./-]+|(?:snippets|syntaxes)\/[\w.-]+\.json|compose\/schema\/(?:NOTICE\.md|compose-spec\.LICENSE\.txt)))$/i;

test('the package has what it needs, the notices of what is bundled, and nothing that nobody named', async () => {
  const names = zipNames(await readFile(join(root, 'dist/composure.vsix')));
  expect(names.filter((name) => !allowed.test(name))).toEqual([]);
  for (const name of [
    'dist/extension.cjs',
    'dist/server.mjs',
    'dist/THIRD-PARTY-NOTICES.txt',
    'LICENSE.txt',
    'package.json',
  ])
    expect(names).toContain(`extension/${name}`);
  const notices = await readFile(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const name of [
    'dockerode',
    'vscode-languageclient',
    'vscode-languageserver',
    'yaml',
    'yaml-language-server',
  ])
    expect(notices).toMatch(
      new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT|^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'),
    );
});
