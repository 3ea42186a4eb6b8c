import type { ReactNode } from "react";
import { useFormat } from "../../messages/use_messages.ts";
import { useConsoleMessages } from "../use_console.ts";

/** The way to the pages before and after; nothing where there is one page, or where their number is not known yet. */
export function Pager({ page, total, size, linkTo }: {
  page: number;
  /** Of rows; `undefined`: not known yet. */
  total: number | undefined;
  /** Rows of a page. */
  size: number;
  /** A link to a page. */
  linkTo: (page: number, text: string) => ReactNode;
}) {
  const { parts } = useConsoleMessages();
  const { number } = useFormat();
  if (total === undefined) return null;
  const pages = Math.max(1, Math.ceil(total / size));
  if (pages === 1 && page === 1) return null;
  return (
    <nav className="pager" aria-label={parts.pages}>
      {page > 1 ? linkTo(page - 1, parts.previous) : null}
      <span>{parts.pageOf(number(page), number(pages))}</span>
      {page < pages ? linkTo(page + 1, parts.next) : null}
    </nav>
  );
}
