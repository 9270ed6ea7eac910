import { describe, expect, test } from 'vitest';
import { load } from '#compose/load/load.ts';
import { type CastResult, toFloat, toInteger } from '#compose/template/casts.ts';
import { durationNanoseconds, formatDuration, parseDuration } from '#compose/values/duration.ts';
import { parseExtraHost } from '#compose/values/extra-host.ts';
import { parseSize } from '#compose/values/size.ts';
import { fc } from '../../property.ts';
import { memoryHost } from '../load/memory-host.ts';

describe('durations', () => {
  test.each([
    ['0', '0s'],
    ['90s', '1m30s'],
    ['1d', '24h0m0s'],
    ['1w2d3h', '219h0m0s'],
    ['1.5h', '1h30m0s'],
    ['1500ms', '1.5s'],
    ['.5s', '500ms'],
    ['1.s', '1s'],
    ['1h1ns', '1h0m0.000000001s'],
    ['10us', '10µs'],
    ['1.5µs', '1.5µs'],
    ['999ns', '999ns'],
    ['-2m', '-2m0s'],
    ['+2m', '2m0s'],
    ['59m60s', '1h0m0s'],
  ])('%s is %s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  test.each(['', '-', '10', '1x', 's', '.s', '1 s', '1s ', '1h-2m', '300000d', '1e3s', '1S'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  test('what is printed is read back as the same', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }), (nanoseconds) => {
        expect(durationNanoseconds(formatDuration(nanoseconds))).toBe(nanoseconds);
      }),
    );
  });
});

describe('sizes', () => {
  test.each([
    ['0', '0'],
    ['104857600', '104857600'],
    ['-1', '-1'],
    ['512m', '536870912'],
    ['1.5gb', '1610612736'],
    ['2GiB', '2147483648'],
    ['10 kb', '10240'],
    ['1 ', '1'],
    ['1.9b', '1'],
    ['.5k', '512'],
    ['1e3k', '1024000'],
    ['1t', '1099511627776'],
    ['1P', '1125899906842624'],
    ['9007199254740993', '9007199254740993'],
  ])('%s is %s', (text, expected) => {
    expect(parseSize(text)).toBe(expected);
  });

  test.each(['', 'm', 'lots', '10x', '10xb', '10mbb', '10bb', '-1m', '1  k', ' 1', '1,5g', '10ib', '1e30g'])(
    '%j is none',
    (text) => {
      expect(parseSize(text)).toBeUndefined();
    },
  );
});

/** Arithmetic and some expressions cost the square of the length: what cannot be a number of 64 bits never gets there. */
describe('a text of more than 1,000 characters is no number, however it is written', () => {
  const zeros = '0'.repeat(1_000);
  test.each([
    ['a size', parseSize],
    ['a size with a unit', (text: string) => parseSize(`${text}m`)],
    ['a duration with a unit', (text: string) => parseDuration(`${text}s`)],
    ['a whole number', (text: string) => castValue(toInteger(text))],
    ['a number', (text: string) => castValue(toFloat(text))],
  ])('%s', (_kind, parse) => {
    expect(parse(`${zeros}5`)).toBeUndefined();
    expect(parse(`${zeros.slice(0, 900)}0`)).toBe(parse('0'));
  });

  function castValue(result: CastResult): unknown {
    return result.kind === 'value' ? result.value : undefined;
  }

  const attributes = ['mem_limit', 'shm_size', 'cpus', 'cpu_shares', 'stop_grace_period', 'scale'];
  const values = ['9'.repeat(50_000), `${'9'.repeat(50_000)}x`, `"${'9'.repeat(50_000)}s"`];
  test.each(attributes)('%s of 50,000 digits is refused', async (attribute) => {
    for (const value of values) {
      const text = `services: {a: {image: x, ${attribute}: ${value}}}\n`;
      const { problems } = await load(memoryHost({ '/project/compose.yaml': text }), { cwd: '/project' });
      const errors = problems.filter(({ severity }) => severity === 'error');
      expect(errors.map(({ path }) => path)).toEqual([`services.a.${attribute}`]);
    }
  });
});

describe('additional hosts', () => {
  test.each([
    ['a=1.2.3.4', 'a', ['1.2.3.4']],
    ['a:1.2.3.4', 'a', ['1.2.3.4']],
    ['a=::1', 'a', ['::1']],
    ['a:::1', 'a', ['::1']],
    ['a=[::1]', 'a', ['::1']],
    ['a=1.1.1.1,2.2.2.2', 'a', ['1.1.1.1', '2.2.2.2']],
    ['a:host-gateway', 'a', ['host-gateway']],
  ])('%s', (text, host, addresses) => {
    expect(parseExtraHost(text)).toEqual({ kind: 'host', host, addresses });
  });

  test.each([
    ['alone', 'alone'],
    ['=1.2.3.4', ''],
    ['a:b=1.2.3.4', 'a:b'],
  ])('%s is refused', (text, wrong) => {
    const parsed = parseExtraHost(text);
    if (parsed.kind !== 'error') throw new Error(`${text} was read`);
    expect(text.slice(parsed.start, parsed.end)).toBe(wrong);
  });
});
