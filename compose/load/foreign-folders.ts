/** Folders in which compose files are other people's, copies, or made by a build: nobody looks for projects there. */
export const foreignFolders: readonly string[] = [
  'node_modules',
  'bower_components',
  'vendor',
  '.git',
  '.venv',
  'dist',
];
