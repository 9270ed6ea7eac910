import { say } from '../api/message.ts';
import type { Finding } from './explanation.ts';
import type { FailureFacts } from './facts.ts';
import { explainPublished } from './published-ports.ts';

/** Why a service is unhealthy, from what its probe wrote last. */
export function explainHealth(facts: FailureFacts): Finding {
  const { service, container } = facts;
  const output = container?.healthOutput?.trim() ?? '';
  const seen = { from: 'health', text: output } as const;
  const missing =
    /exec:? "?([^":]+)"?: (?:stat [^:]+: )?(?:executable file not found|no such file)/.exec(output) ??
    /(?:^|\n)(?:\/bin\/)?(?:ba|da|a)?sh: (?:line )?(?:\d+: )?([^\s:]+): (?:command )?not found/.exec(output);
  if (missing !== null)
    return {
      cause: 'probe-program-missing',
      what: say`The health check of ${service} runs ${missing[1] ?? ''}, which the image does not have.`,
      fixes: [say`Install it in the image, or check with a program that the image has, such as wget or nc.`],
      attribute: 'healthcheck',
      seen,
    };
  if (/Health check exceeded timeout/.test(output))
    return {
      cause: 'probe-timeout',
      what: say`The health check of ${service} timed out.`,
      fixes: [say`Raise "healthcheck.timeout", or find out why the program answers slowly.`],
      attribute: 'healthcheck',
      seen,
    };
  const port = /(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)[: ](?:port )?(\d+)/.exec(
    [...(container?.command ?? []), output].join(' '),
  )?.[1];
  const refused = /refused|couldn't connect|could not connect/i.test(output);
  if (refused) return notListening(facts, port, output);
  return {
    cause: 'probe-failed',
    what:
      output === ''
        ? say`The health check of ${service} fails, and writes nothing.`
        : say`The health check of ${service} fails: ${output.split('\n').at(-1) ?? ''}`,
    fixes: [say`Run the health check in the container, and look at the log of ${service}.`],
    attribute: 'healthcheck',
    seen,
  };
}

function notListening(facts: FailureFacts, port: string | undefined, output: string): Finding {
  const { service, container } = facts;
  const listeners = container?.listeners;
  const others = listeners?.map((each) => String(each.port)) ?? [];
  const seen = { from: 'health', text: output } as const;
  const published = explainPublished(facts);
  if (published?.cause === 'nobody-listens' && others.length === 0) return { ...published, seen };
  return {
    cause: 'nobody-listens',
    what:
      others.length === 0
        ? port === undefined
          ? say`The health check of ${service} is refused: nothing listens on the port that it calls.`
          : say`The health check of ${service} is refused: nothing listens on port ${port}.`
        : say`The health check of ${service} is refused: nothing listens on the port that it calls. The program listens on ${others.join(', ')}.`,
    fixes: [
      say`Make the health check call the port that the program listens on, or correct the port of the program.`,
    ],
    attribute: 'healthcheck',
    seen,
  };
}
