/** The port of a Delve that runs a program for its client: `dlv exec --headless --listen=127.0.0.1:2345`. */
export function headlessPort(args: readonly string[]): number | undefined {
  if (!/(?:^|\/)dlv$/.test(args[0] ?? '') || !args.includes('--headless')) return undefined;
  const port = Number(args.map((arg) => /^--listen=.*:(\d+)$/.exec(arg)?.[1]).find(Boolean));
  return port > 0 ? port : undefined;
}
