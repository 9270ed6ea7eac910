import { basename } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

interface Tally {
  equal: number;
  differing: number;
  failed: number;
  skipped: number;
}

/** Prints, for each group of recorded cases, how many give what was recorded; and every failure. */
// biome-ignore lint/style/noDefaultExport: the test runner loads reporters by their default export
export default class ConformanceReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const groups = new Map<string, Tally>();
    const failures: string[] = [];
    for (const module of modules) {
      for (const error of module.errors()) failures.push(`${module.moduleId}: ${error.message}`);
      for (const test of module.children.allTests()) {
        const group = groupOf(test, module);
        const tally = groups.get(group) ?? { equal: 0, differing: 0, failed: 0, skipped: 0 };
        groups.set(group, tally);
        const result = test.result();
        if (result.state === 'failed') {
          tally.failed++;
          failures.push(`${group} ${test.name}\n  ${result.errors[0]?.message.replaceAll('\n', '\n  ')}`);
        } else if (result.state === 'skipped') tally.skipped++;
        else if (/ differs: /.test(test.name)) tally.differing++;
        else tally.equal++;
      }
    }
    for (const failure of failures) process.stdout.write(`${failure}\n\n`);
    for (const [group, tally] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
      process.stdout.write(`${group.padEnd(28)} ${describe(tally)}\n`);
    }
  }
}

function describe({ equal, differing, failed, skipped }: Tally): string {
  const total = equal + differing + failed;
  if (total === 0) return `skipped: there is no corpus beside the checkout (${skipped})`;
  const parts = [`${equal}/${total} equal`];
  if (differing > 0) parts.push(`${differing} differ on purpose`);
  if (failed > 0) parts.push(`${failed} failed`);
  return parts.join(', ');
}

/** `rec_merge` of `rec_merge-0012`; the file where cases have no such names. */
function groupOf(test: TestCase, module: TestModule): string {
  return /\b((?:rec|gen)_\w+?)-\d/.exec(test.name)?.[1] ?? basename(module.moduleId, '.test.ts');
}
