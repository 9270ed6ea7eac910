import type { RuntimeSnapshot } from '#engine/observe/runtime-store.ts';
import type { State } from '#engine/observe/states.ts';
import { engineStatus } from '../../../client/src/environments/engine-status.ts';
import { graphModel } from '../../../client/src/graph/graph-model.ts';
import { incidentsOf } from '../../../client/src/incidents/incident.ts';
import { gutterSign } from '../../../client/src/lens/gutter-sign.ts';
import { hoverRow } from '../../../client/src/lens/hover-text.ts';
import { lensActions, lensText } from '../../../client/src/lens/lens-text.ts';
import { listText } from '../../../client/src/lm/tool-words.ts';
import { followedIn, followedText } from '../../../client/src/stats/followed.ts';
import { badgeOf } from '../../../client/src/tree/badge.ts';
import { containerText, projectText, serviceText } from '../../../client/src/tree/row-text.ts';
import { Since } from '../../../client/src/tree/since.ts';
import { stateLooks } from '../../../client/src/tree/state-look.ts';
import type { Stack } from '../../../client/src/workspace/stacks.ts';
import { english } from '../translate.ts';

interface Told {
  readonly project: string;
  readonly state: State;
  readonly services: readonly {
    readonly service: string;
    readonly state: State;
    readonly containers: readonly { readonly name: string; readonly state: State }[];
  }[];
}

/** Where two of the places that show something say different things, in words; none: they agree. */
export function disagreements(
  stacks: readonly Stack[],
  snapshot: Pick<RuntimeSnapshot, 'connection' | 'lastSeen'>,
): readonly string[] {
  const told: readonly Told[] = JSON.parse(listText(stacks));
  const found: string[] = [];
  const agree = (what: string, a: unknown, b: unknown) => {
    if (JSON.stringify(a) !== JSON.stringify(b))
      found.push(`${what}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`);
  };
  const view = { t: english, since: new Since(), now: 0 };
  const isGone = engineStatus(snapshot, '', english)?.isGone === true;
  let trouble = 0;
  for (const [at, stack] of stacks.entries()) {
    const row = projectText(stack, view);
    const tool = told[at];
    agree(`${stack.name}: tree and tool`, row.state, tool?.state);
    agree(`${stack.name}: known on the row and in the status bar`, isOffered(row.context), !isGone);
    const graph = graphModel(stack, view);
    for (const [index, service] of stack.services.entries()) {
      const name = `${stack.name}/${service.name}`;
      const serviceRow = serviceText(stack, service, view);
      const node = graph.services[index];
      const listed = tool?.services[index];
      agree(`${name}: tree and graph`, serviceRow.state, node?.state);
      agree(`${name}: words of tree and graph`, serviceRow.description, node?.description);
      agree(`${name}: tree and tool`, serviceRow.state, listed?.state);
      agree(`${name}: tree and gutter`, stateLooks[serviceRow.state].sign, gutterSign(service));
      const title = lensText(service, english);
      if (title !== '')
        agree(`${name}: lens begins the row`, serviceRow.description.slice(0, title.length), title);
      else agree(`${name}: no lens, nothing there`, serviceRow.state, 'absent');
      const words = serviceRow.context.split(' ');
      const actions = lensActions(service);
      agree(`${name}: Stop of row and lens`, words.includes('running'), actions.includes('stop'));
      agree(`${name}: Shell of row, lens and graph`, words.includes('shell'), node?.can.shell);
      if (actions.includes('stop'))
        agree(`${name}: Shell of lens`, actions.includes('shell'), node?.can.shell);
      agree(`${name}: Logs of row and graph`, words.includes('created'), node?.can.logs);
      for (const [n, container] of service.view.containers.entries()) {
        const text = containerText(stack, container, view, service);
        agree(`${name} ${n}: tree and tool`, text.state, listed?.containers[n]?.state);
        const [, ...said] = hoverRow(stack.name, container, english).split(' · ');
        agree(
          `${name} ${n}: hover begins the row`,
          text.description.slice(0, said.join(' · ').length),
          said.join(' · '),
        );
        const sample = followedIn([stack], '').find(
          (each) => each.view.container.id === container.container.id,
        );
        if (sample !== undefined)
          agree(`${name} ${n}: statistics`, followedText(sample, english).state, text.state);
      }
    }
    trouble += stack.services.filter(({ view: { observed } }) =>
      ['crash-loop', 'unhealthy', 'failed', 'dead'].includes(observed),
    ).length;
    for (const { service, kind } of incidentsOf(stack)) {
      const of = stack.services.find(({ name }) => name === service);
      agree(
        `${stack.name}/${service}: ${kind} in Problems, and its row`,
        of?.view.containers.some(
          ({ observed }) => observed === kind || kind === 'crashed' || kind === 'unhealthy',
        ),
        true,
      );
    }
  }
  agree('badge', badgeOf(stacks, english)?.value ?? 0, trouble);
  return found;
}

function isOffered(context: string): boolean {
  return context.split(' ').includes('reachable');
}
