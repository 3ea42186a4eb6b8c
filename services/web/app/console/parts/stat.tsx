import type { ReactNode } from "react";

/** Figures side by side, between two rules. */
export function Stats({ label, children }: { label: string; children: ReactNode }) {
  return <dl className="stats" aria-label={label}>{children}</dl>;
}

/** A figure: what it counts, the number, and what to compare it with. */
export function Stat({ label, value, children }: {
  label: string;
  /** `undefined`: not known yet. */
  value: ReactNode | undefined;
  children?: ReactNode;
}) {
  return (
    <div className="stat">
      <dt>{label}</dt>
      <dd>
        <span className="stat__value">
          {value ?? <span className="skeleton stat__empty" aria-hidden="true" />}
        </span>
        {children ? <span className="stat__more">{children}</span> : null}
      </dd>
    </div>
  );
}
