export * from "./env_reader.ts";
export * from "./load_config.ts";
export * from "./secret_files.ts";
export * from "./sections.ts";
export * from "./stripe.ts";
export * from "./values.ts";
