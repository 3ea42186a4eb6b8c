export * from "./account_table.ts";
export * from "./fill_email_keys.ts";
export * from "./list_email_collisions.ts";
export * from "./match_email.ts";
