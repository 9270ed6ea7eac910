import { expect, it } from 'vitest';
import { load } from '#compose/load/load.ts';
import { KnownValues, withoutPieces } from '#compose/check/secrets/masker.ts';
import { secretValues } from '#compose/check/secrets/secret-values.ts';
import { memoryHost } from '../../load/memory-host.ts';

const compose = `name: app
services:
  web:
    image: nginx
    secrets: [taken, stored]
    build: { context: ., args: { NPM_TOKEN: npm_abcdef } }
    environment:
      DATABASE_URL: postgres://me:hunter22@db/app
      DB_PASSWORD_FILE: /run/secrets/db
      API_KEY: |
        first line
        second line
      SHORT_TOKEN: abc
      MODE: production
  debug:
    image: busybox
    profiles: [debug]
    environment: { DEBUG_SECRET: left out }
secrets:
  taken: { environment: FROM_HOST }
  stored: { file: ./key.txt }
`;

it('hides the values of a project wherever they stand', async () => {
  const host = memoryHost({
    '/app/compose.yaml': compose,
    '/app/.env': 'FROM_HOST=of the host\nADMIN_PASSWORD=unused',
  });
  const { loaded, problems } = await load(host, { cwd: '/app' });
  if (loaded === undefined) throw new Error(JSON.stringify(problems));
  const values = secretValues(loaded, ['what the file of the secret holds\n']);
  expect([...values].sort()).toEqual([
    'first line\nsecond line',
    'hunter22',
    'left out',
    'npm_abcdef',
    'of the host',
    'unused',
    'what the file of the secret holds',
  ]);
  const text = 'connecting as me with hunter22 in production, first line\nsecond line';
  expect(withoutPieces(text, new KnownValues(values).piecesIn(text))).toBe(
    'connecting as me with *** in production, ***',
  );
});
