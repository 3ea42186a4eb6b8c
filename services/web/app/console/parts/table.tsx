import type { ReactNode } from "react";
import { useConsoleMessages } from "../use_console.ts";

/** A column of a {@link Table}. */
export interface Column<Row> {
  /** Tells the columns apart. */
  key: string;
  head: string;
  cell(row: Row): ReactNode;
  /** Numbers, which stand at the end of their column. */
  isNumber?: boolean;
  /** What the row is about, such as a name. */
  isHead?: boolean;
}

/** Rows that are not there yet. */
const SKELETON_ROWS = [0, 1, 2, 3, 4];

/**
 * A table. Where there is little room a row is a block, and each cell says what it is. Roles are written out, as
 * browsers forget them where the look is no table's.
 */
export function Table<Row>({ caption, columns, rows, keyOf, className = "" }: {
  /** What the rows are, for those who do not see where it stands. */
  caption: string;
  columns: readonly Column<Row>[];
  /** `undefined`: not known yet. */
  rows: readonly Row[] | undefined;
  keyOf(row: Row): string;
  className?: string;
}) {
  const { parts } = useConsoleMessages();
  return (
    <table role="table" className={`table ${className}`} aria-busy={rows === undefined}>
      <caption className="visually-hidden">
        {rows === undefined ? `${caption}: ${parts.loadingRows}` : caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ key, head, isNumber }) => (
            <th key={key} role="columnheader" scope="col" className={isNumber ? "num" : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows === undefined
          ? SKELETON_ROWS.map((row) => (
            <tr key={row} role="row" className="table__empty" aria-hidden="true">
              <td role="cell" colSpan={columns.length}>
                <span className="skeleton" />
              </td>
            </tr>
          ))
          : rows.map((row) => <TableRow key={keyOf(row)} row={row} columns={columns} />)}
      </tbody>
    </table>
  );
}

function TableRow<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return (
    <tr role="row">
      {columns.map(({ key, head, cell, isNumber, isHead }) =>
        isHead
          ? <th key={key} role="rowheader" scope="row">{cell(row)}</th>
          : (
            <td key={key} role="cell" data-label={head} className={isNumber ? "num" : undefined}>
              {cell(row)}
            </td>
          )
      )}
    </tr>
  );
}
