import { useQuery } from "@tanstack/react-query";
import { overviewQuery, trendingQuery } from "../../api/events.ts";
import { useApp } from "../../use_app.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Head } from "../../parts/head.tsx";
import { Hero } from "./hero.tsx";
import { Kinds } from "./kinds.tsx";
import { Posters } from "./posters.tsx";
import { HOME_REFRESH_MS, HOME_SOONEST, HOME_TRENDING } from "./queries.ts";
import { Soonest } from "./soonest.tsx";

/** What is on, most wanted and soonest, and ways to find the rest. */
export function HomePage() {
  const { api } = useApp();
  const { home } = useMessages();
  const { data: trending } = useQuery(trendingQuery(api, HOME_TRENDING));
  const { data: overview } = useQuery({
    ...overviewQuery(api, HOME_SOONEST),
    refetchInterval: HOME_REFRESH_MS,
  });
  return (
    <>
      <Head title={home.title} path="/" />
      <Hero overview={overview} />
      <div className="page">
        {overview?.total === 0
          ? (
            <div className="nothing">
              <h2>{home.none}</h2>
              <p>{home.noneText}</p>
            </div>
          )
          : (
            <>
              <Posters events={trending?.events} />
              <Soonest events={overview?.soonest} />
              <Kinds kinds={overview?.facets.event_types} />
            </>
          )}
      </div>
    </>
  );
}
