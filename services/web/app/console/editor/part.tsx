import type { ReactNode } from "react";

/** One of the five parts of the page, with its number. */
export function Part({ number, title, children }: {
  number: number;
  title: string;
  children: ReactNode;
}) {
  return (
    <section className="editor__part" aria-labelledby={`part-${number}`}>
      <h2 id={`part-${number}`}>
        <span className="editor__number" aria-hidden="true">{number}</span>
        {title}
      </h2>
      <div className="stack">{children}</div>
    </section>
  );
}
