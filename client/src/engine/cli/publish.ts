import { type Command, CommandError } from './command.ts';

/** Known, so that it can be refused by name. */
export const publish: Command = {
  name: 'publish',
  usage: '[OPTIONS] REPOSITORY[:TAG]',
  summary: 'Publish compose application',
  arguments: { least: 1, most: 1 },
  options: [
    { name: 'app', type: 'flag', description: 'Published compose application (includes referenced images)' },
    { name: 'oci-version', type: 'text', description: 'OCI image/artifact specification version' },
    { name: 'resolve-image-digests', type: 'flag', description: 'Pin image tags to digests' },
    {
      name: 'with-env',
      type: 'flag',
      description: 'Include environment variables in the published OCI artifact',
    },
    {
      name: 'yes',
      short: 'y',
      type: 'flag',
      description: 'Assume "yes" as answer to all prompts',
    },
  ],
  async run() {
    throw new CommandError(
      'publish is not supported: a Compose application is an artifact of a registry, and the Engine has no way to send one. Use "docker compose publish".',
    );
  },
};
