import { isWrittenSecret } from '#compose/check/secrets/secret-variable.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { Node } from '#compose/syntax/node.ts';
import { includedNames } from '#compose/load/included-names.ts';
import { remoteAddress } from '#compose/load/remote-address.ts';
import { parse } from '#compose/syntax/parse.ts';
import { readFileText } from '#disk/read-file.ts';
import { findSensitive } from './sensitive.ts';

/** Services of which nothing could be run elsewhere: they are only built. */
export function onlyBuilt({ project }: LoadedProject): readonly string[] {
  return Object.entries(project.services).flatMap(([name, { image, build }]) =>
    image === undefined && build !== undefined ? [name] : [],
  );
}

/** Files of the project that include others here, are not published with them. */
export async function withLocalIncludes({ files }: LoadedProject): Promise<readonly string[]> {
  const including = await Promise.all(
    files.map(async (file) =>
      parse(file, await readFileText(file, 'compose')).documents.some(({ root }) =>
        includedNames(root).some((name) => remoteAddress(name) === undefined),
      ),
    ),
  );
  return files.filter((_, index) => including[index]);
}

/** The questions to be agreed to before a project's files are published, each a whole text. Values are never in them. */
export async function publishQuestions(
  loaded: LoadedProject,
  { withEnv }: { readonly withEnv: boolean },
): Promise<readonly string[]> {
  const questions: string[] = [];
  const binds = Object.entries(loaded.project.services).flatMap(([name, { volumes = [] }]) =>
    volumes.flatMap(({ type, source, target }) => (type === 'bind' ? [`${name}: ${source}:${target}`] : [])),
  );
  if (binds.length > 0)
    questions.push(
      `you are about to publish bind mounts declaration within your OCI artifact.\nonly the bind mount declarations will be added to the OCI artifact (not content)\nplease double check that you are not mounting potential user's sensitive directories or data\n${binds.join('\n')}\nAre you ok to publish these bind mount declarations?`,
    );
  const findings: string[] = [];
  const contents: string[] = [];
  for (const file of loaded.files) {
    const text = await readFileText(file, 'compose');
    for (const { root } of parse(file, text).documents) {
      for (const [name, service] of entriesOf(valueIn(root, 'services'))) {
        if (valueIn(service, 'env_file') !== undefined)
          findings.push(`  service "${name}": env_file declared`);
        const literal = variablesOf(valueIn(service, 'environment'))
          .filter(([variable, value]) => isWrittenSecret(variable, value))
          .map(([variable]) => `"${variable}"`);
        if (literal.length > 0)
          findings.push(`  service "${name}": literal value for ${literal.toSorted().join(', ')}`);
      }
      for (const [name, config] of entriesOf(valueIn(root, 'configs'))) {
        const content = stringOf(valueIn(config, 'content'));
        if (content !== undefined && !/^\$\{?\w+\}?$/.test(content.trim()))
          contents.push(`  config "${name}"`);
      }
    }
  }
  const sensitive = (await findSensitive(loaded)).map(({ kind, place }) => `${kind}\n"${place}": ***`);
  if (sensitive.length > 0)
    questions.push(
      `you are about to publish sensitive data within your OCI artifact.\nplease double check that you are not leaking sensitive data\n${sensitive.join('\n')}\nAre you ok to publish these sensitive data?`,
    );
  if (findings.length > 0 && !withEnv)
    questions.push(
      `you are about to publish env-related declarations within your OCI artifact.\n${findings.join('\n')}\nUse --with-env to silence this prompt and always publish env declarations.\nAre you ok to publish these env declarations?`,
    );
  if (contents.length > 0)
    questions.push(
      `you are about to publish literal inline config content within your OCI artifact.\n${contents.join('\n')}\nAre you ok to publish these config contents?`,
    );
  return questions;
}

function entriesOf(node: Node | undefined): readonly (readonly [string, Node])[] {
  return node?.kind === 'map' ? node.entries.map((entry) => [keyText(entry), entry.value]) : [];
}

function variablesOf(node: Node | undefined): readonly (readonly [string, string])[] {
  if (node?.kind === 'seq')
    return node.items.flatMap((item) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(stringOf(item) ?? '') ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    });
  return entriesOf(node).flatMap(([name, value]) =>
    value.kind === 'scalar' && value.value !== null ? [[name, value.source]] : [],
  );
}
