import { dirname, join } from "node:path";
import { shortHash } from "./hash.ts";

/** The account that PostgreSQL runs as; `undefined` is our own. */
export type Account = { uid: number; gid: number } | undefined;

const UNPRIVILEGED = "nobody";
const OTHERS_MAY_ENTER = 0o001;
/** Survives a reboot, and everyone may enter it. */
const OPEN_PARENT = "/var/tmp";

/**
 * PostgreSQL refuses to run as root, so that root (in containers, on build machines) lends it `nobody`.
 *
 * @throws {Error} there is no such account
 */
export async function serverAccount(): Promise<Account> {
  if (Deno.uid() !== 0) return undefined;
  const passwd = await Deno.readTextFile("/etc/passwd");
  const entry = passwd.split("\n").map((line) => line.split(":"))
    .find(([name]) => name === UNPRIVILEGED);
  if (!entry) {
    throw new Error(
      `Cannot start the embedded PostgreSQL as root needs the account ${UNPRIVILEGED} for it: ` +
        "it is not in /etc/passwd",
    );
  }
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

/**
 * Where the server's files go: the wanted directory, or, when another account cannot enter it (a checkout in
 * `/root`), one under `/var/tmp` that is always the same for it.
 *
 * @throws {Error} someone else made the directory under `/var/tmp`
 */
export async function baseDirectory(wanted: string, account: Account): Promise<string> {
  if (!account || await isOpen(wanted)) return wanted;
  const base = join(OPEN_PARENT, `evently-${await shortHash(wanted)}`);
  await Deno.mkdir(base, { recursive: true, mode: 0o755 });
  const { uid } = await Deno.lstat(base);
  if (uid !== Deno.uid()) {
    throw new Error(`Cannot use ${base} as it must belong to this user: its owner is ${uid}`);
  }
  return base;
}

/** Whether other accounts may enter the directory and all above it, as far as these exist. */
async function isOpen(directory: string): Promise<boolean> {
  const info = await Deno.stat(directory).catch(() => undefined);
  if (info && ((info.mode ?? 0) & OTHERS_MAY_ENTER) === 0) return false;
  const parent = dirname(directory);
  return parent === directory || await isOpen(parent);
}
