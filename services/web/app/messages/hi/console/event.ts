import { pluralOf } from "../../plural.ts";
import type { ConsoleMessages } from "../../console_messages.ts";

const people = pluralOf("hi", { one: "व्यक्ति", other: "लोग" });
const peopleOf = pluralOf("hi", { one: "व्यक्ति", other: "लोगों" });

export const event: ConsoleMessages["event"] = {
  loading: "इवेंट",
  ways: "इस इवेंट के पेज",
  tabs: {
    sales: "बिक्री",
    bookings: "बुकिंग",
    waitlist: "वेटलिस्ट",
    holds: "बिना भुगतान के होल्ड",
    ledger: "सीटों की बही",
    wall: "बड़ी स्क्रीन",
    edit: "विवरण",
  },
  when: (day, time, zone, venue, city) => `${day}, ${time} ${zone} · ${venue}, ${city}`,
  inShop: "टिकट साइट पर देखें",
  live: "लाइव",
  liveHint: "ये आँकड़े हर बिक्री के साथ बदलते हैं।",

  figures: "बिक्री कैसी चल रही है",
  revenue: "आमदनी",
  refunded: (amount) => `${amount} वापस किए गए`,
  otherRevenue: (amount) => `और ${amount}`,
  sold: "बिके",
  soldOf: (number, percent) => `${number} में से, ${percent}%`,
  held: "अभी होल्ड पर",
  heldMore: "पेमेंट चल रहा है",
  free: "ख़ाली",
  setAside: (_count, number) => `${number} सीटें लाइन के लिए अलग रखीं`,
  waiting: "इंतज़ार में",
  nobodyWaits: "लाइन में कोई नहीं",
  peopleWait: (count) => `${people(count)} लाइन में`,
  peopleWaitFor: (_wanted, number) => `लाइन में, ${number} टिकट के लिए`,

  byType: "टिकट के प्रकार के हिसाब से",
  soldByType: "टिकट के प्रकार के हिसाब से बिक्री",
  paid: "पेमेंट",
  type: "टिकट का प्रकार",
  price: "क़ीमत",
  state: "स्थिति",
  typeStates: {
    on_sale: "बिक्री चालू",
    soon: "अभी नहीं",
    ended: "बंद",
    sold_out: "सब बिक गए",
    waitlist: "लाइन के लिए",
    paused: "रुका हुआ",
    archived: "हटाया गया",
  },

  last: "ताज़ा बिक्री",
  lastNone: "अभी कुछ नहीं बिका।",
  allBookings: "सभी बुकिंग",
  lastLine: (_count, number) => `${number} टिकट`,

  actions: "आप क्या कर सकते हैं",
  publish: "पब्लिश करें",
  publishing: "पब्लिश हो रहा है…",
  published: "बिक्री शुरू हो गई, और कुछ ही पलों में खोज में भी दिखेगा।",
  unpublish: "बिक्री से हटाएँ",
  unpublishing: "हटाया जा रहा है…",
  unpublished: "यह फिर ड्राफ़्ट है। इसे न कोई देख सकता है, न ख़रीद सकता है।",
  duplicate: "कॉपी बनाएँ",
  duplicating: "कॉपी बन रही है…",
  cancel: "इवेंट रद्द करें",
  refusedPublish: "पब्लिश नहीं हो सकता: इसकी शुरुआत आने वाले समय में होनी चाहिए।",
  refusedUnpublish: "यह अब ड्राफ़्ट नहीं बन सकता: सीटें होल्ड पर हैं या बिक चुकी हैं। आप इसे रद्द कर सकते हैं।",
  refusedStale: "इस बीच किसी ने इवेंट बदल दिया। अब वह ऐसा है; फिर से कोशिश करें।",
  refusedFinal: "यह पहले ही रद्द हो चुका है।",

  cancelTitle: (name) => `${name} रद्द करें?`,
  cancelLoading: "गिना जा रहा है कि इससे क्या होगा",
  cancelNotCounted: "अभी यह गिना नहीं जा सकता कि इससे क्या होगा, इसलिए यहाँ अभी रद्द नहीं किया जा सकता।",
  cancelGoesBack: (_count, number, amount, buyers, buyersNumber) =>
    `${buyersNumber} ${peopleOf(buyers)} के ${number} टिकट रद्द होंगे, और उन्हें ${amount} वापस मिलेंगे।`,
  cancelTicketsOnly: (_count, number, buyers, buyersNumber) =>
    `${buyersNumber} ${
      peopleOf(buyers)
    } के ${number} टिकट रद्द होंगे। कोई पेमेंट नहीं हुआ था, इसलिए कुछ वापस नहीं जाएगा।`,
  cancelNothing: "किसी के पास टिकट नहीं है, इसलिए कुछ वापस नहीं जाएगा।",
  cancelBookings: (_count, number) => `${number} बुकिंग रद्द होंगी।`,
  cancelWaiting: (count, number) =>
    `लाइन के ${number} ${peopleOf(count)} को बताया जाएगा कि लाइन ख़त्म हो गई।`,
  cancelTold: "जिन पर असर होगा, उन सबको ईमेल जाएगा।",
  cancelFinal: "रद्द हुआ इवेंट फिर शुरू नहीं हो सकता। इसे वापस नहीं लिया जा सकता।",
  cancelName: "रद्द करने के लिए इवेंट का नाम लिखें",
  cancelNameWrong: (name) => `नाम वैसा ही लिखें जैसा है: ${name}`,
  cancelDo: "इवेंट रद्द करें और सबको पैसे लौटाएँ",
  cancelDoFree: "इवेंट रद्द करें",
  cancelling: "रद्द हो रहा है…",
  cancelKeep: "इवेंट रहने दें",
  cancelUnknown: "हमें अभी पता नहीं कि यह रद्द हुआ या नहीं। थोड़ी देर में यहाँ फिर देखें।",

  progressTitle: "इवेंट रद्द हो गया है",
  progressDone: (time) => `सब पूरा हो गया, ${time} को।`,
  progressGoesOn: "यह अपने आप चलता रहेगा। आप यह पेज छोड़कर बाद में लौट सकते हैं।",
  progressBookings: (done, _count, number) => `${number} में से ${done} बुकिंग रद्द हुईं`,
  progressRefunds: (done, _count, number) => `${number} में से ${done} रिफ़ंड हुए`,
  progressMoney: (done, all) => `${all} में से ${done} वापस किए गए`,
  progressFailed: (_count, number) => `${number} रिफ़ंड अब तक नहीं हो पाए, और अपने आप फिर से किए जाएँगे।`,
  progressNothing: "किसी के पास टिकट नहीं था, इसलिए कुछ वापस नहीं करना है।",
};
