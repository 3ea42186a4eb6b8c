/** Number of `sched_setattr(2)`, which few C libraries have a function for. */
const SYS_SCHED_SETATTR: Partial<Record<typeof Deno.build.arch, number>> = {
  x86_64: 314,
  aarch64: 274,
};
const CALLING_THREAD = 0n;
const SCHED_OTHER = 0;
/** The least: about a 68th of what a thread of usual priority gets, where both want the same core. */
const LEAST_NICE = 19;
/** The shortest turn that Linux gives (from 6.12 on): so soon whoever else wants the core has it. */
const TURN_NS = 100_000n;
const SCHED_ATTR_BYTES = 48;

/**
 * Lets every other thread go before this one, where the system knows such a thing (Linux, with
 * `--allow-ffi`). For a thread with work of its own, such as a worker's.
 *
 * @returns whether it worked
 */
export function runInBackground(): boolean {
  const number = SYS_SCHED_SETATTR[Deno.build.arch];
  if (Deno.build.os !== "linux" || number === undefined) return false;
  try {
    const libc = Deno.dlopen("libc.so.6", {
      syscall: { parameters: ["i64", "i64", "buffer", "i64"], result: "i64" },
    });
    const failed = libc.symbols.syscall(BigInt(number), CALLING_THREAD, schedulingAttributes(), 0n);
    libc.close();
    return failed === 0n;
  } catch {
    return false; // another libc, or no permission
  }
}

/** `struct sched_attr` of sched_setattr(2). */
function schedulingAttributes(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(SCHED_ATTR_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, SCHED_ATTR_BYTES, true);
  view.setUint32(4, SCHED_OTHER, true);
  view.setInt32(16, LEAST_NICE, true);
  view.setBigUint64(24, TURN_NS, true);
  return bytes;
}
