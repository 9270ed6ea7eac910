import { describe, expect, it } from 'vitest';
import { isSecretVariable, isWrittenSecret } from '#compose/check/secrets/secret-variable.ts';
import { isSecretName } from '#compose/check/secrets/secret-name.ts';

it.each(
  `DB_PASS APP_KEY PGPASS PGPASSWORD MYSQL_PWD SMTP_PASS RAILS_MASTER_KEY ENCRYPTION_KEY splunk-token DB_PASSWORD JWT_SECRET SECRET_KEY_BASE
  AWS_SECRET_ACCESS_KEY clientSecret apiKey API_KEY_2 LOGGED_IN_KEY PASSPHRASE --requirepass NPM_TOKEN DOCKER_CREDENTIALS`.split(
    /\s+/,
  ),
)('%s is the name of a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});

it.each(
  `SECRET_PORT TOKEN_ISSUER PASSWORDLESS PASSWORDLESS_LOGIN API_KEY_HEADER DB_PASSWORD_FILE TOKEN_TTL AWS_ACCESS_KEY_ID SECRET_NAME MAX_TOKENS PWD COMPASS
  PUBLIC_KEY KEYBOARD MYSQL_RANDOM_ROOT_PASSWORD MYSQL_ALLOW_EMPTY_PASSWORD PASS_THROUGH TOKENIZERS_PARALLELISM PASSWORD_MIN_LENGTH PASSAGE`.split(
    /\s+/,
  ),
)('%s is none', (name) => {
  expect(isSecretName(name)).toBe(false);
});

describe('a value', () => {
  it.each([
    ['SESSION', 'k3Jx9Qm2Lp7Zr4Tb8Wn1'],
    ['AUTH', 'me:Tr0ub4dor&3x'],
    ['REDIS_KEY', 'f7c3bc1d808e04732adf679965ccc34c'],
  ])('%s=%s is secret by itself', (name, value) => {
    expect(isSecretVariable(name, value)).toBe(true);
  });

  it.each([
    ['DB_PASSWORD', ''],
    ['USE_TOKEN', 'true'],
    ['TLS_PRIVATE_KEY', '/etc/certs/server.key'],
    ['API_KEY', '/run/secrets/api'],
    ['PYTHON_SHA256', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['IMAGE', 'registry.example.com/team/app:1.25-alpine3.19'],
    ['URL', 'https://example.com/some/long/path-of-words/index.html'],
    ['ZONE', 'Europe/Paris'],
    ['GREETING', 'A long and friendly greeting for everybody'],
    ['JAVA_OPTS', '-Xmx512m -XX:+UseG1GC -Dfile.encoding=UTF-8'],
    ['CACHE_KEY', 'products'],
  ])('%s=%s is no secret', (name, value) => {
    expect(isSecretVariable(name, value)).toBe(false);
  });

  it('is not written down where only a variable stands', () => {
    expect(isWrittenSecret('DB_PASS', '${DB_PASS}')).toBe(false);
    expect(isWrittenSecret('DB_PASS', 'a$$b')).toBe(true);
    expect(isWrittenSecret('DATABASE_URL', 'postgres://u:a/X@h/db')).toBe(true);
  });
});
