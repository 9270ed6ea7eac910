import { maskText } from '#compose/check/secrets/masker.ts';
import { explainFailure } from '#engine/failure/explain-failure.ts';
import { explanationText } from '#engine/failure/explanation-text.ts';
import { gatherFacts } from '#engine/failure/gather-facts.ts';
import type { Command } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { knownValuesOf } from '../frame/known-values.ts';
import { pathOf } from '../frame/project-problems.ts';

/** Not a command of Docker Compose: why a service does not run as it should, by fixed rules over what the engine knows. */
export const explain: Command = {
  name: 'explain',
  usage: 'SERVICE',
  summary: 'Say why a service fails, with what was seen and what to do',
  arguments: { least: 1, most: 1 },
  options: [
    {
      name: 'format',
      type: 'text',
      default: 'text',
      description: 'Format the output. Values: [text | json]',
    },
  ],
  async run(context) {
    const [service = ''] = context.arguments;
    const target = await context.target();
    const facts = await gatherFacts(await context.engine(), target, service, context.signal);
    if (facts === undefined) throw new CommandError(`no such service: ${service}`);
    const explanation = explainFailure(facts);
    // What env files set is in no target: it need not be there for what runs already.
    const whole =
      target.loaded === undefined ? undefined : await context.project().catch(() => target.loaded);
    const known = whole === undefined ? undefined : await knownValuesOf(whole);
    const words = { mask: (text: string) => maskText(text, known), nameOf: pathOf };
    const text = explanationText(explanation, target.loaded, words);
    context.output.write(
      context.options.text('format') === 'json'
        ? `${JSON.stringify({ service, cause: explanation.cause, text: text.trimEnd() })}\n`
        : text,
    );
    return explanation.cause === 'none' ? 0 : 1;
  },
};
