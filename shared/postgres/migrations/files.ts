/** One step of a database's history: `NNNN_name.up.sql` and its reverse, `NNNN_name.down.sql`. */
export interface Migration {
  /** Sequence number: 1, 2, 3 … without gaps. */
  version: number;
  /** `NNNN_name`. */
  name: string;
  up: string;
  down: string;
  /** Whether it takes away what the program before it may still use: the first line of `up` is `-- contract`. */
  contracts: boolean;
  /** SHA-256 of `up` in hexadecimal, independent of line endings and comment lines. */
  checksum: string;
}

/** Marks the second step of a change in two steps: expand, deploy, contract. */
const CONTRACT_LINE = /^-- contract\b/;
const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.(up|down)\.sql$/;

/**
 * Reads the migrations of a directory, in order.
 *
 * @throws {MigrationError} for an invalid file name, a gap or duplicate in the numbers, or a missing counterpart
 */
export async function loadMigrations(directory: URL): Promise<Migration[]> {
  const names = new Set<string>();
  for await (const entry of Deno.readDir(directory)) {
    if (entry.name.endsWith(".sql")) names.add(entry.name);
  }
  for (const file of names) {
    if (!FILE_NAME.test(file)) {
      throw new MigrationError(file, "it must be called NNNN_name.up.sql or NNNN_name.down.sql");
    }
    const counterpart = file.endsWith(".up.sql")
      ? file.replace(/up\.sql$/, "down.sql")
      : file.replace(/down\.sql$/, "up.sql");
    if (!names.has(counterpart)) {
      throw new MigrationError(file, `${counterpart} must stand beside it`);
    }
  }
  const ups = [...names].filter((file) => file.endsWith(".up.sql")).sort();
  return await Promise.all(ups.map((file, index) => loadMigration(directory, file, index + 1)));
}

/** Returns a hash of names and contents, which is equal for equal histories. */
export async function fingerprint(migrations: readonly Migration[]): Promise<string> {
  return await sha256(migrations.map(({ name, checksum }) => `${name} ${checksum}\n`).join(""));
}

/** Thrown when a migration, or its record in the database, breaks a rule. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";

  constructor(file: string, rule: string, options?: ErrorOptions) {
    super(`Cannot migrate by ${file}: ${rule}`, options);
  }
}

/** Thrown when a database was migrated by other files than these, such as those of an earlier version. */
export class HistoryError extends MigrationError {}

async function loadMigration(directory: URL, file: string, version: number): Promise<Migration> {
  if (Number(file.slice(0, 4)) !== version) {
    const expected = String(version).padStart(4, "0");
    throw new MigrationError(file, `the numbers must follow one another: the next is ${expected}`);
  }
  const read = (name: string) => Deno.readTextFile(new URL(name, directory));
  const [up, down] = await Promise.all([read(file), read(file.replace(/up\.sql$/, "down.sql"))]);
  const checksum = await sha256(withoutComments(up.replaceAll("\r\n", "\n")));
  const name = file.replace(/\.up\.sql$/, "");
  return { version, name, up, down, contracts: CONTRACT_LINE.test(up), checksum };
}

/** Removes comment lines, which may be edited after the migration was applied. */
function withoutComments(sql: string): string {
  return sql.replace(/^[ \t]*--.*\n/gm, "");
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).toHex();
}
