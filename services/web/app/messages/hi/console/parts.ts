import type { ConsoleMessages } from "../../console_messages.ts";

export const parts: ConsoleMessages["parts"] = {
  states: {
    draft: "ड्राफ़्ट",
    onSale: "बिक्री चालू",
    nearlyFull: "लगभग भरा",
    soldOut: "सब बिक गए",
    notOnSale: "बिक्री बंद",
    past: "हो चुका",
    cancelled: "रद्द",
  },
  sold: "बिके",
  held: "होल्ड पर",
  free: "ख़ाली",
  setAside: "अलग रखे",
  seats: (sold, held, free, capacity) =>
    `${capacity} में से ${sold} बिके, ${held} होल्ड पर, ${free} ख़ाली`,
  event: "इवेंट",
  date: "तारीख़",
  state: "स्थिति",
  seatsColumn: "सीटें",
  doColumn: "काम",
  loadingRows: "लोड हो रहा है",
  previous: "पिछला",
  next: "अगला",
  pageOf: (page, pages) => `${pages} में से पेज ${page}`,
  pages: "पेज",
  save: "सेव करें",
  saving: "सेव हो रहा है…",
  close: "बंद करें",
  failed: "यह नहीं हो पाया। फिर से कोशिश करें, या हमें यह नंबर बताएँ:",
  noAnswer: "जवाब नहीं मिला। अपना इंटरनेट देखें और फिर से कोशिश करें।",
};
