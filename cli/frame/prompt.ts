import { formatMessage, type Message } from '#engine/api/message.ts';
import type { CommandContext } from './command.ts';

/** Asks on the terminal, the answer being no unless it is `y`. With `assumeYes` it is yes, and without a terminal nobody is there to ask: no. */
export function confirmOn(
  context: CommandContext,
  assumeYes = false,
): (question: string | Message) => Promise<boolean> {
  const { input, errors } = context;
  return async (question) => {
    if (assumeYes) return true;
    if (!input.isTerminal) return false;
    errors.write(`${typeof question === 'string' ? question : formatMessage(question)} [yN] `);
    return /^y(?:es)?$/i.test((await readLine(context)).trim());
  };
}

/** The same where the question is worth reading whoever answers: it is written, and a line of the input answers it, a terminal's or not. */
export function answerOn(
  context: CommandContext,
  assumeYes: boolean,
): (question: string) => Promise<boolean> {
  return async (question) => {
    if (assumeYes) return true;
    context.errors.write(`${question} [yN] `);
    const answer = await readLine(context);
    context.errors.write('\n');
    return /^y(?:es)?$/i.test(answer.trim());
  };
}

async function readLine({ input }: CommandContext): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of input.read()) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}
