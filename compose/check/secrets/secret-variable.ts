import { isAboutName, isDigestName, isSecretName, mayBeSecretName } from './secret-name.ts';
import { isNoSecretValue, isPlaceholder, isPlainText, isRandomText } from './plain-value.ts';
import { secretPieces } from './secret-shapes.ts';

/** Whether a variable, an option or a label holds a secret as a whole: by its name, or because its value is as random as keys are. */
export function isSecretVariable(name: string, value: string): boolean {
  if (isNoSecretValue(value)) return false;
  if (isSecretName(name)) return true;
  if (isAboutName(name)) return false;
  if (mayBeSecretName(name)) return value.length >= 8 && !isPlainText(value);
  return isRandomText(value) && !isDigestName(name);
}

/** Whether a secret is written in a file as it is: the value itself, or a credential within it. */
export function isWrittenSecret(name: string, source: string): boolean {
  if (isPlaceholder(source)) return false;
  return isSecretVariable(name, source) || secretPieces(source).length > 0;
}
