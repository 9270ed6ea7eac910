import { describe, expect, it } from 'vitest';
import { KnownValues, maskText } from '#compose/check/secrets/masker.ts';

it.each([
  ['POSTGRES_PASSWORD=secret123 next', 'POSTGRES_PASSWORD=*** next'],
  ['POSTGRES_PASSWORD: "two words", x', 'POSTGRES_PASSWORD: ***, x'],
  ['{"api_key":"abc","user":"me"}', '{"api_key":***,"user":"me"}'],
  ["MY_TOKEN='a b' PATH=/bin", 'MY_TOKEN=*** PATH=/bin'],
  ['pull https://me:pw@registry.example/x failed', 'pull https://me:***@registry.example/x failed'],
  ['Authorization: Bearer abcdefgh.ijkl', 'Authorization: Bearer ***'],
  ['the password is wrong', 'the password is wrong'],
  ['secrets: 3 declared', 'secrets: *** declared'],
  ['redis-server --requirepass S3cr3t --port 1', 'redis-server --requirepass *** --port 1'],
  ['mysql -u root -pS3cr3t db', 'mysql -u root -p*** db'],
  ['redis-cli -a S3cr3t ping', 'redis-cli -a *** ping'],
  ['curl -u me:S3cr3t http://x', 'curl -u me:*** http://x'],
  ['run -u 1000:1000 www-data:www-data', 'run -u 1000:1000 www-data:www-data'],
  ['PGPASSWORD=S3cr3t psql -h db', 'PGPASSWORD=*** psql -h db'],
  ['--password=S3cr3t --user=me', '--password=*** --user=me'],
  ['postgres://u:a/X@h/db', 'postgres://u:***@h/db'],
  ['postgres://u:a@b/X@h/db?x=y', 'postgres://u:***@h/db?x=y'],
  ['http://localhost:8080/a@b', 'http://localhost:8080/a@b'],
  ['Server=db;Password=S3cr3t;Encrypt=yes', 'Server=db;Password=***;Encrypt=yes'],
  ['SECRET_PORT=3000 TOKEN_ISSUER=me', 'SECRET_PORT=3000 TOKEN_ISSUER=me'],
  ['port 8080/tcp is in use', 'port 8080/tcp is in use'],
])('%s', (text, masked) => {
  expect(maskText(text, undefined)).toBe(masked);
});

describe('known values', () => {
  const value = 'pa$s/w"ö\'rd?&x';
  const mask = (text: string) =>
    maskText(text, new KnownValues([value, 'first-l1ne\nsecond-l1ne', 'abcd', 'abcd1234']));

  it.each([
    ['as they are', value],
    ['in JSON', JSON.stringify(value).slice(1, -1)],
    ['in single quotes of YAML', value.replaceAll("'", "''")],
    ['with dollars doubled', value.replaceAll('$', '$$$$')],
    ['in a URL', encodeURIComponent(value)],
    ['in a URL in lower case', encodeURIComponent(value).toLowerCase()],
    ['in a page', value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
  ])('are found %s', (_, form) => {
    expect(mask(`<${form}>`)).toBe('<***>');
  });

  it.each([0, 1, 2, 3])('are found in Base64 behind %i characters', (before) => {
    const whole = Buffer.from(`${'u'.repeat(before)}${value}:after`).toString('base64');
    const masked = mask(whole);
    expect(masked).toContain('***');
    const left = masked.split('***').map((part) => Buffer.from(part, 'base64').toString('latin1'));
    expect(left.join(' ')).not.toMatch(/pa\$|rd\?/);
  });

  it('lose each of their lines', () => {
    expect(mask('  first-l1ne\n  second-l1ne')).toBe('  ***\n  ***');
  });

  it('are taken at their longest, and not out of words', () => {
    expect(mask('abcd1234 abcd abcdef xabcd')).toBe('*** *** abcdef xabcd');
  });

  it('are covered as one where they overlap', () => {
    expect(maskText('xx1234567890yy', new KnownValues(['xx1234567', '4567890yy']))).toBe('***');
  });
});
