import type { FileSystem } from '#compose/load/host.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Build, Service } from '#compose/model/project.ts';
import type { Path } from '#compose/values/path.ts';
import type { Translate } from '../shared/translate.ts';
import type { Finding } from './finding.ts';

/** Whether the files and folders that the project needs on this machine are there. */
export async function checkFiles(
  { project, workingDirectory }: LoadedProject,
  files: FileSystem,
  t: Translate,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  let count = 0;
  const need: Need = async (path, at, missing) => {
    count += 1;
    if ((await files.stat(path)) !== 'missing') return true;
    const name = path.startsWith(`${workingDirectory}/`) ? `.${path.slice(workingDirectory.length)}` : path;
    findings.push({ subject: 'files', path: at, ...missing(name) });
    return false;
  };
  for (const [name, service] of Object.entries(project.services)) {
    await checkMounts(name, service, need, t);
    if (service.build !== undefined) await checkBuild(name, service.build, need, t);
  }
  for (const section of ['secrets', 'configs'] as const) {
    for (const [key, { file }] of Object.entries(project[section] ?? {})) {
      if (file === undefined) continue;
      await need(file, [section, key, 'file'], (path) => ({
        severity: 'error',
        message: t('{0} is missing but is needed by {1}', path, `${section}.${key}`),
        advice: t('Create the file.'),
      }));
    }
  }
  if (count > 0 && findings.length === 0)
    findings.push({
      subject: 'files',
      severity: 'ok',
      message: t('All files and folders exist: {0}', count),
    });
  return findings;
}

/** Looks for a path, and reports what `missing` says of it by its name for people. Resolves with whether it is there. */
type Need = (
  path: string,
  at: Path,
  missing: (name: string) => Omit<Finding, 'subject' | 'path'>,
) => Promise<boolean>;

async function checkMounts(name: string, { volumes = [] }: Service, need: Need, t: Translate): Promise<void> {
  for (const [index, { type, source, bind }] of volumes.entries()) {
    if (type !== 'bind' || source === undefined) continue;
    const required = bind?.create_host_path === false;
    await need(source, ['services', name, 'volumes', index, 'source'], (path) => ({
      severity: required ? 'error' : 'warning',
      message: t('{0} is missing but is mounted by {1}', path, name),
      advice: required
        ? t('Create it. A mount of this type does not.')
        : t('The engine creates an empty folder at this path. If you need a file, create it first.'),
    }));
  }
}

async function checkBuild(name: string, build: Build, need: Need, t: Translate): Promise<void> {
  const { context = '', dockerfile, dockerfile_inline: inline } = build;
  if (context === '' || /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|[\w.-]+\/[\w.-]+\.git)/i.test(context)) return;
  const at = ['services', name, 'build'];
  const found = await need(context, [...at, 'context'], (shown) => ({
    severity: 'error',
    message: t('{0} is missing but is the build context of {1}', shown, name),
    advice: t('Correct the path, or create the folder.'),
  }));
  if (!found || inline !== undefined) return;
  const file = dockerfile ?? 'Dockerfile';
  const path = /^(?:\/|[A-Za-z]:[\\/])/.test(file) ? file : `${context.replace(/[\\/]$/, '')}/${file}`;
  await need(path, [...at, ...(dockerfile === undefined ? [] : ['dockerfile'])], (shown) => ({
    severity: 'error',
    message: t('{0} is missing but is needed to build {1}', shown, name),
    advice: t('Create the Dockerfile, or set its path in "dockerfile".'),
  }));
}
