import { base64 } from '../../check/secrets/base64.ts';
import { recordOf } from '../../values/record.ts';

/**
 * The `data` of a Secret with these texts. Not `stringData`: what has gone from that stays in the cluster for ever, and each apply finds it changed. Half characters,
 * which have no bytes, become replacement characters.
 */
export function secretData(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return recordOf(
    Object.entries(texts).map(([key, text]) => [key, base64(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'))]),
  );
}
