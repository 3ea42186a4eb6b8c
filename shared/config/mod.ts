export * from "./env_reader.ts";
export * from "./load_config.ts";
export * from "./sections.ts";
export * from "./stripe.ts";
export * from "./values.ts";
