import { CannotRun } from "../output/cannot_run.ts";
import type { Env } from "./env_reader.ts";

/** Variables whose value may stand in a file: `JWT_SECRET_FILE=/run/secrets/jwt_secret`. */
const SECRET_VARIABLES = [
  "BOOKING_SERVICE_DB_URL",
  "DATABASE_CA_CERT",
  "DATABASE_URL",
  "ELASTICSEARCH_API_KEY",
  "EVENT_SERVICE_DB_URL",
  "INTERNAL_API_KEY",
  "INTERNAL_API_KEY_NEXT",
  "INTERNAL_API_KEY_PREVIOUS",
  "JWT_SECRET",
  "JWT_SECRET_NEXT",
  "JWT_SECRET_PREVIOUS",
  "MAIL_API_KEY",
  "REDIS_URL",
  "SMTP_URL",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "UPSTASH_REDIS_REST_TOKEN",
  "USER_SERVICE_DB_URL",
  "WEBHOOK_SECRETS_KEY",
  "WEBHOOK_SECRETS_KEY_NEXT",
  "WEBHOOK_SECRETS_KEY_PREVIOUS",
] as const;

/**
 * Returns the environment with the secrets that files hold.
 *
 * @param readFile returns the text of a file
 * @throws {CannotRun} names each file that cannot be read or is empty, and each variable that is set twice
 */
export function withSecretFiles(
  env: Env,
  readFile: (path: string) => string = Deno.readTextFileSync,
): Record<string, string> {
  const read: Record<string, string | undefined> = { ...env };
  const problems: string[] = [];
  for (const name of SECRET_VARIABLES) {
    const variable = `${name}_FILE`;
    const path = env[variable]?.trim();
    if (!path) continue;
    if (env[name]?.trim()) {
      problems.push(`${variable} cannot be used as ${name} is set, too`);
      continue;
    }
    try {
      const text = readFile(path).trim();
      if (text === "") problems.push(`${variable}: the file ${path} is empty`);
      read[name] = text;
    } catch (error) {
      problems.push(`${variable}: ${path} cannot be read: ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) {
    throw new CannotRun(
      `The environment cannot be used:\n${problems.map((p) => `  - ${p}`).join("\n")}`,
    );
  }
  return Object.fromEntries(
    Object.entries(read).flatMap(([name, value]) => value === undefined ? [] : [[name, value]]),
  );
}
