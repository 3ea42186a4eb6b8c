import type { ConsoleMessages } from "../../console_messages.ts";

export const events: ConsoleMessages["events"] = {
  title: "इवेंट",
  newEvent: "नया इवेंट",
  find: "नाम से खोजें",
  search: "खोजें",
  sort: "क्रम",
  orders: { created: "सबसे नए पहले", start: "सबसे नज़दीकी पहले", "-start": "सबसे बाद की तारीख़ पहले" },
  states: "स्थिति",
  allStates: "सभी",
  stateNames: {
    draft: "ड्राफ़्ट",
    published: "प्रकाशित",
    past: "हो चुके",
    cancelled: "रद्द",
  },
  found: (_count, number) => `${number} इवेंट`,
  downloadCsv: "फ़ाइल डाउनलोड करें",
  none: "अभी कोई इवेंट नहीं है",
  noneFound: "ऐसा कोई इवेंट नहीं मिला",
  showAll: "सभी दिखाएँ",
  duplicate: "कॉपी बनाएँ",
  duplicateOf: (name) => `${name} की कॉपी बनाएँ`,
};
