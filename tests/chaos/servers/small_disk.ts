/** Kinds of {@link SmallDisk}, preferred first. */
export const DISK_KINDS = ["ext4", "tmpfs", "none"] as const;
export type DiskKind = typeof DISK_KINDS[number];

/** A file system for a server's data, small enough to fill. */
export interface SmallDisk {
  /** Mount point, or a plain directory. */
  readonly path: string;
  /** `ext4` on an image file, `tmpfs`, or `none`: then faults limit file sizes instead. */
  readonly kind: DiskKind;
  /** Allocates the free space except for a small rest. */
  fill(): Promise<void>;
  /** Frees the space allocated by {@link fill}. */
  empty(): Promise<void>;
  remove(): Promise<void>;
}

const SIZE = "6G";
const TMPFS_SIZE = "1G";
const REST_BYTES = 32 * 1024;
const MAX_FILL_ATTEMPTS = 20;
const MAX_UNMOUNT_ATTEMPTS = 50;
const UNMOUNT_PAUSE_MS = 100;

/**
 * Mounts an ext4 image at `base/disk` if permitted (root with loop devices), otherwise a tmpfs. If neither can be
 * mounted, `base/disk` is a plain directory.
 *
 * @param wanted required kind; by default the first that can be mounted
 * @throws {Error} if the required kind cannot be mounted
 */
export async function makeSmallDisk(base: string, wanted?: DiskKind): Promise<SmallDisk> {
  const path = `${base}/disk`;
  const image = `${base}/disk.img`;
  await Deno.mkdir(path);
  const mounts: Record<DiskKind, () => Promise<boolean>> = {
    ext4: () => mountImage(image, path),
    tmpfs: () => run("mount", "-t", "tmpfs", "-o", `size=${TMPFS_SIZE}`, "tmpfs", path),
    none: () => Promise.resolve(true),
  };
  const kind = await firstOf(wanted ? [wanted] : DISK_KINDS, mounts);
  if (!kind) throw new Error(`Cannot mount ${path} as ${wanted}`);
  const filler = `${path}/filler`;
  return {
    path,
    kind,
    async fill() {
      for (let attempt = 1; attempt <= MAX_FILL_ATTEMPTS; attempt++) {
        const wanted = await freeBytes(path) - attempt * REST_BYTES;
        if (wanted <= 0 || await run("fallocate", "-l", String(wanted), filler)) return;
      }
      throw new Error(`Cannot fill ${path}`);
    },
    async empty() {
      await Deno.remove(filler).catch(() => {});
    },
    async remove() {
      if (kind !== "none") await unmount(path);
      await Deno.remove(image).catch(() => {});
    },
  };
}

async function firstOf(
  kinds: readonly DiskKind[],
  mounts: Record<DiskKind, () => Promise<boolean>>,
): Promise<DiskKind | undefined> {
  for (const kind of kinds) if (await mounts[kind]()) return kind;
}

async function mountImage(image: string, path: string): Promise<boolean> {
  return await run("truncate", "-s", SIZE, image) &&
    await run("mkfs.ext4", "-q", "-m", "0", image) &&
    await run("mount", "-o", "loop", image, path);
}

/** Unmounts with retries: a killed process may keep its files open for a moment. */
async function unmount(path: string): Promise<void> {
  for (let attempt = 0; attempt < MAX_UNMOUNT_ATTEMPTS; attempt++) {
    if (await run("umount", path)) return;
    await new Promise((resolve) => setTimeout(resolve, UNMOUNT_PAUSE_MS));
  }
  throw new Error(`Cannot unmount ${path}`);
}

async function freeBytes(path: string): Promise<number> {
  const df = new Deno.Command("df", { args: ["--output=avail", "-B1", path] });
  const lines = new TextDecoder().decode((await df.output()).stdout).trim().split("\n");
  return Number(lines.at(-1));
}

/** Runs a program. Returns whether it succeeded; a missing program counts as a failure. */
async function run(program: string, ...args: string[]): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(program, {
      args,
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
