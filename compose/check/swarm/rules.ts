import { phrase, withAdvice } from '../../problem/phrase.ts';
import type { Problem, Severity } from '../../problem/problem.ts';
import { isNull, stringOf } from '../../syntax/edit.ts';
import { Finder, type Match } from '../../syntax/matches.ts';
import type { Node } from '../../syntax/node.ts';
import { shiftProblem } from '../../syntax/shift.ts';
import { formatPath, PatternTable } from '../../values/path.ts';
import { ignored, ignoredOfNetworks, inDeploy, refused } from './attributes.ts';

/** Codes of what is reported about a file that is deployed to a swarm. */
export const swarmCodes: Readonly<Record<'refused-by-swarm' | 'ignored-by-swarm', Severity>> = {
  'refused-by-swarm': 'error',
  'ignored-by-swarm': 'warning',
};

type Code = keyof typeof swarmCodes;

interface Rule {
  readonly code: Code;
  /** What Swarm has in its place. */
  readonly instead?: string | undefined;
  readonly applies: (node: Node) => boolean;
}

const finder = new Finder(new PatternTable(byPattern()), problemsAt, shiftProblem);

/** What Swarm has not, of a document that describes a stack (`docker stack deploy`). */
export function swarmProblems(root: Node): readonly Problem[] {
  return finder.in(root);
}

function byPattern(): Map<string, Rule> {
  const rules = new Map<string, Rule>();
  const add = (pattern: string, code: Code, instead?: string, applies = isUsed) =>
    rules.set(pattern, { code, instead, applies });
  for (const [name, instead] of Object.entries(refused))
    add(`services.*.${name}`, 'refused-by-swarm', instead);
  for (const [name, instead] of Object.entries(ignored))
    add(`services.*.${name}`, 'ignored-by-swarm', instead);
  for (const name of ignoredOfNetworks) add(`services.*.networks.*.${name}`, 'ignored-by-swarm');
  add('services.*.ports[]', 'ignored-by-swarm', undefined, isForOneAddress);
  add('services.*.ports[].host_ip', 'ignored-by-swarm', undefined, (node) => stringOf(node) !== '0.0.0.0');
  for (const kind of ['limits', 'reservations'])
    add(
      `services.*.deploy.resources.${kind}.devices`,
      'ignored-by-swarm',
      inDeploy('reservations.generic_resources'),
    );
  return rules;
}

function problemsAt({ rule: { code, instead, applies }, node, path }: Match<Rule>): readonly Problem[] {
  if (node.broken === true || !applies(node)) return [];
  const span = node.keySpan ?? node.span;
  const advice = instead === undefined ? undefined : phrase('swarm.instead', { instead });
  const message =
    path[2] === 'ports'
      ? phrase('ignored-by-swarm.address')
      : withAdvice(phrase(code, { name: path.slice(2).join('.') }), advice);
  return [{ code, severity: swarmCodes[code], span, path: formatPath(path), message }];
}

/** `privileged: false` asks for nothing. */
function isUsed(node: Node): boolean {
  return !isNull(node) && !(node.kind === 'scalar' && node.value === false);
}

/** `127.0.0.1:8080:80`: published for this machine alone, it would be open to everyone. */
function isForOneAddress(node: Node): boolean {
  const address = /^(?:(\d+\.\d+\.\d+\.\d+)|\[[\da-f:]+\]):/i.exec(stringOf(node) ?? '');
  return address !== null && address[1] !== '0.0.0.0';
}
