import { describe, expect, test } from 'vitest';
import type { Path } from '#compose/values/path.ts';
import { compileSchema, type RawSchema } from '#compose/schema/compile.ts';
import { composeSchema } from '#compose/schema/compose-schema.ts';
import raw from '#compose/schema/compose-spec.schema.json' with { type: 'json' };
import { schemaAt } from '#compose/schema/walk.ts';
import { editDistance, nearest } from '#compose/schema/suggest.ts';
import { parse } from '#compose/syntax/parse.ts';

describe('what the schema says at a path', () => {
  test.each<[Path, readonly string[]]>([
    [[], ['object']],
    [['services'], ['object']],
    [['services', 'web', 'image'], ['string']],
    [
      ['services', 'web', 'ports', 0],
      ['number', 'string', 'object'],
    ],
    [
      ['services', 'web', 'ports', 0, 'target'],
      ['integer', 'string'],
    ],
    [['services', 'web', 'depends_on', 'db', 'condition'], ['string']],
    [
      ['services', 'web', 'networks', 'n'],
      ['object', 'null'],
    ],
    [['x-any', 'thing', 3], []],
  ])('%j', (path, types) => {
    expect(schemaAt(path)?.types).toEqual(types);
  });

  test.each<[Path]>([
    [['unknown']],
    [['services', 'web', 'image', 'x']],
    [['services', 0]],
    [['services', 'a b']],
  ])('nothing can be at %j', (path) => {
    expect(schemaAt(path)).toBeUndefined();
  });

  test('keys, values, descriptions, defaults', () => {
    expect(schemaAt(['services', 'web'])?.properties.size).toBeGreaterThan(90);
    expect(schemaAt(['services', 'web', 'depends_on', 'db', 'condition'])?.values).toContain(
      'service_healthy',
    );
    expect(schemaAt(['services', 'web', 'depends_on', 'db'])?.required).toEqual(['condition']);
    expect(schemaAt(['services', 'web', 'env_file'])?.description).toMatch(/^Add environment variables/);
    expect(schemaAt(['services', 'web', 'depends_on', 'db', 'required'])?.defaultValue).toBe(true);
    expect(schemaAt(['version'])?.deprecated).toBe(true);
    expect(schemaAt(['services'])?.anyKey).toBe(true);
    expect(schemaAt(['services', 'web'])?.anyKey).toBe(false);
  });

  test('the value decides between the forms', () => {
    const tree = (text: string) => parse('test:', text).documents[0]?.root;
    const list = tree('services: {web: {build: {ssh: [a]}, ports: [80]}}');
    expect(schemaAt(['services', 'web', 'ports', 0], list)?.form?.types).toEqual(['number']);
    expect(schemaAt(['services', 'web', 'build'], list)?.form?.types).toEqual(['object']);
    const empty = tree('services: {web: {build: }}');
    expect(schemaAt(['services', 'web', 'build', 'context'], empty)?.types).toEqual(['string']);
  });
});

describe('the bundled schema', () => {
  const known = new Set<string>([
    '$ref',
    '$defs',
    '$id',
    '$schema',
    'type',
    'title',
    'description',
    'deprecated',
    'default',
    'enum',
    'properties',
    'patternProperties',
    'additionalProperties',
    'required',
    'items',
    'uniqueItems',
    'oneOf',
    'pattern',
    'minimum',
    'maximum',
  ]);

  /** Every schema within a schema, with its place. */
  function* schemasIn(
    schema: object,
    place = '',
  ): Generator<readonly [string, Readonly<Record<string, unknown>>]> {
    yield [place, schema as Readonly<Record<string, unknown>>];
    for (const [keyword, value] of Object.entries(schema)) {
      if (typeof value !== 'object' || value === null) continue;
      if (['properties', 'patternProperties', '$defs'].includes(keyword)) {
        for (const [name, each] of Object.entries(value))
          yield* schemasIn(each as object, `${place}/${keyword}/${name}`);
      } else if (['items', 'additionalProperties'].includes(keyword))
        yield* schemasIn(value, `${place}/${keyword}`);
      else if (keyword === 'oneOf') {
        for (const [index, each] of Object.entries(value))
          yield* schemasIn(each as object, `${place}/${keyword}/${index}`);
      }
    }
  }

  test('uses no keyword that the validator does not know', () => {
    for (const [place, schema] of schemasIn(raw)) {
      expect(
        Object.keys(schema).filter((keyword) => !known.has(keyword)),
        place,
      ).toEqual([]);
    }
  });

  test('has nothing but annotations beside a reference or alternatives', () => {
    for (const [place, schema] of schemasIn(raw)) {
      if (!('$ref' in schema) && !('oneOf' in schema)) continue;
      const others = Object.keys(schema).filter(
        (keyword) => !['$ref', 'oneOf', 'title', 'description', 'deprecated', 'default'].includes(keyword),
      );
      expect(others, place).toEqual([]);
    }
  });

  test('has alternatives of different types only', () => {
    for (const [place, schema] of schemasIn(raw)) {
      if (!('oneOf' in schema)) continue;
      const types = compileSchema({
        ...schema,
        $defs: raw.$defs as unknown as NonNullable<RawSchema['$defs']>,
      }).forms.flatMap((form) => form.types);
      expect(new Set(types).size, place).toBe(types.length);
      expect(types.includes('number') && types.includes('integer'), place).toBe(false);
    }
  });

  test('says one thing about each key: none with a meaning fits a pattern too', () => {
    for (const [place, schema] of schemasIn(raw)) {
      const { properties = {}, patternProperties = {} } = schema as RawSchema;
      for (const pattern of Object.keys(patternProperties)) {
        const both = Object.keys(properties).filter((name) => new RegExp(pattern, 'u').test(name));
        expect(both, place).toEqual([]);
      }
      expect(Object.keys(patternProperties).length, place).toBeLessThan(2);
    }
  });

  test('is compiled once', () => {
    expect(composeSchema()).toBe(composeSchema());
  });
});

describe('words that are near', () => {
  test.each([
    ['enviroment', 'environment'],
    ['Image', 'image'],
    ['container-name', 'container_name'],
    ['volumse', 'volumes'],
    ['xyz', undefined],
  ])('%s -> %s', (word, expected) => {
    expect(nearest(word, ['image', 'environment', 'container_name', 'volumes', 'ports'])).toBe(expected);
  });

  test.each([
    ['', 'abc', 3],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['kitten', 'sitting', 3],
  ])('%s is so far from %s: %d', (from, to, distance) => {
    expect(editDistance(from, to, 9)).toBe(distance);
  });
});
