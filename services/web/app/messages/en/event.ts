export const event = {
  about: "About",
};
