/** Group commit: items that arrive while a batch is under way form the next batch. */
export { Coalescer, type CoalescerOptions } from "./coalescer.ts";
export { KeyedCoalescer, type KeyedCoalescerOptions, type KeyedItems } from "./keyed_coalescer.ts";
export { inParts } from "./in_parts.ts";
