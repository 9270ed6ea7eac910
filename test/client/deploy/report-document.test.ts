import { expect, it } from 'vitest';
import type { DeployReport } from '#engine/operations/deploy-report.ts';
import { outcomeLine, reportDocument } from '../../../client/src/deploy/report-document.ts';
import { english } from '../translate.ts';

const report: DeployReport = {
  project: 'shop',
  outcome: 'rolled-back',
  steps: [
    { step: 'check', isDone: true, seconds: 0.2 },
    { step: 'snapshot', isDone: true, seconds: 1.25 },
    { step: 'update', isDone: false, seconds: 12 },
    { step: 'back', isDone: true, seconds: 3 },
  ],
  snapshots: [{ volume: 'shop_db', file: '/shop/snapshots/shop_db.tar.gz', bytes: 12_300_000 }],
  images: [{ reference: 'shop:2', before: undefined, after: `sha256:${'a'.repeat(64)}` }],
  errors: [],
};

it('tells how it ended and why, then steps, images and snapshots', () => {
  expect(reportDocument(report, ['shop-web-2 is unhealthy'], english)).toBe(`\
shop: the new version failed; what ran before runs again
! shop-web-2 is unhealthy

@@ Steps @@
  check and first plan: 0.2 s
  snapshots of volumes: 1.3 s
! update: failed after 12.0 s
  way back: 3.0 s

@@ Images @@
  shop:2
+   aaaaaaaaaaaa

@@ Snapshots @@
  shop_db: /shop/snapshots/shop_db.tar.gz (12 MB)
`);
});

it('has no sections for what there is not', () => {
  const nothing: DeployReport = { ...report, outcome: 'unchanged', steps: [], snapshots: [], images: [] };
  expect(reportDocument(nothing, [], english)).toBe(`${outcomeLine(nothing, english)}\n`);
});
