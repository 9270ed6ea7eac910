import { describe, expect, test } from 'vitest';
import { mergeModels } from '#compose/load/merge.ts';
import type { Node } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';
import { resolveDocument } from '#compose/syntax/resolve.ts';
import { toPlain } from '#compose/syntax/to-plain.ts';

function read(text: string): Node {
  const [document] = parse('memory:', text).documents;
  const root = document === undefined ? undefined : resolveDocument(document).root;
  if (root === undefined) throw new Error(`nothing in ${text}`);
  return root;
}

/** What a later file makes of an attribute of a service (`path` is below it), or of what `path` begins with. */
function merged(path: string, base: string, over: string): unknown {
  const parts = /^(?:networks|volumes)\.x\./.test(path)
    ? path.split('.')
    : ['services', 'x', ...path.split('.')];
  const around = (value: string) =>
    parts.map((part) => `{${part}: `).join('') + value + '}'.repeat(parts.length);
  const problems: string[] = [];
  const model = mergeModels(read(around(base)), read(around(over)), ({ code }) => problems.push(code));
  let found: unknown = toPlain(model);
  for (const part of parts) found = (found as Readonly<Record<string, unknown>>)[part];
  expect(problems).toEqual([]);
  return JSON.parse(JSON.stringify(found));
}

/** Lists of assignments, which a mapping becomes too: which of two values counts is decided later. */
const assignments = [
  'networks.x.labels',
  'volumes.x.labels',
  'annotations',
  'build.args',
  'build.additional_contexts',
  'build.labels',
  'deploy.labels',
  'environment',
  'labels',
  'sysctls',
];
/** One text, or a list of them. */
const lists = ['dns', 'dns_opt', 'dns_search', 'env_file', 'label_file', 'tmpfs'];
const replaced = ['command', 'entrypoint', 'healthcheck.test'];

describe('each row of the table', () => {
  test.each(assignments)('%s: mappings and lists alike become one list', (path) => {
    expect(merged(path, '{B: 2, A: 1, N: null}', '[A=3, C]')).toEqual(['A=1', 'B=2', 'N', 'A=3', 'C']);
    expect(merged(path, '{A: 1}', '{A: 2}')).toEqual(['A=1', 'A=2']);
    expect(merged(path, '[A=1]', '{A: true}')).toEqual(['A=1', 'A=true']);
  });

  test.each(lists)('%s: a text is a list of one, and lists are joined', (path) => {
    expect(merged(path, 'a', 'b')).toEqual(['a', 'b']);
    expect(merged(path, '[a, b]', 'c')).toEqual(['a', 'b', 'c']);
    expect(merged(path, 'a', '[b, c]')).toEqual(['a', 'b', 'c']);
  });

  test.each(replaced)('%s: the later one counts alone, even if it is nothing', (path) => {
    expect(merged(path, '[a, b]', '[c]')).toEqual(['c']);
    expect(merged(path, '[a, b]', 'c d')).toBe('c d');
    expect(merged(path, '[a, b]', 'null')).toBe(null);
  });

  test.each(['extra_hosts', 'build.extra_hosts'])(
    '%s: a host that is there already is not added again',
    (path) => {
      expect(merged(path, '["a=1.1.1.1", "b=2.2.2.2"]', '["a=1.1.1.1", "c=3.3.3.3"]')).toEqual([
        'a=1.1.1.1',
        'b=2.2.2.2',
        'c=3.3.3.3',
      ]);
      expect(merged(path, '{a: 1.1.1.1}', '["a=2.2.2.2"]')).toEqual(['a=1.1.1.1', 'a=2.2.2.2']);
      expect(merged(path, '{a: [1.1.1.1, 1.1.1.2]}', '{b: 2.2.2.2}')).toEqual([
        'a=1.1.1.1',
        'a=1.1.1.2',
        'b=2.2.2.2',
      ]);
    },
  );

  test('build: a text is its context', () => {
    expect(merged('build', './a', '{target: t}')).toEqual({ context: './a', target: 't' });
    expect(merged('build', '{context: ./a, target: t}', './b')).toEqual({ context: './b', target: 't' });
  });

  test('depends_on: a list is a mapping of what has to be started', () => {
    const started = { condition: 'service_started', required: true };
    expect(merged('depends_on', '[a, b, a]', '{b: {condition: service_healthy}}')).toEqual({
      a: started,
      b: { ...started, condition: 'service_healthy' },
    });
    expect(merged('depends_on', '[a]', '[b]')).toEqual({ a: started, b: started });
  });

  test.each(['networks', 'models'])('%s: a list is a mapping of names', (path) => {
    expect(merged(path, '[a, b]', '{b: {c: [d]}}')).toEqual({ a: null, b: { c: ['d'] } });
    expect(merged(path, '[a]', '[b]')).toEqual({ a: null, b: null });
  });

  test('logging: options are those of the driver', () => {
    const base = '{driver: json-file, options: {a: 1, b: 2}}';
    expect(merged('logging', base, '{options: {b: 3}}')).toEqual({
      driver: 'json-file',
      options: { a: 1, b: 3 },
    });
    expect(merged('logging', base, '{driver: json-file, options: {c: 3}}')).toEqual({
      driver: 'json-file',
      options: { a: 1, b: 2, c: 3 },
    });
    expect(merged('logging', base, '{driver: syslog}')).toEqual({ driver: 'syslog' });
    expect(merged('logging', base, 'null')).toEqual({ driver: 'json-file', options: { a: 1, b: 2 } });
  });

  test('networks.*.ipam.config: pools merge by subnet', () => {
    const base = '[{subnet: 10.1.0.0/16, gateway: 10.1.0.1}]';
    expect(merged('networks.x.ipam.config', base, '[{subnet: 10.1.0.0/16, ip_range: 10.1.1.0/24}]')).toEqual([
      { subnet: '10.1.0.0/16', gateway: '10.1.0.1', ip_range: '10.1.1.0/24' },
    ]);
  });

  test('ulimits: the later limit counts alone', () => {
    expect(merged('ulimits', '{nofile: {soft: 1, hard: 2}, nproc: 5}', '{nofile: {soft: 9}}')).toEqual({
      nofile: { soft: 9 },
      nproc: 5,
    });
    expect(merged('ulimits', '{nofile: {soft: 1, hard: 2}}', '{nofile: 7}')).toEqual({ nofile: 7 });
  });
});

describe('all else', () => {
  test.each([
    ['hostname', 'a', 'b', 'b'],
    ['hostname', 'a', 'null', 'a'],
    ['ports', '["80"]', '["81"]', ['80', '81']],
    ['ports', '["80"]', 'null', ['80']],
    ['deploy', '{replicas: 2, mode: global}', '{replicas: 3}', { replicas: 3, mode: 'global' }],
    ['storage_opt', '{size: 1G}', '{other: x}', { size: '1G', other: 'x' }],
  ])('%s: %s and %s', (path, base, over, expected) => {
    expect(merged(path, base, over)).toEqual(expected);
  });
});
