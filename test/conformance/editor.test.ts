import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { describe, expect, test } from 'vitest';
import { TestClient } from '../server/support/test-client.ts';
import { readGroup } from './corpus.ts';

interface Load {
  readonly id: string;
  readonly at: string;
  readonly workingDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly files: readonly { readonly name: string; readonly content?: string }[];
  readonly fs: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly error: string | null;
}

interface SpecificationExample {
  readonly id: string;
  readonly cwd: string;
  readonly files: Readonly<Record<string, string>>;
  readonly error?: string | null;
}

/**
 * What Docker Compose accepts has no errors in the editor. Recorded loads of one file with the usual options, and the examples of the specification.
 */
const group = readGroup<Load>('loader/rec_load');
const examples = readGroup<SpecificationExample>('loader/gen_spec_docs');

/** Cases in which the editor is stricter on purpose, with the reason. */
const stricter: Readonly<Record<string, string>> = {
  'spec/05-services.md#85':
    'A service behind a profile depends on one that does not exist: it could never be started.',
};

if (!group.found) test.skip(group.reason, () => {});
else {
  describe('recorded loads', () => {
    const cases = group.cases.filter(
      ({ files, options, error, workingDir }) =>
        error === null &&
        (workingDir === '' || workingDir.startsWith('/')) &&
        files.length === 1 &&
        !Object.keys(options).some((option) => option.startsWith('skip')) &&
        !Object.keys(options).some((option) => /profiles|selected|discard/.test(option)),
    );
    for (const recorded of cases) {
      test(recorded.id, async () => {
        const directory =
          recorded.workingDir === ''
            ? recorded.at.slice(0, recorded.at.lastIndexOf('/'))
            : recorded.workingDir;
        const [file] = recorded.files;
        const path = file?.name?.startsWith('/') === true ? file.name : `${directory}/compose.yaml`;
        const texts: Record<string, string> = {};
        for (const [name, text] of Object.entries(recorded.fs))
          if (typeof text === 'string') texts[name] = text;
        const text = file?.content ?? texts[path];
        if (text === undefined) return;
        expect(await errors(path, text, texts, recorded.env), `${recorded.id}\n${text}`).toEqual([]);
      });
    }
  });
}

if (!examples.found) test.skip(examples.reason, () => {});
else {
  describe('examples of the specification', () => {
    for (const example of examples.cases) {
      if ((example.error ?? null) !== null || example.id in stricter) continue;
      test(example.id, async () => {
        const [[name, text] = ['compose.yaml', '']] = Object.entries(example.files);
        const texts = Object.fromEntries(
          Object.entries(example.files).map(([each, content]) => [`${example.cwd}/${each}`, content]),
        );
        expect(await errors(`${example.cwd}/${name}`, text, texts, {}), text).toEqual([]);
      });
    }
  });
}

async function errors(
  path: string,
  text: string,
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): Promise<string[]> {
  const client = await TestClient.inProcess({ files, environment });
  const uri = `file://${path}`;
  await client.open(uri, text);
  const found = await client.diagnostics(uri);
  expect(client.errors).toEqual([]);
  await client.close();
  return found
    .filter(isError)
    .map(({ code, message, range }) => `${range.start.line} ${String(code)} ${message}`);
}

function isError({ severity }: Diagnostic): boolean {
  return severity === DiagnosticSeverity.Error;
}

test('the list of stricter cases is of recorded ones', () => {
  if (!examples.found) return;
  const ids = new Set(examples.cases.map(({ id }) => id));
  expect(Object.keys(stricter).filter((id) => !ids.has(id))).toEqual([]);
});
