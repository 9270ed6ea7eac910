import { type Message, say } from '../api/message.ts';
import { shortImageId } from '../project/short-image-id.ts';
import type { Made, Worked } from './last-working.ts';

/** More names of variables than this are not listed. */
const mostNames = 10;

/** What is different between what fails and what of the same service last worked, by names and digests: values are not told. */
export function changesSince(worked: Worked, now: Made & { readonly id: string }): readonly Message[] {
  const changes = worked.id === now.id ? [] : differences(worked, now);
  return [
    said(worked),
    ...(changes.length > 0
      ? changes
      : isSame(worked, now)
        ? [
            say`Image, configuration, and environment are the same as then: look at data, network, and other services.`,
          ]
        : [say`What it was made from is not known in full.`]),
  ];
}

function said({ how, container, at }: Worked): Message {
  const time = new Date(at).toISOString();
  switch (how) {
    case 'healthy':
      return say`${container} was healthy at ${time}.`;
    case 'ran':
      return say`${container} ran without failing until ${time}.`;
    case 'runs':
      return say`${container}, another container of the service, works.`;
  }
}

function differences(before: Made, now: Made): readonly Message[] {
  const changes: Message[] = [];
  const [oldDigest, newDigest] = [before.imageDigest, now.imageDigest];
  if (before.image !== now.image) changes.push(say`Image: ${before.image} then, ${now.image} now.`);
  else if (oldDigest !== undefined && newDigest !== undefined && oldDigest !== newDigest)
    changes.push(
      say`Image: ${now.image} has other content, ${shortImageId(oldDigest)} then, ${shortImageId(newDigest)} now.`,
    );
  const names = otherVariables(before, now);
  if (names.length > 0) changes.push(say`Environment: ${listed(names)} differ.`);
  if (before.configHash !== now.configHash)
    changes.push(
      before.environment === undefined || names.length > 0
        ? say`Configuration: the service's settings in the Compose files, or variables that they use, have changed.`
        : say`Configuration: settings of the service other than its environment have changed.`,
    );
  return changes;
}

/** Of the same container, or of one that was made from the same. */
function isSame(before: Worked, now: Made & { readonly id: string }): boolean {
  return (
    before.id === now.id ||
    (before.configHash !== undefined &&
      before.imageDigest !== undefined &&
      before.imageDigest === now.imageDigest)
  );
}

function otherVariables(before: Made, now: Made): readonly string[] {
  const [old, present] = [before.environment, now.environment];
  if (old === undefined || present === undefined) return [];
  return [...new Set([...Object.keys(old), ...Object.keys(present)])]
    .filter((name) => old[name] !== present[name])
    .sort();
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames ? `${shown}, …` : shown;
}
