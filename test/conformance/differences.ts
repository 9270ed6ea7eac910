/** Recorded cases in which this project does something else than Docker Compose, or cannot do the same, and why. At most one in a hundred. */
export const differences: ReadonlyMap<string, string> = new Map([
  [
    'rec_load-0047',
    'The working directory is relative, which no command makes it; the reference joins it twice.',
  ],
  ['rec_load-0147', 'The reference takes a network named x-… for an extension, and the service loses it.'],
  ['rec_load-0155', 'Includes from a loader that the test defines itself.'],
  ['rec_load-0157', 'Extends from a loader that the test defines itself.'],
  ['rec_cli-0015', 'The hash was taken of a path that the record shows under another name.'],
  ['rec_cli-0024', 'The hash was taken of a path that the record shows under another name.'],
  [
    'rec_dotenv-0048',
    'The record shows a backspace and a form feed as two characters each; Docker Compose has one of each.',
  ],
  ['rec_interpolate-0003', 'Takes a variable from the process that ran the test.'],
  ['rec_interpolate-0035', 'Casts at paths that only the test has.'],
  ['rec_template-0063', 'Substitutes with a function that the test defines itself.'],
  ...[3, 4, 5, 6, 7, 8, 9].map(
    (number) => [`rec_transform-000${number}`, 'Default values that the test registers itself.'] as const,
  ),
  ['rec_cli-0020', 'The record does not say what stood on standard input.'],
]);
