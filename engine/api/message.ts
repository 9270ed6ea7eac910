/**
 * A sentence for people with what varies in it, so that it can be said in another language: `text` is English, with `{0}`, `{1}` … for the values, and
 * is what translations are looked up by. A value can be a sentence itself.
 */
export interface Message {
  readonly text: string;
  readonly values: readonly MessageValue[];
}

export type MessageValue = string | number | Message;

/** Makes a {@link Message} of a template: `` say`Nothing answers at ${host}.` ``. Expressions hold no words: those would stay English. */
export function say(parts: TemplateStringsArray, ...values: readonly MessageValue[]): Message {
  const text = parts.reduce((whole, part, at) => `${whole}{${at - 1}}${part}`);
  return { text, values };
}

/** Messages one after the other, as sentences are. */
export function join(first: MessageValue, second: MessageValue): Message {
  return { text: '{0} {1}', values: [first, second] };
}

/** The whole sentence; without `translate` in English. */
export function formatMessage(
  { text, values }: Message,
  translate: (text: string) => string = (english) => english,
): string {
  const words = values.map((value) =>
    typeof value === 'object' ? formatMessage(value, translate) : String(value),
  );
  return translate(text).replace(/\{(\d+)\}/g, (mark, at) => words[Number(at)] ?? mark);
}
