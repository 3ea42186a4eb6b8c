import type { Messages } from "../messages.ts";

/** From as many seconds on a wait is told in minutes. */
const LONG_WAIT_S = 120;

const wait = (left: number) => left < LONG_WAIT_S ? `${left} सेकंड` : `${Math.ceil(left / 60)} मिनट`;

export const login: Messages["login"] = {
  title: "साइन इन करें",
  titleRegister: "अकाउंट बनाएँ",
  email: "ईमेल",
  password: "पासवर्ड",
  name: "नाम",
  nameHint: "जैसा आपके टिकट पर होना चाहिए।",
  passwordHint: (least) => `${least} या ज़्यादा अक्षर। मुश्किल पासवर्ड से बेहतर है लंबा पासवर्ड।`,
  signIn: "साइन इन करें",
  signingIn: "साइन इन हो रहा है…",
  register: "अकाउंट बनाएँ",
  registering: "अकाउंट बन रहा है…",
  noAccount: "अभी अकाउंट नहीं है?",
  toRegister: "अकाउंट बनाएँ",
  haveAccount: "पहले से अकाउंट है?",
  toLogin: "साइन इन करें",
  needsScript: "इस पेज के लिए JavaScript चाहिए, जो यहाँ बंद है।",
  enterEmail: "अपना ईमेल डालें",
  enterEmailWhole: "asha@example.com जैसा ईमेल डालें",
  enterPassword: "अपना पासवर्ड डालें",
  enterName: "अपना नाम डालें",
  choosePassword: (least, most) => `${least} से ${most} अक्षरों का पासवर्ड चुनें`,
  shorterName: (most) => `ज़्यादा से ज़्यादा ${most} अक्षरों का नाम डालें`,
  wrong: "यह ईमेल और पासवर्ड मेल नहीं खाते।",
  taken: "इस ईमेल से एक अकाउंट पहले से है। साइन इन करें, या दूसरा ईमेल डालें।",
  tooMany: (left) => `बहुत ज़्यादा कोशिशें हुईं। ${wait(left)} में फिर से कोशिश करें।`,
  demo: "डेमो अकाउंट",
  demoHint: "सिर्फ़ डेवलपमेंट में। एक बार दबाने पर आप साइन इन हो जाते हैं।",
  admit: "एक व्यक्ति का प्रवेश",
  reasons: [
    "टिकट होल्ड करें और आराम से पेमेंट करें।",
    "रद्द करें, और रिफ़ंड पहले ही देख लें।",
    "बिक चुके इवेंट के लिए लाइन में अपनी जगह लेकर इंतज़ार करें।",
  ],
};
