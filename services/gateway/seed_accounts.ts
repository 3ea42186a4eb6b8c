/**
 * The accounts that seeding makes, to be shown in development.
 *
 * WARNING: known to everybody who reads this; production is not seeded.
 */
export const SEED_ACCOUNTS = [
  { email: "user1@example.com", password: "11111111", kind: "user" },
  { email: "user2@example.com", password: "11111111", kind: "user" },
  { email: "admin@example.com", password: "11111111", kind: "admin" },
] as const;
