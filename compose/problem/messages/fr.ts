import type { english } from './en.ts';
import { checks } from './fr/checks.ts';
import { common } from './fr/common.ts';
import { dockerRun } from './fr/docker-run.ts';
import { kubernetes } from './fr/kubernetes.ts';
import { loading } from './fr/loading.ts';
import { project } from './fr/project.ts';
import { schema } from './fr/schema.ts';
import { syntax } from './fr/syntax.ts';
import { values } from './fr/values.ts';

/** `en.ts` in French. What a compose file has to have in it stands between straight quotes or as it is. */
export const french: Readonly<Record<keyof typeof english, string>> = {
  ...common,
  ...syntax,
  ...schema,
  ...values,
  ...loading,
  ...project,
  ...checks,
  ...kubernetes,
  ...dockerRun,
};
