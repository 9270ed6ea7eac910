import { projectYaml } from '#compose/model/print-project.ts';
import { registryHost } from '#compose/registry/address.ts';
import type { Node } from '#compose/syntax/node.ts';
import { registryOf } from '#engine/api/registry-auth-header.ts';
import { registryUser } from '#engine/image-build/buildkit/registry-user.ts';
import { pushImages } from '#engine/operations/push.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import {
  artifactLayers,
  artifactManifest,
  type Descriptor,
  digestOf,
  fileLayer,
  imagesIndex,
  type Layer,
  media,
} from '#engine/publish/artifact.ts';
import { copyImage } from '#engine/remote/copy-image.ts';
import { RegistryPull } from '#engine/remote/registry-pull.ts';
import { onlyBuilt, publishQuestions, withLocalIncludes } from '#engine/publish/publish-checks.ts';
import { RegistryPush } from '#engine/publish/registry-client.ts';
import type { Command, CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { progressReport } from '../frame/progress-lines.ts';
import { answerOn } from '../frame/prompt.ts';

/** What a command ends with that the user thought better of. */
const declined = 130;

export const publish: Command = {
  name: 'publish',
  usage: '[OPTIONS] REPOSITORY[:TAG]',
  summary: 'Publish compose application',
  arguments: { least: 1, most: 1, words: 'docker' },
  options: [
    {
      name: 'app',
      type: 'flag',
      description: 'Published compose application (includes referenced images)',
    },
    { name: 'insecure-registry', type: 'flag', description: 'Use insecure registry', hidden: true },
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
  async run(context) {
    const { options, errors, signal, global } = context;
    const [reference = ''] = context.arguments;
    const version = options.text('oci-version');
    if (version !== undefined && version !== '1.0' && version !== '1.1')
      throw new CommandError(`invalid --oci-version ${version}: there are 1.0 and 1.1`);
    const loaded = await context.project({ allProfiles: true });
    const built = onlyBuilt(loaded);
    if (built.length > 0)
      throw new CommandError(
        `your Compose stack cannot be published as it only contains a build section for service(s):\n${built.map((name) => `- "${name}"\n`).join('')}`,
      );
    if ((await withLocalIncludes(loaded)).length > 0)
      throw new CommandError('cannot publish compose file with local includes');
    const withEnv = options.flag('with-env');
    const answer = answerOn(context, options.flag('yes'));
    for (const question of await publishQuestions(loaded, { withEnv }))
      if (!(await answer(question))) return declined;
    const names = Object.keys(loaded.project.services).filter(
      (name) => loaded.project.services[name]?.build !== undefined,
    );
    if (names.length > 0)
      await pushImages(
        await context.engine(),
        loaded.project,
        names,
        { ignoreFailures: true },
        progressReport(context),
        signal,
      );
    const layers = [...(await artifactLayers(loaded.files, { withEnv }))];
    const isWhole = options.flag('app');
    if (isWhole || options.flag('resolve-image-digests')) {
      const { withDigests, imagesOnly } = await import('./config-digests.ts');
      const pinned = await withDigests(imagesOnly(loaded.project), await context.engine(), signal);
      layers.push(
        fileLayer(
          'image-digests.yaml',
          projectYaml(pinned, withoutEntries(loaded.tree)).replace(/^name: ""\n/, ''),
        ),
      );
    }
    errors.write(` ${reference} publishing \n`);
    const images = isWhole ? imagesOf(loaded) : [];
    if (!global.dryRun) await send(context, reference, layers, images, version);
    errors.write(` ${reference} published \n`);
    return 0;
  },
};

/** An override of images has no extensions. */
function withoutEntries(tree: Node): Node {
  return tree.kind === 'map' ? { ...tree, entries: [] } : tree;
}

/** What the services run, each image once. */
function imagesOf({ project }: LoadedProject): readonly string[] {
  return [...new Set(Object.values(project.services).flatMap(({ image }) => image ?? []))];
}

/** As OCI 1.1, and as 1.0 to a registry that does not know that, unless it is said which. */
async function send(
  context: CommandContext,
  reference: string,
  layers: readonly Layer[],
  images: readonly string[],
  version: '1.0' | '1.1' | undefined,
): Promise<void> {
  const { options, signal } = context;
  const credentials = await (await context.engine()).credentials(signal);
  const loginAt = (name: string) => registryUser(credentials, registryHost(registryOf(name)));
  const login = loginAt(reference);
  const registry = new RegistryPush(
    { reference, login, insecure: options.flag('insecure-registry') },
    signal,
  );
  for (const layer of layers) await registry.blob(layer);
  const now = new Date();
  const copied: Descriptor[] = [];
  for (const each of version === undefined ? (['1.1', '1.0'] as const) : [version]) {
    const { config, manifest, mediaType } = artifactManifest(layers, each, now);
    await registry.blob(config);
    if (!(await registry.manifest(manifest, mediaType))) continue;
    if (images.length === 0) return;
    if (copied.length === 0)
      for (const image of images)
        copied.push(await copyImage(new RegistryPull(image, loginAt(image), signal), registry));
    const index = imagesIndex(manifest, each, copied);
    if (await registry.manifest(index, media.index, digestOf(index))) return;
  }
  throw new CommandError(`${reference}: the registry does not take artifacts`);
}
