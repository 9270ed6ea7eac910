import { isIpAddress } from '../../values/ip-address.ts';
import { type Report, reportAt } from '../../syntax/report.ts';
import { type Rewrite, type RewriteContext, rewrite } from '../rewrite.ts';
import { PatternTable } from '../../values/path.ts';
import { entryOf, isNull, keyText, stringOf, valueIn } from '../../syntax/edit.ts';
import type { Node } from '../../syntax/node.ts';
import { phrase } from '../../problem/phrase.ts';

/** Rules about single values of a canonical model, beyond what the schema says. */
export function checkValues(model: Node, report: Report): void {
  rewrite(model, rules, { report });
}

type Context = RewriteContext & { readonly report: Report };
type Check = (node: Node, context: Context) => void;

const rules = new PatternTable<Rewrite<{ readonly report: Report }>>(
  (
    [
      ['volumes.*', checkExternal],
      ['configs.*', checkContent('file', 'environment', 'content')],
      ['secrets.*', checkContent('file', 'environment')],
      ['services.*.ports[]', checkAddress],
      ['services.*.develop.watch[].path', checkNotBlank],
      ['services.*.deploy.resources.reservations.devices[]', checkDeviceRequest],
      ['services.*.gpus[]', checkDeviceRequest],
    ] satisfies [string, Check][]
  ).map(([pattern, check]) => [pattern, applied(check)]),
);

function applied(check: Check): Rewrite<{ readonly report: Report }> {
  return (node, context) => {
    check(node, context);
    return node;
  };
}

/** An external volume is not ours to configure. */
function checkExternal(node: Node, { path, report }: Context): void {
  const external = valueIn(node, 'external');
  if (node.kind !== 'map' || external?.kind !== 'scalar' || external.value !== true) return;
  for (const entry of node.entries) {
    const key = keyText(entry);
    if (key === 'name' || key === 'external' || key.startsWith('x-') || entry.value.implied) continue;
    const message = phrase('external-conflict', { key });
    reportAt(report, 'external-conflict', entry.key, [...path, key], message, {
      related: [{ span: external.span, message: phrase('external-conflict.external') }],
    });
  }
}

function checkContent(...keys: string[]): Check {
  const names = keys.map((key) => `"${key}"`).join(', ');
  return (node, { path, report }) => {
    if (node.kind !== 'map') {
      if (isNull(node)) reportAt(report, 'missing-content', node, path, phrase('missing-content', { names }));
      return;
    }
    const given = keys.flatMap((key) => entryOf(node, key) ?? []);
    const [first, ...others] = given;
    for (const other of others) {
      const message = phrase('exclusive-content', { names });
      reportAt(report, 'exclusive-content', other.key, [...path, keyText(other)], message, {
        related: first === undefined ? [] : [{ span: first.key.span, message: phrase('the-other-one') }],
      });
    }
    if (
      first !== undefined ||
      entryOf(node, 'driver') !== undefined ||
      entryOf(node, 'external') !== undefined
    )
      return;
    reportAt(
      report,
      'missing-content',
      node.keySpan ?? node,
      path,
      phrase('missing-content.unless-external', { names }),
    );
  };
}

function checkAddress(node: Node, { path, report }: Context): void {
  const address = valueIn(node, 'host_ip');
  const text = stringOf(address);
  if (address === undefined || text === undefined || isIpAddress(text)) return;
  reportAt(
    report,
    'invalid-ip-address',
    address,
    [...path, 'host_ip'],
    phrase('invalid-ip-address', { text }),
  );
}

function checkNotBlank(node: Node, { path, report }: Context): void {
  if (stringOf(node) === '') reportAt(report, 'blank-path', node, path, phrase('blank-path'));
}

function checkDeviceRequest(node: Node, { path, report }: Context): void {
  const count = entryOf(node, 'count');
  const ids = entryOf(node, 'device_ids');
  if (count === undefined || ids === undefined || count.value.implied) return;
  reportAt(
    report,
    'exclusive-device-request',
    count.key,
    [...path, 'count'],
    phrase('exclusive-device-request'),
    { related: [{ span: ids.key.span, message: phrase('exclusive-device-request.ids') }] },
  );
}
