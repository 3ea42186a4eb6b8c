/** Table of one kind of accounts; both have `email`, `email_key`, `email_held_by` and `created_at`. */
export type AccountTable =
  | { name: "users"; id: "user_id" }
  | { name: "admins"; id: "admin_id" };

export const USER_ACCOUNTS: AccountTable = { name: "users", id: "user_id" };
export const ADMIN_ACCOUNTS: AccountTable = { name: "admins", id: "admin_id" };
