/** What decides whether one process may enter another, as Linux says it in a container. */
export interface PtraceFacts {
  /** `kernel.yama.ptrace_scope`; 0 where the kernel has no Yama. */
  readonly scope: number;
  /** Whether commands in the container have `CAP_SYS_PTRACE`. */
  readonly capable: boolean;
  /** Whether commands run as the user that the process runs as. */
  readonly sameUser: boolean;
}

/** Why a debugger may not enter a process: the container lacks the capability, or the kernel lets nobody. */
export type PtraceRefusal = 'capability' | 'kernel';

/** Whether a debugger may enter, by the rules of ptrace(2) and of Yama for one that is no ancestor of the process. `undefined`: it may. */
export function ptraceRefusal({ scope, capable, sameUser }: PtraceFacts): PtraceRefusal | undefined {
  if (scope >= 3) return 'kernel';
  if (capable) return undefined;
  return scope === 0 && sameUser ? undefined : 'capability';
}

const separator = '--composure--';

/** Writes what the facts are read from; its argument is the process. */
export const ptraceScript = `cat /proc/sys/kernel/yama/ptrace_scope 2>/dev/null
echo ${separator}; cat /proc/self/status; echo ${separator}; cat "/proc/$1/status"`;

/** Reads what the script wrote. `undefined`: it cannot be known. */
export function readPtraceFacts(text: string): PtraceFacts | undefined {
  const [scope = '', own = '', other = ''] = text.split(separator);
  const capabilities = /^CapEff:\s*([0-9a-f]+)/m.exec(own)?.[1];
  const [ownUser, otherUser] = [own, other].map((status) => /^Uid:\s*\d+\s+(\d+)/m.exec(status)?.[1]);
  if (capabilities === undefined || ownUser === undefined || otherUser === undefined) return undefined;
  return {
    scope: Number(scope.trim() || 0),
    capable: (BigInt(`0x${capabilities}`) & sysPtrace) !== 0n,
    sameUser: ownUser === otherUser,
  };
}

/** `CAP_SYS_PTRACE` is capability 19. */
const sysPtrace = 1n << 19n;
