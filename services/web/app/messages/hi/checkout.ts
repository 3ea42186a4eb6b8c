import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const are = pluralOf("hi", { one: "है", other: "हैं" });

/** "4 मिनट 9 सेकंड" */
function duration(left: number): string {
  const whole = Math.floor(left / 60), rest = left % 60;
  const parts = [];
  if (whole > 0) parts.push(`${whole} मिनट`);
  if (rest > 0 || whole === 0) parts.push(`${rest} सेकंड`);
  return parts.join(" ");
}

export const checkout: Messages["checkout"] = {
  title: "अपने टिकटों का पेमेंट करें",
  titleFree: "अपने टिकट लें",
  titlePaying: "आपके टिकटों का पेमेंट हो रहा है",
  timeRegion: "बचा हुआ समय",
  timeLeft: (left) => `${duration(left)} बचे हैं`,
  timeIsUp: "समय पूरा हो गया।",
  held: (count, number) => `${number} टिकट आपके लिए होल्ड पर ${are(count)}`,
  heldShort: (_count, number) => `${number} टिकट आपके लिए होल्ड पर`,
  heldMore: (number) => `और ${number} अन्य`,
  heldRegion: "होल्ड पर रखे टिकट",
  goOn: "पेमेंट करें",
  letThemGo: () => "छोड़ दें",
  letTicketsGo: () => "टिकट छोड़ दें",
  keepLonger: (whole) => whole > 0 ? `${whole} मिनट और रखें` : "थोड़ी देर और रखें",
  keptOnce: "समय एक बार बढ़ाया जा चुका है, दोबारा नहीं बढ़ सकता।",
  over: () => "समय पूरा हो गया और टिकट वापस चले गए। कोई पेमेंट नहीं हुआ।",
  holdAgain: (number) => `फिर से ${number} होल्ड करें`,
  toEvent: "इवेंट देखें",
  close: "यह सूचना बंद करें",
  holding: "होल्ड हो रहे हैं…",
  askingAgain: "अभी जवाब नहीं मिला। हम फिर से पूछ रहे हैं।",
  few: (count, number) => `सिर्फ़ ${number} ही बचे ${are(count)}।`,
  takeFew: (number) => `${number} लें`,
  lastWent: "आख़िरी टिकट अभी-अभी बिक गए।",
  joinWaitlist: "वेटलिस्ट में जुड़ें",
  limited: (left) => `बहुत ज़्यादा कोशिशें हुईं। ${left} सेकंड में फिर से कोशिश करें।`,
  unreachable:
    "जवाब नहीं मिला, और हमें पता नहीं कि टिकट होल्ड हुए या नहीं। फिर से पूछने पर टिकट दो बार होल्ड नहीं होते।",
  offline: "आप ऑफ़लाइन हैं। आपके ऑनलाइन आते ही हम ख़ुद फिर से कोशिश करेंगे।",
  askAgain: "फिर से पूछें",
  refused: {
    TICKET_TYPE_NOT_ON_SALE: "ये टिकट अभी बिक्री पर नहीं हैं।",
    EVENT_UNKNOWN: "इस इवेंट की बिक्री अब बंद है।",
    TOO_MANY_TICKETS: "एक बुकिंग में इतने टिकट नहीं हो सकते।",
    MIN_QUANTITY: "एक बुकिंग में इससे ज़्यादा टिकट होने चाहिए।",
    BUYER_LIMIT_REACHED: "इस इवेंट के इतने टिकट एक व्यक्ति नहीं ले सकता।",
    RESERVATIONS_BLOCKED: "आयोजक अभी आपके अकाउंट से बुकिंग नहीं ले रहे हैं।",
  },
  refusedOtherwise: "यह नहीं हो पाया। इवेंट दोबारा देखें: उसके टिकट बदले हो सकते हैं।",
  cannotRead: "अभी आपकी बुकिंग तक पहुँच नहीं हो पा रही।",
  summary: "आपका ऑर्डर",
  each: (_count, number, price) => `${number} टिकट, हर एक ${price}`,
  fees: "फ़ीस",
  none: "कोई नहीं",
  youPay: "आप देंगे",
  youPaid: "आपने दिए",
  total: "कुल",
  pay: (amount) => `${amount} का पेमेंट करें`,
  takeFree: (_count, number) => `${number} फ़्री टिकट लें`,
  paying: "पेमेंट हो रहा है…",
  payWith: "पेमेंट का तरीक़ा",
  methods: { card: "कार्ड", upi: "UPI", netbanking: "नेटबैंकिंग" },
  outcome: "पेमेंट का नतीजा क्या हो?",
  outcomeHint: "कोई पैसा नहीं कटता, इसलिए कार्ड भी नहीं पूछा जाता। चुनें कि बैंक क्या जवाब देगा।",
  outcomes: {
    pays: { name: "पेमेंट हो जाए", text: "आपको टिकट मिल जाएँगे।" },
    declines: { name: "बैंक मना कर दे", text: "आपके टिकट होल्ड पर रहेंगे।" },
    asks: { name: "पहले आपसे पूछे", text: "आप मंज़ूरी देंगे, तब पेमेंट होगा।" },
    late: { name: "देर से जवाब दे", text: "आप देखेंगे कि हम कैसे पता करते हैं।" },
    processing: { name: "समय ले", text: "पेमेंट थोड़ी देर बाद होगा।" },
  },
  stripeBroken: "अभी पेमेंट कंपनी तक पहुँच नहीं हो पा रही। कोई पेमेंट नहीं हुआ।",
  refund: (percent, until) =>
    `${until ? `${until} तक ` : ""}${percent === 100 ? "पूरा रिफ़ंड" : `${percent}% रिफ़ंड`}।`,
  noRefund: "इन टिकटों के पैसे वापस नहीं मिल सकते।",
  declined: "आपके बैंक ने पेमेंट से मना कर दिया।",
  declinedThen:
    "कोई पैसा नहीं कटा, और आपके टिकट अब भी होल्ड पर हैं। फिर से कोशिश करें, या किसी और तरीक़े से पेमेंट करें।",
  unknown: "हमें अभी पता नहीं कि पेमेंट हुआ या नहीं।",
  unknownThen: "दोबारा पेमेंट न करें: हम पूछते रहेंगे और यहीं बताएँगे।",
  unknownPaused: "दोबारा पेमेंट न करें। हमने कुछ देर पूछा, पर जवाब नहीं मिला।",
  action: "आपका बैंक आपसे मंज़ूरी चाहता है।",
  actionThen: "तब तक आपके टिकट होल्ड पर रहेंगे।",
  actionGo: "बैंक पर जाएँ",
  approve: (amount) => `${amount} मंज़ूर करें`,
  refuse: "मना करें",
  bankUnreachable: "बैंक तक आपका जवाब नहीं पहुँचा। फिर से कोशिश करें।",
  actionDone: "मैंने मंज़ूरी दे दी है",
  notMine: "यह बुकिंग इस अकाउंट की नहीं है",
  loggedInAs: (email) => `आप ${email} से साइन इन हैं।`,
  myBookings: "अपनी बुकिंग देखें",
  paid: "पेमेंट हो गया। आप जा रहे हैं।",
  paidThen: (count) => `${count === 1 ? "आपका" : "आपके"} टिकट तैयार ${are(count)}।`,
  showTickets: () => "टिकट दिखाएँ",
  overTitle: "समय पूरा हो गया",
  overThen: () => "टिकट वापस चले गए। कोई पेमेंट नहीं हुआ।",
  overProcessing: (_count, amount) =>
    `टिकट वापस चले गए, और आपका पेमेंट अभी रास्ते में है। उसके पहुँचने पर टिकट ख़ाली हुए तो वे आपको मिलेंगे, नहीं तो ${amount} वापस।`,
  lateTitle: "आपका पेमेंट देर से आया",
  lateThen: (_count, amount) => `उसके आने से पहले टिकट वापस जा चुके थे। आपको ${amount} वापस मिलेंगे।`,
  eventCancelled: "यह इवेंट रद्द हो गया है",
  cancelled: "यह बुकिंग रद्द है",
  refunded: (amount) => `आपको ${amount} वापस मिलेंगे।`,
  nothingPaid: "कोई पेमेंट नहीं हुआ।",
  otherEvents: "देखें और क्या हो रहा है",
};
