// Programs out of extracted packages, made to run from where they are.
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { run } from './processes.mjs';

/**
 * Links the named programs of an extracted system into `target/bin`, those that are there. Built for another Debian they need that Debian's
 * libc: each is told where the extracted one is, which is why `patchelf` and its `libstdc++6` must be among the packages.
 *
 * @param {string} root What was extracted.
 * @param {string} target
 * @param {readonly string[]} names
 * @param {{ rpath?: boolean }} [options] `rpath: false`: for programs that do not bear being told where their libraries are. They want
 *   `LD_LIBRARY_PATH`, set to the `libraries` that are returned.
 * @returns {Promise<{ bin: string, libraries: string, find: (name: string) => string | undefined, everyFile: readonly string[] }>}
 *   `find`: the path of a program.
 */
export async function linkPrograms(root, target, names, { rpath = true } = {}) {
  const everyFile = await filesBelow(root);
  const find = (/** @type {string} */ name) =>
    everyFile.find(
      (file) => basename(file) === name && /\/(s?bin|libexec\/docker|xtables|podman|openssh)\//.test(file),
    );
  const loader = everyFile.find((file) => /\/ld-linux[^/]*\.so\.\d$/.test(file) && !file.includes('/lib64/'));
  const patchelf = find('patchelf');
  if (!loader || !patchelf) throw new Error(`the packages in ${root} lack ld.so or patchelf`);
  const folders = everyFile.filter((file) => /\.so\.\d/.test(file)).map((file) => join(file, '..'));
  const libraries = [...new Set(folders)].join(':');

  const bin = join(target, 'bin');
  await mkdir(bin, { recursive: true });
  for (const name of names) {
    const file = find(name);
    if (!file) continue;
    const patch = (/** @type {string[]} */ ...options) =>
      run(loader, ['--library-path', libraries, patchelf, ...options, file], { acceptFailure: true });
    // Scripts and static programs have no interpreter to be told.
    if ((await patch('--print-interpreter')).code === 0) {
      const told = rpath ? ['--force-rpath', '--set-rpath', libraries] : [];
      const patched = await patch('--set-interpreter', loader, ...told);
      if (patched.code !== 0) throw new Error(`patchelf ${file}: ${patched.stderr}`);
    }
    await symlink(file, join(bin, name));
  }
  return { bin, libraries, find, everyFile };
}

/** @param {string} folder @returns {Promise<string[]>} */
async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
