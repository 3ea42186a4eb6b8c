import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const seats = pluralOf("hi", { one: "सीट बची", other: "सीटें बचीं" });

export const home: Messages["home"] = {
  title: "Evently: कॉन्सर्ट, नाटक, मैच और मेलों के टिकट",
  loud: (seatCount, seatNumber, _eventCount, eventNumber) =>
    `${eventNumber} इवेंट में ${seatNumber} ${seats(seatCount)}`,
  loudEvents: (_eventCount, eventNumber) => `${eventNumber} इवेंट के टिकट`,
  loudWithout: "कहीं जाने के लिए कुछ खोजें",
  lead: "पूरे भारत के कॉन्सर्ट, नाटक, मैच और मेले। गिनती लाइव है, और हर सीट एक ही बार बिकती है।",
  find: "इवेंट खोजें",
  what: "क्या",
  whatHint: "इवेंट, जगह या प्रकार",
  where: "कहाँ",
  allCities: "सभी शहर",
  when: "कब",
  anyDay: "किसी भी दिन",
  whens: { today: "आज", weekend: "इस वीकेंड", month: "अगले 30 दिन", day: "किसी एक दिन…" },
  search: "खोजें",
  quick: "झटपट खोज",
  nearMe: "मेरे आसपास",
  asking: "आपकी जगह पूछी जा रही है…",
  notNear: "आपके ब्राउज़र ने आपकी जगह नहीं बताई। इसके बजाय शहर चुनें, या अनुमति देकर फिर से दबाएँ।",
  thisWeekend: "इस वीकेंड",
  underPrice: (price) => `${price} से कम`,
  sellingNow: "अभी बिक रहे हैं",
  allTrending: "सभी लोकप्रिय",
  soonest: "सबसे पहले होने वाले",
  allByDate: "तारीख़ के क्रम में सभी इवेंट",
  byKind: "प्रकार के हिसाब से",
  kindCount: (_count, number) => `${number} इवेंट`,
  none: "अभी कोई इवेंट नहीं।",
  noneText: "जैसे ही कोई आयोजक इवेंट डालेगा, वह यहाँ होगा।",
};
