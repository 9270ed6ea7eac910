import { describe, expect, inject, it } from 'vitest';
import { commands } from '../../../client/src/engine/cli/commands.ts';
import { missingCommand, readScenarios, replay, type Scenario } from './scenarios.ts';
import { stack } from './stack.ts';

/** What a scenario needs that the test engines do not have, by its id. */
const impossible: Readonly<Record<string, string>> = {
  'e2e_scenarios-0104': 'needs the containerd image store and a registry',
  'e2e_scenarios-0106': 'needs the containerd image store and a registry',
  'e2e_scenarios-0153': 'needs a registry',
};

/** The same for the oldest engine alone. */
const beyondOldest: Readonly<Record<string, string>> = {
  'e2e_scenarios-0020': "has a heredoc in a Dockerfile, which this engine's BuildKit does not know",
};

const scenarios = readScenarios();
const known = new Set(Object.keys(commands));

const engines = [
  { version: '28.5', host: 'engineHost', beyond: {} },
  { version: '20.10', host: 'oldEngineHost', beyond: beyondOldest },
] as const;

if (scenarios === undefined) it.skip('the recorded scenarios are not beside the checkout');
else {
  const replayed = scenarios.filter((scenario) => whyNot(scenario) === undefined);
  describe.each(engines)('on Engine $version', ({ host, beyond }) => {
    // Most of the time is spent on waiting: for containers that are given theirs to stop, and for states.
    for (const scenario of replayed.filter(({ id }) => !(id in beyond)))
      it.concurrent(`${scenario.id} ${scenario.intent}`, () => play(scenario, inject(host)));
  });

  it('all but these are replayed', () => {
    const others = scenarios.filter((scenario) => !replayed.includes(scenario));
    expect(Object.fromEntries(others.map((scenario) => [scenario.id, whyNot(scenario)]))).toEqual({
      ...impossible,
    });
  });
}

function whyNot(scenario: Scenario): string | undefined {
  const command = missingCommand(scenario, known);
  if (command !== undefined) return `the command ${command} is not there`;
  if (scenario.needs_build && !known.has('build')) return 'the command build is not there';
  return impossible[scenario.id];
}

async function play(scenario: Scenario, host: string): Promise<void> {
  const { 'compose.yaml': compose = '', ...others } = scenario.files;
  const app = await stack(host, compose, others);
  try {
    await replay(scenario, app);
  } finally {
    await app.remove();
  }
}
