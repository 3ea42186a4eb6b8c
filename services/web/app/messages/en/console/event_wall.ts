/** Texts of the screen for the wall of an on-sale. */
export const eventWall = {
  title: "Wall",
  sold: "sold",
  held: "being paid for",
  free: "left",
  waiting: "waiting",
  revenue: "taken",
  minute: "this minute",
  fullScreen: "Full screen",
  leaveFullScreen: "Leave full screen",
  shown: (time: string) => `As of ${time}`,
  stale: (time: string) => `No answer since ${time}. We keep asking.`,
  chart: "Tickets sold a minute, the last hour",
};
