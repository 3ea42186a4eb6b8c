/** Tells the search service what changed. A seam: search may be gone, and then nothing else breaks. */
export interface SearchSync {
  /**
   * Brings the event's search document up to date. Never rejects: a failure is logged, and waiting for it
   * is bounded, so it may be awaited, or not.
   */
  eventChanged(eventId: string): Promise<void>;
}
