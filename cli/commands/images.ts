import type { EnginePort } from '#engine/api/engine-port.ts';
import { ignoreMissing } from '#engine/api/ignore-missing.ts';
import type { ContainerSummary, ImageDetails } from '#engine/api/engine-objects.ts';
import type { Command } from '../frame/command.ts';
import { formatIn } from '../frame/session.ts';
import { goJson } from '../frame/go-json.ts';
import { listServiceContainers } from '../frame/service-names.ts';
import { decimalSize } from '#engine/project/format-size.ts';
import { shortImageId } from '#engine/project/short-image-id.ts';
import { formatTable } from '../frame/table.ts';
import { timeAgo } from '../frame/time-ago.ts';
import { splitReference, versionOf } from '#compose/values/image-reference.ts';

export const images: Command = {
  name: 'images',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'List images used by the created containers',
  options: [
    {
      name: 'format',
      type: 'text',
      default: 'table',
      description: 'Format the output. Values: [table | json]',
    },
    { name: 'quiet', short: 'q', type: 'flag', description: 'Only display IDs' },
  ],

  async run(context) {
    const { options, output, signal } = context;
    const services = context.arguments;
    const format = formatIn(options, ['table', 'json']);
    const target = await context.target({ allProfiles: true });
    const engine = await context.engine();
    const listed = { all: true, oneOff: true };
    const containers = await listServiceContainers(engine, target.name, services, listed, signal);
    const details = await inspectAll(engine, containers, signal);
    if (options.flag('quiet')) {
      const ids = new Set(containers.map(({ imageId }) => imageId.replace(/^sha256:/, '')));
      output.write([...ids].map((id) => `${id}\n`).join(''));
      return 0;
    }
    const rows = containers.map((container) => toRow(container, details.get(container.imageId)));
    if (format === 'json') output.write(`${goJson(rows)}\n`);
    else
      output.write(
        formatTable(
          ['CONTAINER', 'REPOSITORY', 'TAG', 'PLATFORM', 'IMAGE ID', 'SIZE', 'CREATED'],
          rows.map((row) => [
            row.ContainerName,
            row.Repository || '<none>',
            row.Tag || '<none>',
            row.Platform,
            shortImageId(row.ID),
            decimalSize(row.Size),
            row.LastTagTime === undefined
              ? 'N/A'
              : `${timeAgo(Date.now() - Date.parse(row.LastTagTime))} ago`,
          ]),
          { least: 20 },
        ),
      );
    return 0;
  },
};

async function inspectAll(
  engine: EnginePort,
  containers: readonly ContainerSummary[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ImageDetails>> {
  const ids = [...new Set(containers.map(({ imageId }) => imageId))];
  const found = await Promise.all(
    ids.map(async (id) => [id, await ignoreMissing(engine.inspectImage(id, signal))] as const),
  );
  return new Map(found.flatMap(([id, image]) => (image === undefined ? [] : [[id, image] as const])));
}

function toRow(container: ContainerSummary, image: ImageDetails | undefined) {
  const { repository, tag } = splitTag(container.image);
  const platform = [image?.os, image?.architecture, image?.variant].filter(
    (part) => part !== undefined && part !== '',
  );
  const tagged = image?.lastTagTime;
  return {
    ID: container.imageId,
    ContainerName: container.name,
    Repository: repository,
    Tag: tag,
    Platform: platform.join('/'),
    Size: image?.size ?? 0,
    ...(tagged === undefined || tagged.startsWith('0001') ? {} : { LastTagTime: tagged }),
  };
}

/** An image that was known by its id alone has neither. */
function splitTag(reference: string): { readonly repository: string; readonly tag: string } {
  if (reference.startsWith('sha256:')) return { repository: '', tag: '' };
  const parts = splitReference(reference);
  const tag = parts.digest === undefined ? versionOf(parts) : (parts.tag ?? '');
  return { repository: parts.name, tag };
}
