import type { ConsoleMessages } from "../../console_messages.ts";

export const frame: ConsoleMessages["frame"] = {
  brand: "आयोजकों के लिए Evently",
  title: (page) => `${page} · Evently कंसोल`,
  navigation: "कंसोल",
  menu: "मेन्यू",
  overview: "एक नज़र में",
  events: "इवेंट",
  venues: "जगहें",
  team: "टीम",
  webhooks: "वेबहुक",
  shop: "टिकट साइट खोलें",
  logOut: "लॉग आउट करें",
  notOut: "लॉग आउट नहीं हो पाया: जवाब नहीं मिला। फिर से कोशिश करें।",
  loading: "लोड हो रहा है",
  roles: {
    super_admin: "सुपर एडमिन",
    event_manager: "इवेंट मैनेजर",
    analyst: "विश्लेषक",
  },
  readOnly: "आप यहाँ सब कुछ देख सकते हैं, पर बदल कुछ नहीं सकते।",
  notFoundTitle: "यहाँ कुछ नहीं है",
  notFound: "हो सकता है पता पुराना हो, या यह आपके देखने के लिए न हो।",
  toOverview: "एक नज़र में पर जाएँ",
  notAllowed: "आपका अकाउंट यह नहीं कर सकता।",
};
