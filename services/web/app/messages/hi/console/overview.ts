import type { ConsoleMessages } from "../../console_messages.ts";

export const overview: ConsoleMessages["overview"] = {
  title: "एक नज़र में",
  figures: "आपके इवेंट की स्थिति",
  held: "अभी होल्ड पर",
  heldMore: "पेमेंट चल रहा है",
  waiting: "इंतज़ार में",
  waitingMore: (_count, number) => `${number} टिकट के लिए`,
  published: "बिक्री चालू",
  drafts: "ड्राफ़्ट",
  needsYou: "आपके लिए काम",
  allFine: "अभी आपके लिए कोई काम नहीं है।",
  draftSoon: (name) => `${name} अब भी ड्राफ़्ट है`,
  draftSoonMore: (day) => `यह ${day} को शुरू होगा, और अभी किसी को नहीं दिखता।`,
  soldOut: (name) => `${name} के सब टिकट बिक गए`,
  soldOutMore: "क्या और जगह है?",
  fewLeft: (name) => `${name} लगभग भर गया`,
  fewLeftMore: (_count, number) => `${number} सीटें बची हैं। क्या और जगह है?`,
  peopleWait: (name) => `${name} के लिए लाइन लगी है`,
  peopleWaitMore: (_count, number) => `${number} लोग इंतज़ार में हैं।`,
  pausedWebhook: "एक वेबहुक रुका हुआ है",
  pausedWebhookMore: (url) => `वह बार-बार नाकाम हुआ: ${url}`,
};
