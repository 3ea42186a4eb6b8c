import type { Random, TcpProxy } from "@evently/shared/testing";
import type { PlatformProcesses } from "./servers/platform.ts";
import type { DistributedPostgres } from "./servers/distributed_postgres.ts";
import type { PostgresServer } from "./servers/postgres.ts";
import type { ReplicatedPostgres } from "./servers/replicated_postgres.ts";
import type { RedisServer } from "./servers/redis.ts";

/** Targets of the faults. */
export interface Site {
  platform: PlatformProcesses;
  postgres: PostgresServer | ReplicatedPostgres | DistributedPostgres;
  /** Proxy between the services and PostgreSQL. */
  proxy: TcpProxy;
  redis: RedisServer;
  /** Draws the details of a fault. The order of faults has its own source, so details never change it. */
  random: Random;
}
