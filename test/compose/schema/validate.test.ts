import { describe, expect, test } from 'vitest';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import type { Problem } from '#compose/problem/problem.ts';
import { validateSchema, type ValidateOptions } from '#compose/schema/validate.ts';
import { parse } from '#compose/syntax/parse.ts';
import { resolveDocument } from '#compose/syntax/resolve.ts';
import { readAnnotated, showProblems } from '../annotated.ts';

function validated(text: string, options: ValidateOptions = {}): readonly Problem[] {
  const file = parse('test:', text);
  return file.documents.flatMap((document) => {
    const { root } = resolveDocument(document);
    return root === undefined ? [] : validateSchema(root, { syntax: file.problems, ...options });
  });
}

function check(marked: string, options: ValidateOptions = {}): readonly Problem[] {
  const { text, expected } = readAnnotated(marked);
  const problems = validated(text, options);
  expect(showProblems(text, problems)).toEqual(expected);
  return problems;
}

function messages(text: string): readonly string[] {
  return validated(text).map((problem) => formatPhrase(problem.message));
}

describe('ranges', () => {
  test('an unknown key, at the key', () => {
    const [problem] = check(`
services:
  web:
    image: x
    enviroment: {A: b}
#   ^^^^^^^^^^ schema-unknown-property
`);
    expect(problem?.data).toEqual({ property: 'enviroment', suggestion: 'environment' });
    expect(problem?.path).toBe('services.web');
    expect(formatPhrase(problem?.message ?? '')).toBe(
      '"enviroment" is not a known key in the service "web". Did you mean "environment"?',
    );
  });

  test('a value of the wrong type, at the value', () => {
    check(`
services:
  web:
    image: [x]
#          ^^^ schema-type
    ports: "80:80"
#          ^^^^^^^ schema-type
    depends_on:
      db: started
#         ^^^^^^^ schema-type
`);
  });

  test('a key without its value, at the key', () => {
    const [problem] = check(`
services:
  web:
    image:
#   ^^^^^ schema-type
`);
    expect(formatPhrase(problem?.message ?? '')).toBe('"image" must be text, but has no value.');
  });

  test('what is missing, at the key of the mapping or at its first key', () => {
    const [first, second] = check(`
services:
  web:
    image: x
    depends_on:
      db: {restart: true}
#     ^^ schema-required
    develop:
      watch:
        - path: .
#         ^^^^ schema-required
`);
    expect(first?.data).toEqual({ missing: ['condition'] });
    expect(second?.path).toBe('services.web.develop.watch[0]');
  });

  test('values out of a list, a range, a pattern', () => {
    const problems = check(`
services:
  web:
    image: x
    oom_score_adj: 2000
#                  ^^^^ schema-range
    pull_policy: sometimes
#                ^^^^^^^^^ schema-pattern
    depends_on:
      db: {condition: service_healty}
#                     ^^^^^^^^^^^^^^ schema-enum
`);
    expect(problems.map((problem) => formatPhrase(problem.message))).toEqual([
      '"oom_score_adj" must be at most 1000, but is 2000.',
      '"sometimes" is not a valid value: "pull_policy" must be always, never, build, if_not_present, missing, refresh, daily, weekly, or every_([0-9]+[wdhms])+.',
      '"service_healty" is not a valid value of "condition". It must be service_started, service_healthy, or service_completed_successfully. Did you mean "service_healthy"?',
    ]);
  });

  test('an item listed twice, with the first', () => {
    const [problem] = check(`
services:
  web:
    image: x
    security_opt: [A, B, A]
#                        ^ schema-unique
    expose: [80, "80"]
    cap_add: [A, B, A]
`);
    expect(problem?.path).toBe('services.web.security_opt');
    expect(problem?.related).toHaveLength(1);
  });

  test('the form that fits the value says what is wrong in it', () => {
    check(`
services:
  web:
    build: {context: ., dockerfil: D}
#                       ^^^^^^^^^ schema-unknown-property
    ports:
      - {target: 80, foo: 1}
#                    ^^^ schema-unknown-property
    env_file:
      - path: [a]
#             ^^^ schema-type
`);
  });
});

