import type { Workbench } from '../workbench.ts';

export async function checkBeforeUpCommand(_workbench: Workbench, _args: readonly unknown[]): Promise<void> {}
