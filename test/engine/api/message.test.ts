import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import { formatMessage, join, say } from '#engine/api/message.ts';
import { HttpError } from '#engine/api/transport/transport.ts';
import { translateError } from '#engine/api/translate-error.ts';

const bundle: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('../../../l10n/bundle.l10n.fr.json', import.meta.url), 'utf8'),
);

function inFrench(error: EngineError): string {
  return error.said === undefined ? error.message : formatMessage(error.said, (text) => bundle[text] ?? text);
}

const enoent = Object.assign(new Error('connect ENOENT'), { code: 'ENOENT' });

describe('what an error says', () => {
  it('is in English by itself, and in another language for those who have it', () => {
    const error = new EngineError('not-found', say`no such service: ${'web'}`);
    expect(error.message).toBe('no such service: web');
    expect(inFrench(error)).toBe('il n’y a pas de service web');
  });

  it('takes no notice of braces in what varies', () => {
    expect(formatMessage(say`${'{1}'} is ${2}`)).toBe('{1} is 2');
  });

  it('can hold what else is said', () => {
    const inner = say`container ${'db'} exited (${1})`;
    const error = new EngineError('dependency-failed', say`dependency failed to start: ${inner}`);
    expect(error.message).toBe('dependency failed to start: container db exited (1)');
    expect(inFrench(error)).toBe('une dépendance n’a pas démarré : le conteneur db s’est terminé (1)');
    expect(formatMessage(join('One.', say`Two ${3}.`))).toBe('One. Two 3.');
  });

  it.each<[string, unknown, string]>([
    [
      'no engine',
      enoent,
      'Il n’y a pas de Docker Engine à E : le socket n’existe pas. Démarrez Docker, ou choisissez un autre contexte.',
    ],
    [
      'a port in use',
      new HttpError(500, 'Bind for 0.0.0.0:80 failed: port is already allocated'),
      'Le port 80/tcp est déjà utilisé sur l’hôte. Arrêtez ce qui l’utilise, ou publiez un autre port. (Bind for 0.0.0.0:80 failed: port is already allocated)',
    ],
    [
      'the engine’s words, with our advice',
      new HttpError(404, 'No such image: nope:1'),
      'No such image: nope:1. Téléchargez ou construisez l’image.',
    ],
    ['the engine’s words alone', new HttpError(500, 'out of order'), 'out of order.'],
  ])('%s', (_name, cause, french) => {
    expect(inFrench(translateError(cause, { endpoint: 'E' }))).toBe(french);
  });
});
