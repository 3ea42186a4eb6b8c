import type { ConsoleMessages } from "../../console_messages.ts";

export const download: ConsoleMessages["download"] = {
  under: (size) => `डाउनलोड हो रहा है… ${size}`,
  stop: "रोकें",
  stopped: "रोक दिया। कुछ सेव नहीं हुआ।",
  saved: (size) => `सेव हो गई: ${size}।`,
  broken: "फ़ाइल बीच में टूट गई, इसलिए कुछ सेव नहीं हुआ। फिर से कोशिश करें।",
  busy: "अभी दूसरी फ़ाइलें बन रही हैं। थोड़ी देर में फिर से कोशिश करें।",
  refused: "फ़ाइल नहीं बन पाई। फिर से कोशिश करें।",
  tooLarge: "फ़ाइल ब्राउज़र के लिए बहुत बड़ी है। इसे किसी प्रोग्राम से लें।",
  leave: "तब तक आप दूसरे पेज पर जा सकते हैं।",
  kilobytes: (number) => `${number} केबी`,
  megabytes: (number) => `${number} एमबी`,
};
