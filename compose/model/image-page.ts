/** The web page of an image or model, where its registry has one people can read. */
export function imagePage(reference: string): string | undefined {
  const name = withoutTag(reference);
  if (name === undefined) return undefined;
  const slash = name.indexOf('/');
  const host = slash === -1 ? '' : name.slice(0, slash);
  if (!isHost(host)) return dockerHub(name);
  const repository = name.slice(slash + 1);
  switch (host) {
    case 'docker.io':
    case 'index.docker.io':
      return dockerHub(repository);
    case 'ghcr.io':
    case 'hf.co':
      return `https://${host}/${repository}`;
    case 'mcr.microsoft.com':
      return `https://mcr.microsoft.com/artifact/mar/${repository}`;
    case 'quay.io':
      return `https://quay.io/repository/${repository}`;
    default:
      return undefined;
  }
}

/** The text of an image reference up to its tag or digest, which is also what a link underlines. */
export function withoutTag(reference: string): string | undefined {
  const name = /^((?:[\w.-]+(?::\d+)?\/)?[a-zA-Z0-9._/-]*[a-zA-Z0-9])(?::[\w.-]*)?(?:@[\w:]+)?$/.exec(
    reference,
  )?.[1];
  return name === undefined || (isHost(name) && !name.includes('/')) ? undefined : name;
}

function isHost(text: string): boolean {
  return text.includes('.') || text.includes(':') || text === 'localhost';
}

function dockerHub(name: string): string {
  const repository = name.replace(/^library\//, '');
  return repository.includes('/')
    ? `https://hub.docker.com/r/${repository}`
    : `https://hub.docker.com/_/${repository}`;
}
