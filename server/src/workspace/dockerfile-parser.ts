// A module of ours: a bundle in parts gives what is imported later of a CommonJS package its default export alone.
export { DockerfileParser } from 'dockerfile-ast';
