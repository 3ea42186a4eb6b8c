/** The used part of the client's pending query: `handler` sends it, the other members settle it. */
export interface PendingStatement {
  handler: (statement: PendingStatement) => void;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
  /** The text between its parameters, which holds no value; one object for each place in the program. */
  strings?: readonly string[];
}

/**
 * The same statement, which `intercept` sends in the client's place: it may wrap how the statement ends, or refuse it.
 * Fragments and helpers pass through here too; only statements that are sent are intercepted.
 */
export function intercepted<Made>(
  made: Made,
  intercept: (statement: PendingStatement, send: PendingStatement["handler"]) => void,
): Made {
  if (!isPendingStatement(made)) return made;
  const send = made.handler;
  made.handler = (statement) => intercept(statement, send);
  return made;
}

/** Whether the client made a statement, and no helper for a part of one. Fragments are statements never sent. */
function isPendingStatement(made: unknown): made is PendingStatement {
  return made instanceof Promise && "handler" in made;
}
