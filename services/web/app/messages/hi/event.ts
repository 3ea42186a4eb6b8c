import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const people = pluralOf("hi", { one: "व्यक्ति", other: "लोग" });
const wait = pluralOf("hi", { one: "इंतज़ार में है", other: "इंतज़ार में हैं" });
const peopleInto = pluralOf("hi", { one: "व्यक्ति", other: "लोगों" });
const are = pluralOf("hi", { one: "बचा है", other: "बचे हैं" });
const hours = pluralOf("hi", { one: "घंटे", other: "घंटों" });

/** The hour at which a day ends, in words. */
const clock = (time: string) => time === "00:00" ? "आधी रात" : time;

const share = (percent: number) =>
  percent === 100 ? "पूरा रिफ़ंड" : percent === 50 ? "आधा" : `${percent}%`;

export const event: Messages["event"] = {
  title: (name, city, when) => `${name}, ${city}, ${when.long.split(" ").slice(1, 3).join(" ")}`,
  crumbs: "आप यहाँ हैं",
  loading: "इवेंट लोड हो रहा है",
  unreachable: "अभी इस इवेंट तक पहुँच नहीं हो पा रही।",

  // The head
  sameDay: (from, to) => `${from} से ${clock(to)} तक`,
  at: (times, place) => `${times} · ${place}`,
  until: (day, time) => `${day}, ${time} तक`,
  manyDays: (from, to) => `${from} से ${to} तक`,
  end: clock,
  dayAndTime: (day, time) => `${day}, ${time}`,
  share: "शेयर करें",
  copied: "लिंक कॉपी हो गया।",
  notCopied: "लिंक कॉपी नहीं हो पाया। वह ऊपर एड्रेस बार में है।",

  about: "इवेंट के बारे में",
  noAbout: "आयोजक ने अभी इसके बारे में कुछ नहीं लिखा है।",
  goodToKnow: "काम की बातें",
  when: "कब",
  whenShort: (day, from, to, zone) => `${day}, ${from} से ${to} ${zone} तक`,
  whenLong: (fromDay, from, toDay, to, zone) => `${fromDay}, ${from} से ${toDay}, ${to} ${zone} तक`,
  forYou: (city, times) => `आपके यहाँ (${city}): ${times}`,
  between: " · ",
  addToCalendar: "कैलेंडर में जोड़ें",
  where: "कहाँ",
  directions: "रास्ता देखें",
  cannotCome: "अगर आप न आ पाएँ",
  refund: (percent, until) => `${until} तक ${share(percent)}।`,
  refundThen: (steps) => `फिर ${steps.join(", फिर ")}, उसके बाद कुछ नहीं।`,
  refundThenNone: "उसके बाद कुछ नहीं।",
  refundNone: "रिफ़ंड नहीं मिलता। इवेंट रद्द हुआ तो पूरे पैसे वापस मिलेंगे।",
  refundStep: (percent, until) => `${until} तक ${share(percent)}`,
  refundUntilStart: "शुरू होने",
  onTheDay: (time) => `उसी दिन ${time}`,
  access: "सुलभता",
  organiser: "आयोजक",

  // The ledger
  proofTitle: "कोई सीट दो बार नहीं बिकती",
  proofCounts: (sold) =>
    `${sold} सीटें बिकीं, उनमें से 0 दो बार। हर बिक्री एक जुड़ी हुई बही में दर्ज होती है, जिसे कोई भी जाँच सकता है।`,
  proofNone: "हर बिक्री एक जुड़ी हुई बही में दर्ज होती है, जिसे कोई भी जाँच सकता है।",
  proofEntries: (entries) =>
    `हर बिक्री एक जुड़ी हुई बही में दर्ज होती है, जिसे कोई भी जाँच सकता है: अब तक ${entries} एंट्री, और हिसाब सही बैठता है।`,
  proofWrong: "अभी इस इवेंट की बही का हिसाब सही नहीं बैठ रहा।",
  proofLink: "इस इवेंट का सबूत देखें",

  alsoIn: (city) => `${city} में और इवेंट`,

  // The ticket panel
  tickets: "टिकट",
  panel: "टिकट और क़ीमतें",
  each: "प्रति टिकट, सभी फ़ीस शामिल",
  eachGiving: (count, number) => `${number} ${peopleInto(count)} के लिए, सभी फ़ीस शामिल`,
  allFees: "सभी फ़ीस शामिल",
  nothingToPay: "कुछ नहीं देना है",
  leftOf: (left, capacity) => `${capacity} में से ${left} बचे`,
  fewer: (what) => `एक कम: ${what}`,
  more: (what) => `एक और: ${what}`,
  atMost: (number) => `ज़्यादा से ज़्यादा ${number}`,
  atLeast: (number) => `कम से कम ${number}`,
  perBuyer: (number) => `प्रति व्यक्ति ${number}`,
  admits: (count, number) => `${number} ${peopleInto(count)} के लिए प्रवेश`,
  typeLeft: (number) => `सिर्फ़ ${number} बचे`,
  typeSoldOut: "सब बिक गए",
  typeSoon: (when) => `बिक्री शुरू: ${when}`,
  typeEnded: "अब नहीं बिकते",
  typeWaitlist: "वेटलिस्ट में जुड़ें",
  typeWaitlistOf: (name) => `${name} की वेटलिस्ट में जुड़ें`,
  total: "कुल",
  totalOf: (_count, number, amount) => `${number} टिकट, ${amount}`,
  hold: (_count, number) => `${number} टिकट होल्ड करें`,
  holding: "होल्ड हो रहे हैं…",
  askingAgain: "हम फिर से पूछ रहे हैं…",
  underHold: "पेमेंट करने तक 5 मिनट के लिए आपके। उससे पहले कुछ नहीं देना है।",
  underHoldFree: "कन्फ़र्म करने तक 5 मिनट के लिए आपके। कुछ नहीं देना है।",
  choose: "अपने टिकट चुनें",
  chooseFirst: "पहले चुनें कि कितने टिकट चाहिए।",
  getTickets: "टिकट लें",
  stale: (time) => `अभी सीटों तक पहुँच नहीं हो पा रही। यह ${time} की जानकारी है।`,
  few: (left, number) => `सिर्फ़ ${number} ${are(left)}। ${number} लेंगे?`,
  take: (number) => `${number} लें`,
  waitFor: (_count, number) => `${number} टिकट का इंतज़ार करें`,
  justSoldOut: "आख़िरी टिकट अभी-अभी बिक गए। इंतज़ार करने वालों में जुड़ें?",
  limited: (_count, number) => `बहुत ज़्यादा कोशिशें हुईं। ${number} सेकंड में फिर से कोशिश करें।`,
  noAnswer:
    "जवाब नहीं मिला, इसलिए हमें अभी पता नहीं कि टिकट होल्ड हुए या नहीं। फिर से पूछें: कुछ भी दो बार होल्ड नहीं होता।",
  askAgain: "फिर से पूछें",
  offline: "आप ऑफ़लाइन हैं। आपके ऑनलाइन आते ही हम ख़ुद फिर से कोशिश करेंगे।",
  refused: {
    not_on_sale: "ये टिकट अब बिक्री पर नहीं हैं।",
    min: "ये टिकट इतने कम नहीं ख़रीदे जा सकते।",
    max: "एक बुकिंग में इतने टिकट नहीं हो सकते।",
    buyer_limit: "एक व्यक्ति इतने टिकट नहीं ले सकता।",
    waitlist: "बचे हुए टिकट इंतज़ार करने वालों के लिए रखे गए हैं।",
    RESERVATIONS_BLOCKED: "आयोजक अभी आपके अकाउंट से बुकिंग नहीं ले रहे हैं।",
  },
  refusedOtherwise: "यह नहीं हो पाया। फिर से कोशिश करें।",
  unsold: "आपके चुने कुछ टिकट अब बिक्री पर नहीं हैं और गिने नहीं जाते।",
  joinWaitlist: "वेटलिस्ट में जुड़ें",
  waiting: (count, number) => `${number} ${people(count)} ${wait(count)}`,
  underWaitlist: "टिकट मिलने पर ही पेमेंट करना होगा।",
  soldOut: "सब बिक गए",
  soon: "बिक्री अभी शुरू नहीं हुई",
  soonAt: (day, time) => `बिक्री शुरू: ${day}, ${time}`,
  soonIn: {
    days: (count) => `${count} दिन में`,
    hours: (count) => `${count} ${hours(count)} में`,
    minutes: (count) => `${count} मिनट में`,
  },
  remind: "याद दिलाएँ: कैलेंडर",
  soonText: "बिक्री शुरू होते ही यह पेज अपने आप बदल जाएगा।",
  cancelled: "रद्द",
  cancelledText: "सभी बुकिंग के पूरे पैसे वापस कर दिए गए हैं।",
  elseIn: (city) => `देखें ${city} में और क्या हो रहा है`,
  begun: "शुरू हो चुका है",
  begunText: "अब टिकट नहीं बिकते।",
  past: (day) => `${day} को हो चुका`,
  moreLikeThis: "ऐसे और इवेंट",
  closed: "टिकट बिक्री पर नहीं हैं",
  closedText: "बिक्री ख़त्म हो चुकी है, या अभी रुकी हुई है।",
};
