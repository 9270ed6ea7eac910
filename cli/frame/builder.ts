import type { LoadedProject } from '#compose/load/request.ts';
import type { BuildOptions } from '#engine/image-build/build-options.ts';
import type { UpOptions } from '#engine/operations/up.ts';
import type { CommandContext } from './command.ts';

/** Builds with what the builder prints on the output, as Docker Compose has it, unless `quiet`. */
export function builderOf(
  context: CommandContext,
  loaded: LoadedProject,
  options: BuildOptions & { readonly quiet?: boolean } = {},
): NonNullable<UpOptions['build']> {
  const { environment, output, global } = context;
  const quiet = options.quiet === true || global.progress === 'quiet';
  return async (services, report, signal) => {
    const { buildServices } = await import('#engine/image-build/build-services.ts');
    await buildServices(
      await context.engine(),
      loaded,
      services,
      {
        classic: environment.DOCKER_BUILDKIT === '0',
        inOrder: /^(?:0|f|false)$/i.test(environment.COMPOSE_BAKE ?? ''),
        ...options,
        ...(quiet ? {} : { onOutput: (service, line) => output.write(`${service}: ${line}\n`) }),
      },
      report,
      signal,
    );
  };
}
