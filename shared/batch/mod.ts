/** Group commit: what comes while a batch is under way goes together as the next one. */
export { Coalescer, type CoalescerOptions } from "./coalescer.ts";
export { KeyedCoalescer, type KeyedCoalescerOptions, type KeyedItems } from "./keyed_coalescer.ts";
