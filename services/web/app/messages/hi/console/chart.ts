import type { ConsoleMessages } from "../../console_messages.ts";

export const chart: ConsoleMessages["chart"] = {
  asTable: "तालिका में",
  asChart: "चार्ट में",
  titles: {
    minute: "हर मिनट बिके टिकट",
    hour: "हर घंटे बिके टिकट",
    day: "हर दिन बिके टिकट",
  },
  steps: "कितने समय का",
  periods: {
    minute: "60 मिनट",
    hour: "24 घंटे",
    day: "28 दिन",
  },
  now: {
    minute: (count, number) => count === 1 ? "यह मिनट" : `ये ${number} मिनट`,
    hour: (count, number) => count === 1 ? "यह घंटा" : `ये ${number} घंटे`,
    day: (count, number) => count === 1 ? "आज" : `ये ${number} दिन`,
  },
  before: (number) => `उससे पहले के ${number}`,
  time: "समय",
  sold: "बिके",
  soldBefore: "पहले बिके",
  revenue: "आमदनी",
  point: (time, _count, number) => `${time}: ${number} टिकट`,
  pointBefore: (number) => `पहले ${number}`,
  summary: (_count, number, before) => `${number} टिकट बिके, उससे पहले के समय में ${before}।`,
  most: (time, number) => `सबसे ज़्यादा: ${number}, ${time}।`,
  none: "इस समय में कुछ नहीं बिका।",
  move: "तीर वाले बटनों से आगे-पीछे जाएँ।",
};
