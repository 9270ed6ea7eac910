import { describe, expect, test } from 'vitest';
import { parse } from '#compose/syntax/parse.ts';
import { resolveDocument } from '#compose/syntax/resolve.ts';
import { readGroup } from './corpus.ts';

interface LoadCase {
  readonly id: string;
  readonly files: readonly { readonly name: string; readonly content?: string }[];
  readonly error: string | null;
}

interface DocsCase {
  readonly id: string;
  readonly files: Readonly<Record<string, string>>;
  readonly error: string | null;
}

/** Errors of Docker Compose that are about the YAML, not about what it says. */
const YAML_ERROR =
  /failed to parse .*: yaml: |^yaml: |non-string key |mapping key .* already defined|cycle detected: node at path/;

/** Every text read on its own: what Docker Compose can read must have no problem, what it cannot must have one. */
function check(texts: readonly string[], error: string | null): void {
  const codes = texts.flatMap((text) => {
    const { documents, problems } = parse('test:', text);
    const resolved = documents.flatMap((document) => resolveDocument(document).problems);
    return [...problems, ...resolved].map(({ code }) => code);
  });
  const refused = error !== null && YAML_ERROR.test(error);
  if (refused) expect(codes, error).not.toEqual([]);
  else expect(codes).toEqual([]);
}

describe('YAML is accepted and refused as by Docker Compose: recorded loads', () => {
  const group = readGroup<LoadCase>('loader/rec_load');
  if (!group.found) {
    test.skip(`rec_load: ${group.reason}`, () => {});
    return;
  }
  test.each(group.cases)('$id', ({ files, error }) => {
    check(
      files.flatMap(({ content }) => (content === undefined ? [] : [content])),
      error,
    );
  });
});

describe('YAML is accepted and refused as by Docker Compose: the specification', () => {
  const group = readGroup<DocsCase>('loader/gen_spec_docs');
  if (!group.found) {
    test.skip(`gen_spec_docs: ${group.reason}`, () => {});
    return;
  }
  test.each(group.cases)('$id', ({ files, error }) => {
    const yaml = Object.entries(files).filter(([name]) => /\.ya?ml$/.test(name));
    check(
      yaml.map(([, content]) => content),
      error,
    );
  });
});
