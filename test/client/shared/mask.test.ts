import { expect, it } from 'vitest';
import { maskSecrets } from '../../../client/src/shared/mask.ts';

it.each([
  ['POSTGRES_PASSWORD=secret123 next', 'POSTGRES_PASSWORD=*** next'],
  ['POSTGRES_PASSWORD: "two words", x', 'POSTGRES_PASSWORD: ***, x'],
  ['{"api_key":"abc","user":"me"}', '{"api_key":***,"user":"me"}'],
  ["MY_TOKEN='a b' PATH=/bin", 'MY_TOKEN=*** PATH=/bin'],
  ['pull https://me:pw@registry.example/x failed', 'pull https://me:***@registry.example/x failed'],
  ['Authorization: Bearer abcdefgh.ijkl', 'Authorization: Bearer ***'],
  ['the password is wrong', 'the password is wrong'],
  ['secrets: 3 declared', 'secrets: *** declared'],
  ['port 8080/tcp is in use', 'port 8080/tcp is in use'],
])('%s', (text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
});
