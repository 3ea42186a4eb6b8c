import type { ReactNode } from "react";
import { ConsoleHead } from "./console_head.tsx";

/** The head of a page of the console: its title, and at its end what one can do there. */
export function PageHead({ title, hasErrors = false, before, beside, children }: {
  title: string;
  /** Whether a form of the page has errors, which the title says first. */
  hasErrors?: boolean;
  /** Where the page belongs, above the title. */
  before?: ReactNode;
  /** What stands beside the title, such as a state. */
  beside?: ReactNode;
  /** Filters and buttons. */
  children?: ReactNode;
}) {
  return (
    <div className="page-head">
      <ConsoleHead title={title} hasErrors={hasErrors} />
      <div className="page-head__title">
        {before ? <p className="crumb">{before}</p> : null}
        <h1 tabIndex={-1}>{title}</h1>
        {beside}
      </div>
      {children ? <div className="page-head__do">{children}</div> : null}
    </div>
  );
}
