import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { consoleOverviewQuery } from "../api/overview.ts";
import { type Period, salesQuery } from "../api/sales.ts";
import { venuesQuery } from "../api/venues.ts";
import { SalesChart } from "../parts/chart/sales_chart.tsx";
import { PageHead } from "../parts/page_head.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";
import { EventsAtAGlance } from "./events_at_a_glance.tsx";
import { Figures } from "./figures.tsx";
import { FirstSteps } from "./first_steps.tsx";
import { NeedsYou } from "./needs_you.tsx";

const route = getRouteApi("/console/");

const PERIODS: readonly Period[] = ["7", "28", "all"];

/** What organisers look at first: the till, sales over time, what needs them, and their events. */
export function OverviewPage() {
  const { period = "28" } = route.useSearch();
  const { api } = useConsole();
  const { adminId, canChange } = useOrganiser();
  const { overview } = useConsoleMessages();
  const { data } = useQuery(consoleOverviewQuery(api, adminId));
  const { data: sales } = useQuery(salesQuery(api, adminId, period));
  const isNew = data !== undefined &&
    Object.values(data.events).every((count) => count === 0);
  return (
    <>
      <PageHead title={overview.title}>
        {isNew ? null : PERIODS.map((other) => (
          <Link
            key={other}
            className={other === period ? "chip chip--on" : "chip"}
            to="/console"
            search={other === "28" ? {} : { period: other }}
            aria-current={other === period ? "true" : undefined}
          >
            {overview.periods[other]}
          </Link>
        ))}
        {canChange && !isNew
          ? <Link className="btn" to="/console/events/new">{overview.newEvent}</Link>
          : null}
      </PageHead>
      {isNew && canChange ? <Beginning /> : (
        <>
          <Figures overview={data} sales={sales} period={period} />
          <div className="overview">
            <SalesChart sales={sales} />
            <NeedsYou overview={data} />
          </div>
          <EventsAtAGlance />
        </>
      )}
    </>
  );
}

function Beginning() {
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { data: venues } = useQuery(venuesQuery(api, adminId, {}));
  return <FirstSteps hasVenue={(venues?.total ?? 0) > 0} />;
}
