import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const people = pluralOf("hi", { one: "व्यक्ति", other: "लोग" });
const peopleOf = pluralOf("hi", { one: "व्यक्ति", other: "लोगों" });
const want = pluralOf("hi", { one: "जिसे चाहिए", other: "जिन्हें चाहिए" });
const hours = pluralOf("hi", { one: "घंटा", other: "घंटे" });

const MINUTES_AN_HOUR = 60;

/** "2 टिकट, कम भी चलेंगे" */
const wish = (count: number, number: string, least: number, leastNumber: string) =>
  least === count ? `${number} टिकट` : `${number} टिकट, या कम से कम ${leastNumber}`;

export const waitlist: Messages["waitlist"] = {
  title: (name) => `वेटलिस्ट: ${name}`,
  titleShort: "वेटलिस्ट",
  soldOut: "सब बिक गए",
  loading: "लाइन में आपकी जगह देखी जा रही है",
  cannotRead: "अभी वेटलिस्ट तक पहुँच नहीं हो पा रही।",
  stale: "अभी वेटलिस्ट तक पहुँच नहीं हो पा रही। पहले आपकी जगह यह थी; हम कोशिश कर रहे हैं।",
  tryAgain: "फिर से कोशिश करें",

  // Joining
  joinTitle: "टिकट का इंतज़ार करें",
  joinLead: "जो टिकट वापस आते हैं, वे लाइन में लगे लोगों को बारी-बारी से मिलते हैं।",
  count: "टिकट",
  fewerButton: "एक टिकट कम",
  moreButton: "एक टिकट और",
  types: "कौन से टिकट चलेंगे?",
  typesHint: "जो पहले आएगा, वही आपको ऑफ़र होगा। एक साथ कई आएँ, तो वह जो आपने पहले चुना।",
  choice: (_place, number) => `पसंद ${number}`,
  fewerWelcome: "कम भी चलेंगे",
  fewerWelcomeHint: "हो सकता है कुछ टिकट आपको जल्दी मिल जाएँ। कम टिकट आगे बढ़ा देने से आपकी जगह नहीं जाती।",
  join: "वेटलिस्ट में जुड़ें",
  joining: "जोड़ा जा रहा है…",
  nothingToPay: "टिकट मिलने पर ही पेमेंट करना होगा।",
  noType: "कम से कम एक तरह का टिकट चुनें।",
  freeTitle: "सीटें अब भी ख़ाली हैं",
  freeText: "इंतज़ार की ज़रूरत नहीं: जो आप चाहते हैं, वह अभी ख़रीदा जा सकता है।",
  freeButton: "टिकट लें",
  closed: {
    event_over: "वेटलिस्ट बंद है: इवेंट शुरू हो चुका है, या ख़त्म हो गया है।",
    types_ended: "वेटलिस्ट बंद है: ये टिकट अब नहीं बिकते।",
    buyer_limit: "एक व्यक्ति जितने टिकट ले सकता है, उतने आपके पास हैं।",
  },
  closedTitle: "अब कोई इंतज़ार में नहीं है",
  notOnSale: "इस इवेंट का इंतज़ार नहीं किया जा सकता: यह बिक्री पर नहीं है।",
  otherEvents: "देखें और क्या हो रहा है",

  wishLabel: "आप किसका इंतज़ार कर रहे हैं",

  // In line
  place: (_place, number, total) => `लाइन में ${total} में से आपका नंबर ${number} है`,
  placeUnknown: "आप लाइन में हैं",
  wish: (count, number, least, leastNumber) =>
    `इनके लिए: ${wish(count, number, least, leastNumber)}।`,
  wishTypes: (names) => names.join(", या "),
  ahead: "आपसे आगे",
  nobodyAhead: "कोई नहीं। अगले टिकट आपके हैं।",
  aheadOf: (entries, entriesNumber, _seats, seatsNumber) =>
    `${entriesNumber} ${people(entries)}, ${want(entries)} ${seatsNumber} टिकट`,
  usualWait: "आम तौर पर इंतज़ार",
  waits: {
    "Next in line": "सीटें वापस आते ही आपकी बारी है",
    "5-15 minutes": "सीटें वापस आने के बाद 5 से 15 मिनट",
    "15-60 minutes": "सीटें वापस आने के बाद 15 से 60 मिनट",
    "More than 1 hour": "सीटें वापस आने के बाद एक घंटे से ज़्यादा",
  },
  atThisPace: (whole) =>
    `आज की रफ़्तार से क़रीब ${
      whole < MINUTES_AN_HOUR
        ? `${whole} मिनट`
        : `${Math.round(whole / MINUTES_AN_HOUR)} ${hours(Math.round(whole / MINUTES_AN_HOUR))}`
    }`,
  which: "कौन से",
  weTell: "हम आपको बताएँगे",
  weTellWhere: "यहीं। यह पेज खुला रखें, या फिर आकर देखें: ऑफ़र कुछ मिनट खुला रहता है।",
  why: "अभी क्यों नहीं",
  whyNothingFree: "अभी कोई सीट वापस नहीं आई है।",
  whyOthersFirst: (entries, entriesNumber, seatsNumber) =>
    `सीटें वापस आई हैं, और आपसे आगे के ${entriesNumber} ${peopleOf(entries)} के लिए हैं, ${
      want(entries)
    } ${seatsNumber}।`,
  whyGathering: (kept, of, until) =>
    `आपकी ज़रूरत की ${of} में से ${kept} सीटें आपके लिए रखी हैं। और न आईं, तो ${until} पर आपको यही ऑफ़र होंगी।`,
  whyBehindGroup: (until) =>
    `आपसे आगे के एक ग्रुप के लिए सीटें साथ रखी जा रही हैं, ज़्यादा से ज़्यादा ${until} तक।`,
  whyStandingBack: (until) => `आपके लिए जमा की गई सीटें आपने छोड़ दीं। ${until} से वे फिर जमा की जाएँगी।`,
  whyNotOnSale: "ये टिकट अभी नहीं बिक रहे। आपकी जगह बनी रहेगी।",
  whyPaused: "आयोजक ने वेटलिस्ट रोक रखी है। आपकी जगह बनी रहेगी।",
  changeTo: (_count, number) => `${number} टिकट कर दें`,
  changeLabel: "कम टिकटों का इंतज़ार करें",
  changeHint: "आपकी जगह बनी रहेगी।",
  welcomeFewer: "कम भी चलेंगे",
  leave: "लाइन छोड़ें",
  leaveTitle: "लाइन छोड़ें?",
  leaveText: (_place, number, total) =>
    `${total} में से आपका नंबर ${number} है। वापस आने पर आप सबसे पीछे से शुरू करेंगे।`,
  leaveTextUnknown: "वापस आने पर आप सबसे पीछे से शुरू करेंगे।",
  leaving: "छोड़ी जा रही है…",
  stay: "लाइन में रहें",
  left: "आपने लाइन छोड़ दी है।",

  // The offer
  offerOpen: "आपका ऑफ़र खुला है",
  offerTitle: (count, number) =>
    count === 1
      ? `${number} टिकट वापस आया। आप चाहें तो यह आपका है।`
      : `${number} टिकट वापस आए। आप चाहें तो ये आपके हैं।`,
  each: (number, price) => `${number} × ${price}`,
  take: (_count, number) => `${number} टिकट लें`,
  takeOnly: (number) => `सिर्फ़ ${number} लें`,
  taking: "एक पल…",
  takeFewerLabel: "जितने टिकट आप लेंगे",
  passOn: () => "अगले व्यक्ति को दें",
  passOnTitle: () => "अगले व्यक्ति को दें?",
  passOnText: (count) =>
    `टिकट अगले व्यक्ति को ${count === 1 ? "मिलेगा" : "मिलेंगे"}, और आप लाइन से निकल जाएँगे।`,
  passOnKeeps: (count) =>
    `टिकट अगले व्यक्ति को ${count === 1 ? "मिलेगा" : "मिलेंगे"}। लाइन में आपकी जगह बनी रहेगी।`,
  keepOffer: "ऑफ़र रखें",
  passing: "आगे दिया जा रहा है…",
  nobodyElse: (count, until) => `${until} तक ${count === 1 ? "इसे" : "इन्हें"} कोई और नहीं ख़रीद सकता।`,
  thenNext: (count, waiting, waitingNumber) =>
    waiting > 0
      ? `उसके बाद ${count === 1 ? "यह" : "ये"} इंतज़ार कर रहे ${waitingNumber} ${
        peopleOf(waiting)
      } में से अगले को ${count === 1 ? "मिलेगा" : "मिलेंगे"}, और आप लाइन से निकल जाएँगे।`
      : `उसके बाद ${
        count === 1 ? "यह फिर बिक्री पर होगा" : "ये फिर बिक्री पर होंगे"
      }, और आप लाइन से निकल जाएँगे।`,
  thenKeeps: (count, wanted) =>
    `आप ${wanted} का इंतज़ार कर रहे हैं: ${
      count === 1 ? "इसे" : "इन्हें"
    } आगे दें, तो सबके लिए आपकी जगह बनी रहेगी। समय निकल गया, तो आप लाइन से निकल जाएँगे।`,
  thenLast: "समय पर आपके लिए एक साथ इतने ही टिकट आए। इन्हें छोड़ने पर भी आपकी जगह बनी रहेगी।",

  // After it
  overTitle: "ऑफ़र ख़त्म हो गया",
  over: (at) => `ऑफ़र ${at} पर अगले व्यक्ति को चला गया। आप फिर से लाइन में लग सकते हैं।`,
  overUnknown: "ऑफ़र अगले व्यक्ति को चला गया। आप फिर से लाइन में लग सकते हैं।",
  passedOn: "आपने टिकट आगे दे दिए। आप फिर से लाइन में, सबसे पीछे लग सकते हैं।",
  overKept: (at) => `ऑफ़र ${at} पर ख़त्म हो गया। आपकी जगह बनी रही।`,
  keptPlace: "आपने टिकट आगे दे दिए, और आपकी जगह बनी रही।",
  converted: "टिकट आपके पास हैं",
  convertedText: "आपने इंतज़ार किया और टिकट मिल गए। यहाँ अब कुछ करना बाक़ी नहीं।",
  showTickets: "टिकट दिखाएँ",
  myTickets: "मेरे टिकट देखें",

  // What goes wrong
  limited: (left) => `बहुत ज़्यादा कोशिशें हुईं। ${left} सेकंड में फिर से कोशिश करें।`,
  unreachable: "अभी जवाब नहीं मिला। फिर से कोशिश करें: कोई दो बार नहीं जुड़ता।",
  refused: {
    TOO_MANY_TICKETS: "एक बुकिंग में इतने टिकट नहीं हो सकते।",
    TICKET_TYPE_NOT_ON_SALE: "अभी इन टिकटों का इंतज़ार नहीं किया जा सकता।",
    EVENT_UNKNOWN: "अब इस इवेंट का इंतज़ार नहीं किया जा सकता।",
    WAITLIST_STATE_CONFLICT: "आपकी जगह अभी-अभी बदली है। दोबारा देखें।",
    NOT_ON_WAITLIST: "आप अब लाइन में नहीं हैं।",
    NO_OPEN_OFFER: "यह ऑफ़र ख़त्म हो गया है।",
    BUYER_LIMIT_REACHED: "इस इवेंट के इतने टिकट एक व्यक्ति नहीं ले सकता।",
    RESERVATIONS_BLOCKED: "आयोजक अभी आपके अकाउंट से बुकिंग नहीं ले रहे हैं।",
  },
  refusedOtherwise: "यह नहीं हो पाया। फिर से कोशिश करें।",
};
