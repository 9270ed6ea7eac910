/** Ports of containers on far engines that are reached on this machine, by container and published port. */
const forwarded = new Map<string, number>();

/** The number on this machine; `undefined`: it is not forwarded. */
export function forwardedTo(container: string, port: number): number | undefined {
  return forwarded.get(`${container} ${port}`);
}

/** What is forwarded now, in place of what was. Whether that is something else. */
export function setForwarded(
  ports: readonly { readonly container: string; readonly port: number; readonly local: number }[],
): boolean {
  const before = JSON.stringify([...forwarded]);
  forwarded.clear();
  for (const { container, port, local } of ports) forwarded.set(`${container} ${port}`, local);
  return JSON.stringify([...forwarded]) !== before;
}
