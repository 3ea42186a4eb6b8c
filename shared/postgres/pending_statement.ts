/** What is used of the client's pending query: `handler` sends it, the others tell how it ended. */
export interface PendingStatement {
  handler: (statement: PendingStatement) => void;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/** Whether the client made a statement, and no helper for a part of one. Fragments are statements never sent. */
export function isPendingStatement(made: unknown): made is PendingStatement {
  return made instanceof Promise && "handler" in made;
}
