import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../../messages/use_messages.ts";
import { consoleOverviewQuery } from "../api/overview.ts";
import { PageHead } from "../parts/page_head.tsx";
import { Stat, Stats } from "../parts/stat.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";
import { NeedsYou } from "./needs_you.tsx";

/** What organisers look at first: how their events stand, and what needs them. */
export function OverviewPage() {
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { overview } = useConsoleMessages();
  const { number } = useFormat();
  const { data } = useQuery(consoleOverviewQuery(api, adminId));
  return (
    <>
      <PageHead title={overview.title} />
      <Stats label={overview.figures}>
        <Stat label={overview.published} value={data && number(data.events.published)} />
        <Stat label={overview.drafts} value={data && number(data.events.draft)} />
        <Stat label={overview.held} value={data && number(data.held_seats)}>
          {overview.heldMore}
        </Stat>
        <Stat label={overview.waiting} value={data && number(data.waiting.entries)}>
          {data
            ? overview.waitingMore(data.waiting.tickets, number(data.waiting.tickets))
            : undefined}
        </Stat>
      </Stats>
      <NeedsYou overview={data} />
    </>
  );
}
