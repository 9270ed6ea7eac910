import type { ContainerState, DiskUsage, ImageLayer } from '../engine-objects.ts';
import { isLive } from '../is-live.ts';

type Answer = Readonly<Record<string, unknown>>;

/** Lines of an image's history; what is missing is nothing. */
export function toLayers(raw: unknown): readonly ImageLayer[] {
  return listOf(raw).map((layer) => ({
    createdAt: numberOf(layer.Created) * 1000,
    createdBy: textOf(layer.CreatedBy),
    size: numberOf(layer.Size),
  }));
}

/** An engine says -1 for what it has not measured. */
export function toDiskUsage(raw: unknown): DiskUsage {
  const answer = recordOf(raw);
  const cache = listOf(answer.BuildCache).filter(({ Shared }) => Shared !== true);
  return {
    layers: numberOf(answer.LayersSize),
    images: listOf(answer.Images).map((image) => ({
      id: textOf(image.Id),
      name: firstOf(image.RepoTags) ?? textOf(image.Id),
      size: numberOf(image.Size),
      shared: numberOf(image.SharedSize),
      containers: numberOf(image.Containers),
    })),
    containers: listOf(answer.Containers).map((container) => ({
      id: textOf(container.Id),
      name: (firstOf(container.Names) ?? '').replace(/^\//, ''),
      size: numberOf(container.SizeRw),
      isRunning: isLive({ state: textOf(container.State) as ContainerState }),
    })),
    volumes: listOf(answer.Volumes).map((volume) => ({
      id: textOf(volume.Name),
      name: textOf(volume.Name),
      size: numberOf(recordOf(volume.UsageData).Size),
      containers: numberOf(recordOf(volume.UsageData).RefCount),
    })),
    cache: {
      size: sum(cache),
      free: sum(cache.filter(({ InUse }) => InUse !== true)),
    },
  };
}

function sum(all: readonly Answer[]): number {
  return all.reduce((size, each) => size + numberOf(each.Size), 0);
}

function recordOf(value: unknown): Answer {
  return typeof value === 'object' && value !== null ? (value as Answer) : {};
}

function listOf(value: unknown): readonly Answer[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}

function firstOf(value: unknown): string | undefined {
  return Array.isArray(value) && typeof value[0] === 'string' && value[0] !== '<none>:<none>'
    ? value[0]
    : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 0;
}
