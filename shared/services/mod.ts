export * from "./binding.ts";
export * from "./create_store_observer.ts";
export * from "./latest_seats.ts";
export * from "./run_service.ts";
export * from "./seat_news.ts";
export * from "./service.ts";
export * from "./service_client.ts";
export * from "./unwrap.ts";
