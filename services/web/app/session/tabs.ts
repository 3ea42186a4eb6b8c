import type { Grant } from "./auth_requests.ts";

/** What a tab tells the others: a new access token, or that the log-in is over. */
export type News = { kind: "in"; grant: Grant } | { kind: "out" };

const CHANNEL = "evently-session-user";

/** The other tabs of this browser. */
export interface Tabs {
  tell(news: News): void;
}

/** Listens to the other tabs. */
export function openTabs(onNews: (news: News) => void): Tabs {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<News>) => onNews(data);
  return { tell: (news) => channel.postMessage(news) };
}
