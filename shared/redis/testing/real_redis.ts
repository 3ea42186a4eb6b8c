/** The Redis server that tests may use, or `undefined`: `TEST_REDIS_URL`. Others use it as well. */
export const TEST_REDIS_URL: string | undefined = Deno.env.get("TEST_REDIS_URL");

/** A key prefix that no other test uses. */
export function randomPrefix(): string {
  return `test:${crypto.randomUUID()}:`;
}
