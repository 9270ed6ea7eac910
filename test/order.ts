import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that make a swarm wait for each other, side by side as well: a machine has one. They are begun far apart. */
const first = 'test/engine/live/swarm-interop.test.ts';
const last = 'test/engine/live/swarm.test.ts';

/** Long files before short ones, as Vitest orders them, so that workers end together. */
export class FileOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      moduleId.endsWith(first) ? 0 : moduleId.endsWith(last) ? 2 : 1;
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
