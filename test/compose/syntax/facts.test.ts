import { expect, test } from 'vitest';
import { lint, lintPractice } from '#compose/check/lint/lint.ts';
import { extendedFilesOf, resourcesOf, symbolsOf } from '#compose/model/symbols.ts';
import { validateSchema } from '#compose/schema/validate.ts';
import { anchorsOf } from '#compose/syntax/anchors.ts';
import { parse } from '#compose/syntax/parse.ts';
import type { ParsedFile } from '../../../compose/syntax/parsed-file.ts';
import { reparse } from '#compose/syntax/reparse.ts';
import { resolveDocument } from '#compose/syntax/resolve.ts';
import { variablesIn } from '#compose/template/uses.ts';
import { fc } from '../../property.ts';
import { plain } from './plain.ts';

/** Everything that is kept while a service is only moved. */
function everything(file: ParsedFile) {
  return file.documents.map((document) => {
    const { root } = document;
    if (root === undefined) return undefined;
    const resolved = resolveDocument(document);
    return {
      symbols: symbolsOf(root),
      resources: resourcesOf(root),
      extended: extendedFilesOf(root),
      lint: lint(root),
      practice: lintPractice(root),
      schema: validateSchema(resolved.root ?? root, { interpolated: true, syntax: file.problems }),
      variables: variablesIn(root, file.text),
      anchors: anchorsOf(document),
      resolved,
    };
  });
}

const text = `x-common: &common
  restart: sometimes
services:
  web:
    image: nginx
    ports: [80:80, "81:\${PORT:-81}"]
    depends_on: [db, cache]
    environment: {A_PASSWORD: x, B: yes}
  db:
    <<: *common
    imag: postgres
    volumes: [data:/var/lib, "other:/x"]
    cap_add: [NOTHING]
  cache:
    image: redis:\${TAG:-1}
    networks: {front: , back: {ipv4_address: 1.2.3}}
    links: [db]
    links: [web]
    extends: {file: other.yaml, service: web}
volumes:
  data: {driver: 3}
  other:
networks:
  front:
  back: {ipam: {config: [{subnet: nowhere}]}}
`;

const insertions = [
  'x',
  ' ',
  '\n',
  '#',
  ':',
  '"',
  'é',
  '\n  new:\n    image: a',
  '${V}',
  '&a ',
  '*common',
  '- ',
];

test('what is kept from before an edit is what would be found anew', () => {
  const edit = fc.record({
    at: fc.nat(text.length),
    remove: fc.nat(3),
    insert: fc.constantFrom('', ...insertions),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      let file = parse('file:///a', text);
      everything(file);
      for (const { at, remove, insert } of edits) {
        const start = Math.min(at, file.text.length);
        file = reparse(file, file.text.slice(0, start) + insert + file.text.slice(start + remove));
        expect(plain(everything(file))).toEqual(plain(everything(parse('file:///a', file.text))));
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('an entry that only moved is not looked at again', () => {
  const file = parse('file:///a', text);
  const dataOf = ({ documents }: ParsedFile) =>
    validateSchema(documents[0]?.root ?? never(), { interpolated: true }).find(
      ({ path }) => path === 'volumes.data.driver',
    )?.data;
  expect(dataOf(file)).toBeDefined();
  const next = reparse(file, text.replace('nginx', 'nginx:1'));
  expect(dataOf(next)).toBe(dataOf(file));
});

function never(): never {
  throw new Error('the text has a root');
}
