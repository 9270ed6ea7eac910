import { isSecretName } from './secret-name.ts';
import { isNoSecretValue } from './plain-value.ts';
import { type Piece, secretPieces } from './secret-shapes.ts';

/** What is a command by its name, in the words of Compose and of the engine. */
export function isCommandName(name: string): boolean {
  return /^(?:cmd|command|entrypoint|args|test|exec|shell)$/i.test(name);
}

/** The pieces of each word of a command that are secrets: by the word itself, and by the option before it. */
export function secretWordPieces(words: readonly string[]): readonly (readonly Piece[])[] {
  const program = words[0]?.replace(/^.*[\\/]/, '') ?? '';
  const inHealthcheck = /^CMD(?:-SHELL)?$/.test(program)
    ? (words[1]?.replace(/^.*[\\/]/, '') ?? '')
    : program;
  return words.map((word, index) => {
    const before = words[index - 1] ?? '';
    if (word === '' || isNoSecretValue(word)) return [];
    const whole = [{ start: 0, end: word.length }];
    if (takesSecret(before, inHealthcheck) && !/^--?[A-Za-z]/.test(word)) return whole;
    if (/^(?:-u|--user|--proxy-user)$/.test(before)) {
      const [, user = '', password = ''] = /^([^:]{1,200}):(.+)$/s.exec(word) ?? [];
      if (password !== '' && password !== user && !/^\d+$/.test(password))
        return [{ start: user.length + 1, end: word.length }];
    }
    if (isMysql(inHealthcheck) && /^-p./.test(word)) return [{ start: 2, end: word.length }];
    return secretPieces(word);
  });
}

function takesSecret(option: string, program: string): boolean {
  if (/^(?:requirepass|masterauth)$/.test(option)) return true;
  if (option === '-a') return program === 'redis-cli';
  if (option === '-p') return program === 'sshpass';
  return /^--?[A-Za-z][\w-]*$/.test(option) && isSecretName(option);
}

function isMysql(program: string): boolean {
  return /^(?:mysql|mariadb)/.test(program);
}
