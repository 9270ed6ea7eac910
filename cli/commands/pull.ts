import { inspectImages, pullImages } from '#engine/operations/pull.ts';
import { imageName } from '#engine/project/names.ts';
import { onDefaultPlatform } from '#engine/project/platforms.ts';
import type { Command } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import type { ImagePull } from '#engine/plan/reconcile/reconcile-context.ts';
import { progressReport } from '../frame/progress-lines.ts';
import { requireServices, withDependencies } from '../frame/service-names.ts';
import { splitReference, versionOf } from '#compose/values/image-reference.ts';
import { recordOf } from '#compose/values/record.ts';

export const pull: Command = {
  name: 'pull',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Pull service images',
  options: [
    { name: 'ignore-buildable', type: 'flag', description: 'Ignore images that can be built' },
    {
      name: 'ignore-pull-failures',
      type: 'flag',
      description: 'Pull what it can and ignores images with pull failures',
    },
    { name: 'include-deps', type: 'flag', description: 'Also pull services declared as dependencies' },
    { name: 'policy', type: 'text', description: 'Apply pull policy ("missing"|"always")' },
    { name: 'quiet', short: 'q', type: 'flag', description: 'Pull without printing progress information' },
  ],

  async run(context) {
    const { options, signal } = context;
    const named = context.arguments;
    const policy = options.text('policy');
    if (policy !== undefined && policy !== 'missing' && policy !== 'always')
      throw new CommandError(`invalid --policy option ${JSON.stringify(policy)}`);
    const loaded = await context.project({ services: named });
    const { project } = loaded;
    requireServices({ name: project.name, loaded }, named);
    const wanted =
      named.length === 0
        ? Object.keys(project.services)
        : options.flag('include-deps')
          ? withDependencies(project, named)
          : named;
    const report = options.flag('quiet') ? () => {} : progressReport(context);
    const engine = await context.engine();
    const services = recordOf(Object.entries(project.services).filter(([name]) => wanted.includes(name)));
    const images = await inspectImages(engine, project.name, services, signal);
    const buildable = new Set<string>();
    const pulls = new Map<string, ImagePull>();
    for (const [name, service] of Object.entries(services)) {
      if (service.provider !== undefined) continue;
      const reference = imageName(project.name, name, service);
      if (service.build !== undefined) {
        buildable.add(reference);
        if (options.flag('ignore-buildable') || service.image === undefined) {
          const detail = service.image === undefined ? 'No image to be pulled' : 'Image can be built';
          report({ kind: 'image', name: reference, status: 'Skipped', detail });
          continue;
        }
      }
      const effective = policy ?? service.pull_policy ?? 'always';
      const skipped =
        effective === 'never' || effective === 'build'
          ? `its pull policy is ${effective}`
          : // A tag that moves is worth asking for again.
            isOnlyIfMissing(effective) && images[reference] !== undefined && !isLatest(reference)
            ? 'it is already there'
            : undefined;
      if (skipped !== undefined) {
        report({ kind: 'image', name: reference, status: 'Skipped', detail: skipped });
        continue;
      }
      pulls.set(reference, {
        reference,
        ...(service.platform === undefined ? {} : { platform: service.platform }),
      });
    }
    const mayFail = (reference: string) => options.flag('ignore-pull-failures') || buildable.has(reference);
    const wantedPulls = onDefaultPlatform([...pulls.values()], loaded.environment);
    const failed = new Set<string>();
    const noting: typeof report = (event) => {
      if (event.status === 'Warning' || event.status === 'Error') failed.add(event.name);
      report(event);
    };
    await pullImages(engine, wantedPulls, mayFail, noting, signal).finally(() => {
      const toBuild = Object.keys(services).filter((name) => {
        const service = services[name];
        return service?.build !== undefined && failed.has(imageName(project.name, name, service));
      });
      if (toBuild.length > 0)
        context.errors.write(
          `Some service image(s) must be built from source by running:\n    docker compose build ${toBuild.join(' ')}\n`,
        );
    });
    return 0;
  },
};

function isOnlyIfMissing(policy: string): boolean {
  return policy === 'missing' || policy === 'if_not_present';
}

function isLatest(reference: string): boolean {
  return versionOf(splitReference(reference)) === 'latest';
}