describe('one problem for one cause', () => {
  test('what an anchor shares is checked once', () => {
    check(`
x-a: &a
  imag: x
# ^^^^ schema-unknown-property
services:
  a: *a
  b: *a
  c: *a
`);
  });

  test('so is a value that is merged into many', () => {
    check(`
x-a: &a
  restart: 1
#          ^ schema-type
  logging: {foo: 1}
#           ^^^ schema-unknown-property
services:
  a: {<<: *a}
  b: {<<: *a}
  c: {<<: *a, restart: always}
`);
  });

  test('the value of an unknown key is left alone', () => {
    check(`
services:
  web:
    image: x
    port: {a: [1, {b: 2}]}
#   ^^^^ schema-unknown-property
`);
  });

  test.each([
    [
      'a key that is being typed',
      'services:\n  web:\n    image: x\n    depends_on:\n      db:\n        cond\n        restart: true\n',
    ],
    ['no space after the colon', 'services:\n  web:\n    ports:nginx\n    image: x\n'],
    ['a quote that is not closed', 'services:\n  web:\n    privileged: "x\n    image: x\n'],
    ['a bracket that is not closed', 'services:\n  web:\n    ports: [80\n    image: x\n'],
    ['lines that do not line up', 'services:\n  web:\n    image: x\n   ports: [80]\n'],
    ['an unknown anchor', 'services:\n  web:\n    <<: *a\n    image: *b\n'],
  ])('nothing more after a syntax error: %s', (_name, text) => {
    expect(parse('test:', text).problems.length).toBeGreaterThan(0);
    expect(validated(text)).toEqual([]);
  });
});

describe('before interpolation', () => {
  const text =
    'services:\n  a:\n    image: x\n    oom_score_adj: ${A}\n    cpu_count: ${B:-1}\n    depends_on: {b: {condition: "${C}"}}\n    ports: ${D}\n    cap_add: ["$$x"]\n';

  test('a variable may become any scalar, but no list', () => {
    expect(validated(text, { interpolated: true }).map(({ path }) => path)).toEqual(['services.a.ports']);
  });

  test('after it, text is text', () => {
    const found = validated('services: {a: {image: x, depends_on: {b: {condition: "$${C}"}}}}', {
      interpolated: true,
    });
    expect(found.map(({ code }) => code)).toEqual(['schema-enum']);
  });
});

test('reset and override are no types', () => {
  const text =
    'services:\n  a:\n    image: !reset [x]\n    ports: !override\n      - 80\n    unknown: !reset null\n';
  expect(validated(text)).toEqual([]);
});

test('extensions are allowed everywhere', () => {
  expect(
    validated('x-a: 1\nservices:\n  a:\n    image: x\n    x-b: {c: d}\n    build: {context: ., x-c: 1}\n'),
  ).toEqual([]);
});

test('a part of a file', () => {
  const text = 'image: x\nprt: 1\n';
  const problems = validated(text, { path: ['services', 'web'] });
  expect(problems.map(({ code, path, message }) => [code, path, formatPhrase(message)])).toEqual([
    [
      'schema-unknown-property',
      'services.web',
      '"prt" is not a known key in the service "web". Did you mean "ports"?',
    ],
  ]);
});

describe('messages', () => {
  test.each([
    ['services: []', '"services" must be a mapping, but is a list.'],
    ['- a', 'A Compose file must be a mapping, but is a list.'],
    ['services: {a: {image: 1.2}}', '"image" must be text, but is the number 1.2. Put it in quotes.'],
    ['services: {a: {command: {x: y}}}', '"command" must be text, a list, or empty, but is a mapping.'],
    [
      'services: {a: {ports: [true]}}',
      'Each item of "ports" must be text, a number, or a mapping, but is true. Put it in quotes.',
    ],
    [
      'services:\n  web:\n    image:nginx\n',
      '"web" must be a mapping, but is text. Put a space after the colon.',
    ],
    [
      'image: x',
      '"image" is not a known key in a Compose file. It is an attribute of a service. Move it into a service under "services:".',
    ],
    ['jobs: {backup: {image: x}}', '"triggers" is missing in "backup".'],
    [
      'services: {"a b": {image: x}}',
      '"a b" is not a known key in "services". Use only letters, digits, ".", "_", and "-".',
    ],
    [
      'services: {a: {image: x, logging: {foo: 1}}}',
      '"foo" is not a known key in "logging". Allowed here: driver and options.',
    ],
    [
      'services: {a: {container-name: x}}',
      '"container-name" is not a known key in the service "a". Did you mean "container_name"?',
    ],
  ])('%s', (text, message) => {
    expect(messages(text)).toEqual([message]);
  });
});
