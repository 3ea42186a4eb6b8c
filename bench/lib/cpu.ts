/** Processor time of each process of the platform, from Linux' `/proc`; see proc(5). */
import { exactlyOne, type Pool } from "@evently/shared/postgres";

/** Processor time in µs by part, since the start of the processes. */
export type CpuTimes = ReadonlyMap<string, number>;

/** Linux counts in hundredths of a second (USER_HZ). */
const TICK_US = 10_000;

/** The serving process, whose main thread runs the JavaScript, and the databases of a local PostgreSQL. */
export interface CpuSources {
  pid: number;
  pool: Pool;
  /** Labels of databases by name. */
  databases: ReadonlyMap<string, string>;
}

/** Reads the times; omits what `/proc` does not have, such as a PostgreSQL on another machine. */
export async function readCpuTimes(sources: CpuSources): Promise<CpuTimes> {
  const times = new Map<string, number>();
  function add(name: string, us: number): void {
    times.set(name, (times.get(name) ?? 0) + us);
  }
  for (const task of entriesOf(`/proc/${sources.pid}/task`)) {
    const stat = readStat(`/proc/${sources.pid}/task/${task}/stat`);
    if (stat) add(task === String(sources.pid) ? "JavaScript" : "other threads", stat.cpuUs);
  }
  const postmaster = await exactlyOne(
    sources.pool<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`,
    ({ pid }) => readStat(`/proc/${pid}/stat`)?.parent,
  );
  if (postmaster === undefined) return times;
  for (const pid of entriesOf("/proc")) {
    const stat = readStat(`/proc/${pid}/stat`);
    if (stat?.parent !== postmaster) continue;
    const title = Deno.readTextFileSync(`/proc/${pid}/cmdline`);
    for (const [database, name] of sources.databases) {
      if (title.includes(` ${database} `)) add(name, stat.cpuUs);
    }
  }
  return times;
}

/** Processor time per item in µs by part, largest first. */
export function spentEach(before: CpuTimes, after: CpuTimes, things: number): [string, number][] {
  return [...after]
    .map(([name, us]): [string, number] => [name, (us - (before.get(name) ?? 0)) / things])
    .sort(([, a], [, b]) => b - a);
}

/** Processor time of a process with all of its threads, in ms; to a hundredth of a second. */
export function cpuMsOf(pid: number): number {
  return (readStat(`/proc/${pid}/stat`)?.cpuUs ?? NaN) / 1_000;
}

function entriesOf(directory: string): string[] {
  try {
    return [...Deno.readDirSync(directory)].map(({ name }) => name).filter((name) =>
      /^\d+$/.test(name)
    );
  } catch {
    return [];
  }
}

/** Parent and processor time of a process or thread; `undefined` if it has ended. */
function readStat(path: string): { parent: number; cpuUs: number } | undefined {
  try {
    const text = Deno.readTextFileSync(path);
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return {
      parent: Number(fields[1]),
      cpuUs: (Number(fields[11]) + Number(fields[12])) * TICK_US,
    };
  } catch {
    return undefined;
  }
}
