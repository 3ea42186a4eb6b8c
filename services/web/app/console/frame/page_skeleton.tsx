import { useRouterState } from "@tanstack/react-router";
import { ConsoleHead } from "../parts/console_head.tsx";
import { useConsoleMessages } from "../use_console.ts";

/** A page of which nothing is known yet but its place in the navigation. */
export function PageSkeleton() {
  const { frame } = useConsoleMessages();
  const section = useRouterState({
    select: ({ location: { pathname } }) => pathname.split("/")[2] ?? "",
  });
  const titles: Readonly<Record<string, string>> = {
    events: frame.events,
    venues: frame.venues,
    team: frame.team,
  };
  const title = titles[section] ?? frame.overview;
  return (
    <div aria-busy="true">
      <ConsoleHead title={title} />
      <div className="page-head">
        <h1>{title}</h1>
      </div>
      <p className="visually-hidden">{frame.loading}</p>
      <div className="skeleton console__skeleton" aria-hidden="true" />
      <div className="skeleton console__skeleton console__skeleton--tall" aria-hidden="true" />
    </div>
  );
}
