import { expect, test } from 'vitest';
import { symbolsOf } from '#compose/model/symbols.ts';
import { parse } from '#compose/syntax/parse.ts';

/** Names as `kind name role`, with the text that their span covers when it differs. */
function names(text: string): string[] {
  return parse('memory:', text).documents.flatMap(({ root }) =>
    root === undefined
      ? []
      : symbolsOf(root).map(({ kind, name, role, span, file }) => {
          const covered = text.slice(span.start, span.end);
          const note = covered === name ? '' : ` at ${covered}`;
          return `${role === 'declaration' ? '+' : ' '}${kind} ${name}${note}${file === undefined ? '' : ` in ${file}`}`;
        }),
  );
}

test('sections declare, services refer', () => {
  expect(
    names(`
services:
  web:
    depends_on: [db]
    networks:
      front: {aliases: [www]}
    volumes:
      - data:/data
      - ./src:/src
      - /anonymous
      - C:\\x:/x
      - type: volume
        source: "logs"
      - {type: bind, source: ./b}
    secrets: [s1, {source: s2}]
    configs: ['c1']
    profiles: [dev]
    network_mode: service:db
    volumes_from: [db:ro, container:other]
    links: [db:database]
    extends: {service: base, file: base.yml}
    build:
      additional_contexts: {x: service:db}
      secrets: [s3]
  db:
    depends_on:
      cache: {condition: service_healthy}
    extends: web
    models: [llm]
networks: {front: }
volumes:
  data:
`),
  ).toMatchInlineSnapshot(`
    [
      "+service web",
      " service db",
      " network front",
      " volume data",
      " volume logs",
      " secret s1",
      " secret s2",
      " config c1",
      "+profile dev",
      " service db",
      " service db",
      " service db",
      " service base in base.yml",
      " service db",
      " secret s3",
      "+service db",
      " service cache",
      " service web",
      " model llm",
      "+network front",
      "+volume data",
    ]
  `);
});

test('what a merge or an alias brings in is found where it is written, once', () => {
  expect(
    names(`
x-common: &common
  networks: [back]
x-volumes: &volumes
  - data:/data
services:
  a:
    <<: *common
    volumes: *volumes
  b:
    <<: [*common]
    volumes: *volumes
`),
  ).toEqual([' network back', ' volume data', '+service a', '+service b']);
});

test('names with variables, broken sections and empty values say nothing', () => {
  expect(names('services:\n  - a\n')).toEqual([]);
  expect(
    names('services:\n  a:\n    depends_on:\n    networks:\n      - ${NET}\n    volumes:\n      -\n'),
  ).toEqual(['+service a']);
  expect(names('')).toEqual([]);
});

test('names in every scalar style', () => {
  expect(names('services:\n  "données":\n    depends_on: ["été", \'x\', >-\n      y\n      ]\n')).toContain(
    ' service été',
  );
});
