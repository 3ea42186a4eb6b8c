import type { Audience } from "./audience.ts";
import type { Grant } from "./auth_requests.ts";

/** What a tab tells the others: a new access token, or that the log-in is over. */
export type News<User> = { kind: "in"; grant: Grant<User> } | { kind: "out" };

const channelOf = (audience: Audience) => `evently-session-${audience}`;

/** The other tabs of this browser. */
export interface Tabs<User> {
  tell(news: News<User>): void;
}

/** Listens to the other tabs. */
export function openTabs<User>(
  audience: Audience,
  onNews: (news: News<User>) => void,
): Tabs<User> {
  const channel = new BroadcastChannel(channelOf(audience));
  channel.onmessage = ({ data }: MessageEvent<News<User>>) => onNews(data);
  return { tell: (news) => channel.postMessage(news) };
}
