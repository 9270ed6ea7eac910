import { type Dockerfile, DockerfileParser } from 'dockerfile-ast';

/** A module of ours, to be loaded later: a bundle in parts gives what is imported later of a CommonJS package its default export alone. */
export function parseDockerfile(text: string): Dockerfile {
  return DockerfileParser.parse(text);
}
