import { type EmbeddedPostgres, removePostgres, startPostgres } from "@evently/embedded/postgres";

/** A dedicated PostgreSQL with fsync on, for settings that a shared server must not have. */
export async function ownPostgres(settings: Record<string, string>): Promise<EmbeddedPostgres> {
  const directory = await Deno.makeTempDir({ prefix: "evently_bench_" });
  const server = await startPostgres({ directory, settings });
  const stop = async () => {
    await server.stop();
    await removePostgres(directory);
    await Deno.remove(directory).catch(() => {}); // already gone, unless its data is elsewhere
  };
  return { ...server, stop, [Symbol.asyncDispose]: stop };
}
