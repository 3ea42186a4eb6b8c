import { intercepted } from "./pending_statement.ts";

/**
 * The same statement, whose answer begins with its own rows. The client counts the rows of a statement that fails
 * after it has sent some, and leaves as many places free before those of the next one on that connection.
 */
export function withoutLeftovers<Made>(made: Made): Made {
  return intercepted(made, (statement, send) => {
    const { resolve } = statement;
    statement.resolve = (result) => {
      if (Array.isArray(result)) closeUp(result);
      resolve(result);
    };
    send(statement);
  });
}

function closeUp(rows: unknown[]): void {
  let free = 0;
  while (free < rows.length && !(free in rows)) free++;
  if (free === 0) return;
  rows.copyWithin(0, free);
  rows.length -= free;
}
