/** The interface's texts and the language in use; everything that shows a word asks here. */
const wording = { texts: null, language: "en" };

/** Return the text of a key, with {name} filled in; numbers are written as the language writes them. */
function say(key, values = {}) {
  const text = wording.texts[wording.language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => inWords(values[name]));
}

/** Return a number as the language in use writes it. */
function inWords(value) {
  return typeof value === "number" ? numberFormats[wording.language].format(value) : String(value);
}

const numberFormats = { en: new Intl.NumberFormat("en"), da: new Intl.NumberFormat("da") };

/** Return a number with its noun: "event", "actor" or "link". */
function countOf(noun, n) {
  return n === 1 ? say(noun) : say(noun + "s", { n });
}

function countEvents(n) {
  return countOf("event", n);
}

/** Say the page's fixed parts in the language in use. */
function sayAll() {
  document.documentElement.lang = wording.language;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = say(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", say(node.dataset.tLabel));
  for (const node of document.querySelectorAll("[data-t-title]")) node.title = say(node.dataset.tTitle);
  for (const node of document.querySelectorAll("[data-t-placeholder]")) node.placeholder = say(node.dataset.tPlaceholder);
  byId("language").textContent = say("other-language");
  byId("language").lang = wording.language === "en" ? "da" : "en";
}

/** Return the language to begin with: the browser's if the page has it, English otherwise. */
function preferredLanguage() {
  const wanted = (navigator.languages ?? [navigator.language]).map((tag) => tag.slice(0, 2));
  return wanted.map((tag) => ({ nb: "da", nn: "da", no: "da", sv: "da" })[tag] ?? tag).find((tag) => tag in wording.texts) ?? "en";
}
