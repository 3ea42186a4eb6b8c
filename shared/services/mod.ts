export * from "./binding.ts";
export * from "./run_service.ts";
export * from "./service.ts";
export * from "./unwrap.ts";
