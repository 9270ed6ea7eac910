/** Names of one processor, as engines, kernels and images have them. */
const others: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  armv7l: 'arm',
  armhf: 'arm',
  i686: '386',
  i386: '386',
};

/** A processor as images name it. */
export function architectureOf(processor: string): string {
  return others[processor] ?? processor;
}
