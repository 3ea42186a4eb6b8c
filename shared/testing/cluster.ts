import { onServer, openPostgres, type Pool } from "@evently/shared/postgres";

/**
 * Makes databases of one name, which exist on a Citus coordinator and its workers, a cluster. Does nothing without workers.
 *
 * @param coordinator URL of the coordinator's server
 * @param workers URLs of the workers' servers
 */
export async function joinCluster(
  coordinator: string,
  workers: readonly string[],
  database: string,
): Promise<void> {
  if (workers.length === 0) return;
  for (const server of [coordinator, ...workers]) {
    await inDatabase(
      onServer(server, database),
      (sql) => sql`CREATE EXTENSION IF NOT EXISTS citus`,
    );
  }
  await inDatabase(onServer(coordinator, database), async (sql) => {
    const { hostname, port } = new URL(coordinator);
    await sql`SELECT citus_set_coordinator_host(${hostname}, ${Number(port)})`;
    for (const worker of workers.map((url) => new URL(url))) {
      await sql`SELECT citus_add_node(${worker.hostname}, ${Number(worker.port)})`;
    }
  });
}

async function inDatabase(url: string, work: (sql: Pool) => PromiseLike<unknown>): Promise<void> {
  const sql = openPostgres(url, { max: 1, name: "evently-cluster" });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
