/** What is remembered of the last write of an event. */
export type Write =
  /** `readAfter`: the document was read from its source no earlier than that. */
  | { kind: "indexed"; version: number; readAfter: Date; asOf: Date }
  | { kind: "removed"; version: number | undefined; asOf: Date };

/**
 * Whether `next` counts, or is an older write that arrived late.
 *
 * - Between documents the version decides. A booking changes seats but not the version, so of two readings
 *   of one version the later counts.
 * - After a removal a document counts that is of a later version, or was read no earlier.
 * - A removal counts unless it names a version that has been overtaken.
 */
export function supersedes(next: Write, known: Write | undefined): boolean {
  if (known === undefined) return true;
  if (next.kind === "removed") {
    return next.version === undefined || known.version === undefined ||
      next.version >= known.version;
  }
  if (known.kind === "removed") {
    return next.readAfter >= known.asOf ||
      (known.version !== undefined && next.version > known.version);
  }
  return next.version > known.version ||
    (next.version === known.version && next.asOf >= known.asOf);
}
