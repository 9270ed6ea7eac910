import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { type RemoteAddress, sourceOf } from '#compose/load/remote-address.ts';
import type { RemoteCache } from '#compose/load/remote-cache.ts';
import type { RemoteFiles } from '#compose/load/remote-files.ts';
import { type Phrase, phrase } from '#compose/problem/phrase.ts';
import { diskFiles } from '#disk/disk-files.ts';
import { remoteCache } from '#engine/remote/machine-cache.ts';
import { tellFetched } from '../language/fetched-files.ts';
import * as configuration from '../shared/configuration.ts';

const { l10n } = vscode;

/** What was fetched before, for everything that is only shown; nothing where nobody trusts the workspace. */
export function remoteFromCache(): RemoteFiles | undefined {
  return vscode.workspace.isTrusted ? cache() : undefined;
}

/** For a project that is about to be run: what its address means now, fetched once that was agreed to. The answer is kept with the workspace. */
export function remoteToRun(kept: vscode.Memento): RemoteFiles | undefined {
  if (!vscode.workspace.isTrusted) return undefined;
  return {
    async locate(address) {
      const { fetchedFiles } = await import('#engine/remote/fetch-remote.ts');
      const found = await fetchedFiles({
        files: diskFiles(),
        environment: process.env,
        home: homedir(),
        signal: new AbortController().signal,
        now: () => Date.now(),
        mayAsk: async () => refusal(address),
        mayUse: (_, version) => agree(address, version, kept),
      }).locate(address);
      // The language server reads what was found, and asks nobody.
      if (found.kind === 'here') tellFetched([cache().findingPath(address), found.path]);
      return found;
    },
  };
}

function cache(): RemoteCache {
  return remoteCache({ files: diskFiles(), environment: process.env, home: homedir() });
}

/** Without a question to its server. */
function refusal(address: RemoteAddress): Phrase | undefined {
  const allowed = configuration.remote();
  if (allowed === 'ask' || (allowed !== 'off' && isAllowed(address, allowed))) return undefined;
  return phrase('remote-file.off', { name: address.shown });
}

/** An address of the list, or one that begins with one that ends with a slash. */
export function isAllowed(address: RemoteAddress, allowed: readonly string[]): boolean {
  const repository = address.kind === 'git' ? address.repository : sourceOf(address);
  return allowed.some((each) =>
    each.endsWith('/') ? repository.startsWith(each) : [repository, sourceOf(address)].includes(each),
  );
}

const acceptedKey = 'remote.accepted';
/** The oldest answers are forgotten beyond this. */
const mostAnswers = 200;

async function agree(
  address: RemoteAddress,
  version: string,
  kept: vscode.Memento,
): Promise<Phrase | undefined> {
  if (configuration.remote() !== 'ask') return undefined;
  const what = `${sourceOf(address)}@${version}`;
  const accepted = kept.get<readonly string[]>(acceptedKey, []);
  if (accepted.includes(what)) return undefined;
  const use = l10n.t('Use Configuration');
  const short = version.slice(0, 12);
  const answer = await vscode.window.showWarningMessage(
    address.kind === 'git'
      ? l10n.t('This project takes its configuration from {0} at commit {1}.', address.shown, short)
      : l10n.t('This project takes its configuration from {0} with digest {1}.', address.shown, short),
    {
      modal: true,
      detail: l10n.t(
        'It decides which images run, and which folders of this machine they see. Continue only if you trust its source. You are asked again when it changes.',
      ),
    },
    use,
  );
  if (answer !== use) return phrase('remote-file.declined', { name: address.shown });
  await kept.update(acceptedKey, [...accepted, what].slice(-mostAnswers));
  return undefined;
}
