/** `deno task seed [--force]`: the demo's accounts and events, in the databases that the environment names. */
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { environmentOf, EnvReader, withSecretFiles } from "@evently/shared/config";
import { runCommand, say } from "@evently/shared/output";
import { seedDatabases } from "./prepare_databases.ts";

/** Why it must not be seeded; its passwords are known to everybody. */
export function refusal(
  env: Record<string, string>,
  args: readonly string[],
): string | undefined {
  if (args.includes("--force") || environmentOf(new EnvReader(env)) === "development") {
    return undefined;
  }
  return "Cannot seed as the environment is production: the seeded passwords are known to everybody. " +
    "Set ENVIRONMENT=development, or say --force.";
}

async function seed(): Promise<void> {
  const env = withSecretFiles(Deno.env.toObject());
  const refused = refusal(env, Deno.args);
  if (refused) throw new Error(refused);
  const { users, events, bookings } = await seedDatabases(env, SYSTEM_CLOCK);
  say(`Added ${users} users, ${events} events and ${bookings} bookings`);
}

if (import.meta.main) await runCommand(seed);
