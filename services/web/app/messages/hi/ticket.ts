import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const people = pluralOf("hi", { one: "व्यक्ति", other: "लोगों" });

/** Letters as they are read out on a bad line. */
const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  ("अल्फ़ा ब्रावो चार्ली डेल्टा ईको फ़ॉक्सट्रॉट गोल्फ़ होटल इंडिया जूलिएट किलो लीमा माइक नवंबर ऑस्कर " +
    "पापा क्यूबेक रोमियो सिएरा टैंगो यूनिफ़ॉर्म विक्टर व्हिस्की एक्सरे यैंकी ज़ूलू").split(" ")
    .map((word, i) => ["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i]!, word]),
);
const DIGITS = ["शून्य", "एक", "दो", "तीन", "चार", "पाँच", "छह", "सात", "आठ", "नौ"];

export const ticket: Messages["ticket"] = {
  title: "आपके टिकट",
  titleOf: (event) => `टिकट: ${event}`,
  paid: "पेमेंट हो गया। आप जा रहे हैं।",
  taken: "टिकट आपके हैं। आप जा रहे हैं।",
  paidThen: "यह पेज ही आपका टिकट है: इसका पता सँभालकर रखें, प्रिंट करें, या गेट पर खोलें।",
  kept: (time) => `इस डिवाइस में सेव किया हुआ, ${time} का। अभी नेटवर्क नहीं है।`,
  cancelled: "ये टिकट रद्द हैं।",
  eventCancelled: "इवेंट रद्द हो गया है।",
  cancelledThen: "इनसे प्रवेश नहीं मिलेगा।",
  void: "रद्द",
  unreachable: "अभी आपके टिकट तक पहुँच नहीं हो पा रही।",
  qr: (reference) => `टिकट ${reference} का QR कोड`,
  line: (number, name) => `${number} × ${name}`,
  until: (day, time) => `${day}, ${time} तक`,
  spelled: (reference) =>
    [...reference.slice(reference.indexOf("-") + 1)]
      .map((sign) => LETTERS[sign] ?? DIGITS[Number(sign)] ?? sign).join(" "),
  addToCalendar: "कैलेंडर में जोड़ें",
  print: "प्रिंट करें",
  atTheDoor: "गेट पर",
  admits: (count, number) =>
    `यह पेज या इसका प्रिंट दिखाएँ। इस कोड से ${number} ${
      people(count)
    } को प्रवेश मिलता है, और जिसके पास यह हो, वही अंदर जा सकता है: इसे किसी और को न दिखाएँ।`,
  where: "कहाँ",
  organiser: "आयोजक",
  ifNot: "अगर आप न आ पाएँ",
  myBookings: "अपनी बुकिंग में रद्द करें",
};
