import { pluralOf } from "../../plural.ts";
import type { ConsoleMessages } from "../../console_messages.ts";

const people = pluralOf("hi", { one: "व्यक्ति", other: "लोग" });
const peopleOf = pluralOf("hi", { one: "व्यक्ति", other: "लोगों" });

export const eventWaitlist: ConsoleMessages["eventWaitlist"] = {
  title: "वेटलिस्ट",
  waits: (count, number) => `${number} ${people(count)} इंतज़ार में या ऑफ़र के साथ`,
  openOffers: (_count, number) => `इस पेज पर ${number} खुले ऑफ़र`,
  none: "कोई इंतज़ार में नहीं है",
  noneText: "सब टिकट बिक जाने पर लोग टिकट साइट पर इवेंट के पेज से लाइन में लग सकते हैं।",
  place: "नंबर",
  offered: "ऑफ़र",
  nth: (number) => number,
  who: "कौन",
  gone: "अकाउंट अब नहीं है",
  wants: "क्या चाहिए",
  wish: (_count, number) => `${number} टिकट`,
  wishFewer: (_count, number, least) => `${number} टिकट, या कम से कम ${least}`,
  choices: (names) => names.join(", फिर "),
  since: "कब से",
  state: "अभी क्या हो रहा है",
  offerOf: (number, name) => `${number} × ${name} ऑफ़र हुए`,
  offerLeft: (clock) => `${clock} बाक़ी`,
  offerEnding: "अभी ख़त्म हो रहा है",
  offerPartial: "जितने चाहिए उनसे कम: छोड़ने पर जगह नहीं जाती।",
  offerLast: "समय पर इतने ही एक साथ आए: छोड़ने पर जगह नहीं जाती।",
  why: {
    NOTHING_FREE: "कोई सीट वापस नहीं आई है।",
    NOT_ON_SALE: "जो चाहिए वह अभी नहीं बिक रहा।",
    PAUSED: "आपने लाइन रोक रखी है।",
  },
  whyOthers: (entries, entriesNumber, _seatsCount, seatsNumber) =>
    `जो ख़ाली है वह आगे के ${entriesNumber} ${peopleOf(entries)} के लिए है, ${seatsNumber} सीटों के लिए।`,
  whyGathering: (kept, of, until) =>
    `${of} में से ${kept} सीटें जमा हैं; ज़्यादा से ज़्यादा ${until} तक ऑफ़र होंगी।`,
  whyBehind: (until) => `आगे के एक ग्रुप के लिए सीटें जमा हो रही हैं, ${until} तक।`,
  whyStanding: (until) => `पिछला ऑफ़र छोड़ दिया; ${until} से फिर जमा होंगी।`,
  whyClosed: {
    event_over: "लाइन बंद है: इवेंट ख़त्म हो गया।",
    starts_soon: "लाइन बंद है: इवेंट शुरू होने वाला है।",
    types_ended: "लाइन बंद है: ये टिकट अब नहीं बिकते।",
    buyer_limit: "एक व्यक्ति जितने टिकट ले सकता है, उतने इनके पास हैं।",
  },
  passed: (_count, number) => `${number} सीटें आगे निकल गईं, क्योंकि कम थीं`,
  pass: (_count, number, time, kept) => `${time}: ${number} सीटें, ${kept} रुकीं`,
  passTo: (_count, number, time, kept, place) =>
    `${time}: ${number} सीटें नंबर ${place} को, ${kept} रुकीं`,

  paused: (time) => `${time} से रुकी हुई। वापस आने वाली सीटें लाइन के लिए रखी जाती हैं।`,
  pause: "ऑफ़र रोकें",
  pausing: "रोका जा रहा है…",
  resume: "ऑफ़र फिर शुरू करें",
  resuming: "शुरू हो रहा है…",
  pausedNow: "रुक गई। लोग लाइन में लग सकते हैं, उनकी जगह बनी रहेगी, और खुले ऑफ़र लिए जा सकते हैं।",
  resumedNow: "ऑफ़र फिर चल रहे हैं। इस बीच जो वापस आया, वह तुरंत ऑफ़र होगा।",

  rules: "लाइन कैसे चलती है",
  rule: [
    "जो सीटें वापस आती हैं, वे लाइन के पहले व्यक्ति को दस मिनट के लिए मिलती हैं। कोई और इन्हें नहीं ख़रीद सकता।",
    "ऑफ़र पूरे टिकटों का होता है, या कम का, अगर किसी को कम भी चलेंगे।",
    "ग्रुप पीछे नहीं छूटते: उनके लिए सीटें जमा की जाती हैं, ज़्यादा से ज़्यादा कुछ घंटे।",
    "जगह लाइन में लगते समय मिलती है, और इंतज़ार करने से कभी नहीं जाती।",
  ],
};
