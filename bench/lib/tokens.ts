import { AccessTokens } from "@evently/shared/auth";
import { SYSTEM_CLOCK } from "@evently/shared/clock";

/** JWT secret shared by the servers under load and their clients. */
export const BENCH_JWT_SECRET = "bench-only-jwt-secret-0123456789abcdef";

const TTL_MS = 3_600_000;

/** A buyer with an access token. */
export interface BenchUser {
  userId: string;
  token: string;
}

/** Makes this many new users. */
export function issueUsers(users: number): Promise<BenchUser[]> {
  const tokens = new AccessTokens({
    secrets: [BENCH_JWT_SECRET],
    ttlMs: TTL_MS,
    clock: SYSTEM_CLOCK,
  });
  return Promise.all(Array.from({ length: users }, async () => {
    const userId = crypto.randomUUID();
    return { userId, token: await tokens.issueForUser(userId) };
  }));
}

/** Access tokens of this many users. */
export async function issueTokens(users: number): Promise<string[]> {
  return (await issueUsers(users)).map(({ token }) => token);
}
