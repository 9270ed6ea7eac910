import { checks } from './en/checks.ts';
import { common } from './en/common.ts';
import { dockerRun } from './en/docker-run.ts';
import { kubernetes } from './en/kubernetes.ts';
import { loading } from './en/loading.ts';
import { project } from './en/project.ts';
import { schema } from './en/schema.ts';
import { syntax } from './en/syntax.ts';
import { values } from './en/values.ts';

/**
 * Everything that is said about a project, in English: the sentences of problems by their code, with what distinguishes several of one code behind a dot.
 * Names in braces stand for values. Docker Compose's own words, where they are its output, stay as they are.
 */
export const english = {
  ...common,
  ...syntax,
  ...schema,
  ...values,
  ...loading,
  ...project,
  ...checks,
  ...kubernetes,
  ...dockerRun,
} as const;
