import { type ReactNode, useEffect, useRef } from "react";
import { Head } from "../../parts/head.tsx";
import { useMessages } from "../../messages/use_messages.ts";

/**
 * The frame of the pages that lead to an account: the form, and beside it what an account is good for. When the title
 * changes, the form has led to something else, and focus goes there.
 */
export function Gate({ title, hasErrors, reasons, children }: {
  title: string;
  hasErrors: boolean;
  /** What an account is good for, where it is no buyer's. */
  reasons?: { admit: string; reasons: readonly string[] };
  children: ReactNode;
}) {
  const { common, login } = useMessages();
  const ticket = reasons ?? login;
  const head = useRef<HTMLHeadingElement>(null);
  const shown = useRef(title);
  useEffect(() => {
    if (shown.current === title) return;
    shown.current = title;
    head.current?.focus();
  }, [title]);
  return (
    <div className="page gate">
      <Head title={hasErrors ? common.errorInTitle(common.title(title)) : title} noindex />
      <div className="stack gate__form">
        <h1 className="title" ref={head} tabIndex={-1}>{title}</h1>
        <noscript>
          <p className="note note--warn">{login.needsScript}</p>
        </noscript>
        {children}
      </div>
      <aside className="ticket gate__ticket" data-stock="marigold">
        <p className="gate__admit">{ticket.admit}</p>
        <ul>{ticket.reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>
      </aside>
    </div>
  );
}
