import { pushImages } from '#engine/operations/push.ts';
import type { Command } from '../frame/command.ts';
import { progressReport } from '../frame/progress-lines.ts';
import { requireServices, withDependencies } from '../frame/service-names.ts';

export const push: Command = {
  name: 'push',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Push service images',
  options: [
    {
      name: 'ignore-push-failures',
      type: 'flag',
      description: 'Push what it can and ignores images with push failures',
    },
    {
      name: 'include-deps',
      type: 'flag',
      description: 'Also push images of services declared as dependencies',
    },
    { name: 'quiet', short: 'q', type: 'flag', description: 'Push without printing progress information' },
  ],

  async run(context) {
    const { options, signal } = context;
    const named = context.arguments;
    const loaded = await context.project({ services: named });
    requireServices({ name: loaded.project.name, loaded }, named);
    const wanted =
      named.length === 0
        ? Object.keys(loaded.project.services)
        : options.flag('include-deps')
          ? withDependencies(loaded.project, named)
          : named;
    const report = options.flag('quiet') ? () => {} : progressReport(context);
    const failures = { ignoreFailures: options.flag('ignore-push-failures') };
    await pushImages(await context.engine(), loaded.project, wanted, failures, report, signal);
    return 0;
  },
};
