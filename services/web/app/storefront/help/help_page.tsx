import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useMessages } from "../../messages/use_messages.ts";
import { Head } from "../../parts/head.tsx";

/** A page that explains something: its sections, and the way to the other ones. */
export function HelpPage({ path, title, lead, sections, before, after }: {
  path: "/help/proof" | "/help/refunds" | "/help/accessibility";
  title: string;
  lead: string;
  sections: readonly { title: string; paragraphs: readonly string[] }[];
  before?: ReactNode;
  after?: ReactNode;
}) {
  const { common, help } = useMessages();
  const others = ([
    ["/help/proof", common.footerProof],
    ["/help/refunds", common.footerRefunds],
    ["/help/accessibility", common.footerAccessibility],
  ] as const).filter(([to]) => to !== path);
  return (
    <article className="page help">
      <Head title={title} description={lead} path={path} />
      <h1 className="title">{title}</h1>
      <p className="help-lead">{lead}</p>
      {before}
      {sections.map((section) => (
        <section key={section.title}>
          <h2>{section.title}</h2>
          {section.paragraphs.map((text) => <p key={text}>{text}</p>)}
        </section>
      ))}
      {after}
      <nav className="help-more" aria-label={help.more}>
        {others.map(([to, text]) => <Link key={to} to={to}>{text}</Link>)}
      </nav>
    </article>
  );
}
