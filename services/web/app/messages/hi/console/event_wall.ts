import type { ConsoleMessages } from "../../console_messages.ts";

export const eventWall: ConsoleMessages["eventWall"] = {
  title: "बड़ी स्क्रीन",
  sold: "बिके",
  held: "पेमेंट चल रहा है",
  free: "बचे",
  waiting: "इंतज़ार में",
  revenue: "आमदनी",
  minute: "इस मिनट",
  fullScreen: "पूरी स्क्रीन",
  leaveFullScreen: "पूरी स्क्रीन से निकलें",
  shown: (time) => `${time} की जानकारी`,
  stale: (time) => `${time} के बाद जवाब नहीं मिला। हम पूछ रहे हैं।`,
  chart: "पिछले घंटे में हर मिनट बिके टिकट",
};
