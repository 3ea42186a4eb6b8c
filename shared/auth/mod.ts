export * from "./bearer.ts";
export * from "./internal_key.ts";
export * from "./jwt.ts";
export * from "./passwords.ts";
export * from "./refresh_tokens.ts";
export * from "./require_admin.ts";
export * from "./require_user.ts";
