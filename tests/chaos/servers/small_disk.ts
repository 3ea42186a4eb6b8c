/** What a {@link SmallDisk} may be, best first. */
export const DISK_KINDS = ["ext4", "tmpfs", "none"] as const;
export type DiskKind = typeof DISK_KINDS[number];

/** A file system of its own for a server's data, small enough to be filled. */
export interface SmallDisk {
  /** Where it is mounted, or a plain directory. */
  readonly path: string;
  /** `ext4` on a file, `tmpfs`, or nothing: then a fault limits the size of files instead. */
  readonly kind: DiskKind;
  /** Takes what is free, but for a rest of less than 64 KiB. */
  fill(): Promise<void>;
  /** Gives back what {@link fill} took. */
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
 * Mounts a file of `base` as an ext4 file system at `base/disk`, where this may be done (root, with loop
 * devices); a tmpfs where only that may be mounted; else `base/disk` is a directory.
 *
 * @param wanted only this kind
 * @throws {Error} it cannot be had
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

/** What has just been killed may keep its files open for a moment. */
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

/** Whether a program did what it was told; one that is not there did not. */
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
