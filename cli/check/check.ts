import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { severityNames } from '#compose/check/composurerc.ts';
import type { FileSystem } from '#compose/load/host.ts';
import type { Severity } from '#compose/problem/problem.ts';
import { readFileText, unlessMissing } from '#disk/read-file.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { version } from '../../package.json';
import { Checker } from '../../server/src/check/checker.ts';
import type { Command, CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { baselineText, readBaseline } from './baseline.ts';
import { type CheckRequest, checkOptions, toCheckRequest, unusable } from './check-options.ts';
import { composeFilesIn, isOurs, repositoryAround } from './find-files.ts';
import type { ReportedFinding } from './report/report.ts';
import { reported } from './reported.ts';
import { writeFixed } from './write-fixed.ts';

/** Fixes that make others possible: no text needs more. */
const mostRounds = 10;

export const check: Command = {
  name: 'check',
  usage: '[OPTIONS] [FILE|DIRECTORY...]',
  summary: 'Check compose files as the editor does',
  options: checkOptions,
  usageStatus: unusable,

  async run(context) {
    const request = toCheckRequest(context.options);
    const { cwd, errors } = context;
    const host = nodeHost(context.environment, context.home);
    const { files } = host;
    let isSound = true;
    const say = (text: string) => errors.write(`${text}\n`);
    const checker = new Checker({
      // What was fetched before is read; checking fetches nothing.
      host: { ...host, remoteCache: { isMac: process.platform === 'darwin' } },
      root: await repositoryAround(files, cwd),
      log: {
        info: say,
        warn: say,
        error(text) {
          isSound = false;
          say(text);
        },
      },
      ...chosenProject(context),
    });
    const paths = await filesToCheck(context, files, checker);
    if (request.fix) await fixAll(paths, checker, files, context);

    const read = await Promise.all(paths.map(async (path) => ({ path, checked: await checker.check(path) })));
    for (const { path, checked } of read) {
      if (checked !== undefined) continue;
      isSound = false;
      say(`${path}: cannot be read`);
    }
    const known = read.flatMap(({ path, checked }) => (checked === undefined ? [] : [{ path, ...checked }]));
    const all = reported(known, cwd, (severity, failOn) => fails(severity, request.failOn ?? failOn));
    const findings = await withoutKnown(all, request, context);
    const shown = request.quiet ? findings.filter((each) => each.fails) : findings;
    const text = request.format({
      files: all.files,
      findings: shown,
      version,
    });
    if (request.output === undefined) context.output.write(text);
    else await writeFile(resolve(cwd, request.output), text);
    if (!isSound) return unusable;
    return findings.some((each) => each.fails) ? 1 : 0;
  },
};

function fails(severity: Severity, failOn: Severity = 'error'): boolean {
  return severityNames.indexOf(severity) <= severityNames.indexOf(failOn);
}

/** With `-f` the files are one project, in this order; else each belongs to the one that its name and its neighbours suggest. */
function chosenProject({ global, cwd }: CommandContext) {
  const { files, envFiles, profiles, projectName, projectDirectory } = global;
  if (files.length === 0) return {};
  const chosen = {
    files: files.map((file) => resolve(cwd, file)),
    ...(envFiles.length > 0 && { envFiles: envFiles.map((file) => resolve(cwd, file)) }),
    ...(profiles.length > 0 && { profiles }),
    ...(projectName !== undefined && { projectName }),
    ...(projectDirectory !== undefined && { projectDirectory: resolve(cwd, projectDirectory) }),
  };
  return { chosen };
}

/** What was named, else what `-f` names, else every compose file here and below; and of folders also the files that those include. */
async function filesToCheck(
  { arguments: named, global, cwd }: CommandContext,
  files: FileSystem,
  checker: Checker,
): Promise<readonly string[]> {
  const wanted = named.length > 0 ? named : global.files.length > 0 ? global.files : ['.'];
  const found = new Set<string>();
  for (const name of wanted) {
    const path = resolve(cwd, name);
    const kind = await files.stat(path);
    if (kind === 'missing') throw new CommandError(`${name}: there is no such file or directory`, unusable);
    if (kind !== 'directory') found.add(path);
    else
      for (const file of await composeFilesIn(files, path)) {
        if (await checker.isExcluded(file)) continue;
        found.add(file);
        for (const other of await checker.filesBeside(file))
          if (isOurs(other, path) && !(await checker.isExcluded(other))) found.add(other);
      }
  }
  if (found.size === 0) throw new CommandError('there are no compose files here', unusable);
  return [...found];
}

async function fixAll(
  paths: readonly string[],
  checker: Checker,
  files: FileSystem,
  { errors, global }: CommandContext,
): Promise<void> {
  for (const path of paths) {
    for (let round = 0; round < mostRounds; round += 1) {
      const text = await checker.fixed(path);
      if (text === undefined) break;
      if (global.dryRun) {
        errors.write(`Would fix ${path}\n`);
        break;
      }
      if (!(await writeFixed(files, path, text))) {
        errors.write(`${path}: not fixed, as it is not UTF-8\n`);
        break;
      }
      checker.changed([path]);
      if (round === 0) errors.write(`Fixed ${path}\n`);
    }
  }
}

/** Without those of the baseline; when that is to be renewed, it is, and nothing is left to tell. */
async function withoutKnown(
  { findings }: { readonly findings: readonly ReportedFinding[] },
  { baseline, updateBaseline }: CheckRequest,
  { cwd, errors }: CommandContext,
): Promise<readonly ReportedFinding[]> {
  if (baseline === undefined) return findings;
  const path = resolve(cwd, baseline);
  if (updateBaseline) {
    await writeFile(path, baselineText(findings));
    errors.write(`Wrote ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'} to ${path}\n`);
    return [];
  }
  const text = await readFileText(path, 'settings').catch(unlessMissing);
  const read = text === undefined ? undefined : readBaseline(text);
  if (read === undefined)
    throw new CommandError(
      `${baseline}: ${text === undefined ? 'there is no such file; --update-baseline writes it' : 'this is no baseline'}`,
      unusable,
    );
  return findings.filter(({ fingerprint }) => !read.fingerprints.has(fingerprint));
}
