export * from "./account_links.ts";
export * from "./account_mails.ts";
export * from "./recovery_routes.ts";
