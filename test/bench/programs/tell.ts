/** Ends a program of the bench: what it took and what it came to, as the one line its parent reads. */
export function tell(
  result: unknown,
  since: NodeJS.CpuUsage = { user: 0, system: 0 },
  until: NodeJS.CpuUsage = process.cpuUsage(),
): void {
  const cpu = (until.user + until.system - since.user - since.system) / 1000;
  const memory = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ cpu, memory, result })}\n`);
}
