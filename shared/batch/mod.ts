export * from "./coalescer.ts";
