import { describe, inject, it } from 'vitest';
import { commands } from '../../../client/src/engine/cli/commands.ts';
import { missingCommand, readScenarios, replay, type Scenario } from './scenarios.ts';
import { stack } from './stack.ts';

/** What a scenario needs that the test engines do not have, by its id. */
const impossible: Readonly<Record<string, string>> = {
  'e2e_scenarios-0104': 'needs the containerd image store and a registry',
  'e2e_scenarios-0106': 'needs the containerd image store and a registry',
  'e2e_scenarios-0153': 'needs a registry',
};

const scenarios = readScenarios();
const known = new Set(Object.keys(commands));

const engines = [
  { version: '28.5', host: 'engineHost' },
  { version: '20.10', host: 'oldEngineHost' },
] as const;

if (scenarios === undefined) it.skip('the recorded scenarios are not beside the checkout');
else {
  describe.each(engines)('on Engine $version', ({ host }) => {
    for (const scenario of scenarios) {
      const reason = whyNot(scenario);
      if (reason !== undefined) it.skip(`${scenario.id} ${scenario.intent} (${reason})`);
      else it(`${scenario.id} ${scenario.intent}`, () => play(scenario, inject(host)));
    }
  });
}

function whyNot(scenario: Scenario): string | undefined {
  const command = missingCommand(scenario, known);
  if (command !== undefined) return `the command ${command} is not there`;
  if (scenario.needs_build && !known.has('build')) return 'the command build is not there';
  const texts = Object.values(scenario.files).join('\n');
  if (/^\s*RUN\b/m.test(texts)) return 'the test engines have no network for the builder to run commands in';
  if (texts.includes('additional_contexts')) return 'additional_contexts are refused by name';
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
