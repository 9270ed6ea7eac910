import type { DeployReport } from '#engine/operations/deploy-report.ts';
import { outcomeMessages, stepMessages } from '#engine/operations/deploy-text.ts';
import { shortImageId } from '#engine/project/short-image-id.ts';
import { sizeText } from '../files/file-look.ts';
import { messageText, type Translate } from '../shared/translate.ts';

/** What a deploy came to, to be read: how it ended and why, each step with its time, images that changed, snapshots. `reasons`: in the reader's language, secrets masked. */
export function reportDocument(report: DeployReport, reasons: readonly string[], t: Translate): string {
  const { steps, images, snapshots } = report;
  const sections = [
    `${outcomeLine(report, t)}\n${reasons.map((reason) => `! ${reason}\n`).join('')}`,
    section(
      t('Steps'),
      steps.map(
        ({ step, isDone, seconds }) =>
          `${isDone ? ' ' : '!'} ${messageText(stepMessages[step], t)}: ${isDone ? t('{0} s', seconds.toFixed(1)) : t('failed after {0} s', seconds.toFixed(1))}`,
      ),
    ),
    section(
      t('Images'),
      images.flatMap(({ reference, before, after }) => [
        `  ${reference}`,
        ...(before === undefined ? [] : [`-   ${shortImageId(before)}`]),
        ...(after === undefined ? [] : [`+   ${shortImageId(after)}`]),
      ]),
    ),
    section(
      t('Snapshots'),
      snapshots.map(({ volume, file, bytes }) => `  ${volume}: ${file} (${sizeText(bytes, t)})`),
    ),
  ];
  return sections.filter((text) => text !== '').join('\n');
}

/** In one line: `shop: deployed`. */
export function outcomeLine({ project, outcome }: DeployReport, t: Translate): string {
  return `${project}: ${messageText(outcomeMessages[outcome], t)}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `@@ ${title} @@\n${lines.join('\n')}\n`;
}
