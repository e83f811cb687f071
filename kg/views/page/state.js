/** What the reader has chosen; every list is empty and every choice open at first. It lives in the page's address. */
function openState() {
  return {
    hideActions: new Set(), hideKinds: new Set(), hideStatuses: new Set(), hideSupports: new Set(), hideLanguages: new Set(),
    who: new Set(), publishers: new Set(), minimum: 1, confidence: 0, cap: 800, from: null, until: null,
    node: null, link: null, focus: null, path: null, pane: "", sort: "date", down: true, theme: "", language: "",
  };
}

const LIST_KEYS = { hideActions: "x", hideKinds: "xk", hideStatuses: "xs", hideSupports: "xc", hideLanguages: "xl", who: "who", publishers: "pub" };
const VALUE_KEYS = { minimum: "min", confidence: "conf", cap: "cap", from: "from", until: "until", node: "node", link: "link", focus: "focus", path: "path", pane: "pane", sort: "sort", theme: "theme", language: "ui" };
const NUMBERS = new Set(["minimum", "confidence", "cap"]);

/** Return the address's fragment that says how `state` differs from the open one. */
function toFragment(state) {
  const start = openState();
  const words = new URLSearchParams();
  for (const [name, key] of Object.entries(LIST_KEYS)) for (const value of [...state[name]].sort()) words.append(key, value);
  for (const [name, key] of Object.entries(VALUE_KEYS)) if (state[name] !== start[name]) words.set(key, state[name]);
  if (!state.down) words.set("up", "1");
  return words.toString();
}

/** Return the state that a fragment tells; what it does not tell stays open. */
function fromFragment(fragment) {
  const words = new URLSearchParams(fragment.replace(/^#/, ""));
  const state = openState();
  for (const [name, key] of Object.entries(LIST_KEYS)) state[name] = new Set(words.getAll(key));
  for (const [name, key] of Object.entries(VALUE_KEYS)) {
    if (!words.has(key)) continue;
    const value = words.get(key);
    if (!NUMBERS.has(name)) state[name] = value;
    else if (/^\d{1,7}$/.test(value)) state[name] = Number(value);
  }
  for (const name of ["from", "until"]) if (state[name] && !isDay(state[name])) state[name] = null;
  state.down = !words.has("up");
  return state;
}

function isDay(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(Date.parse(text)) && toIso(toDay(text)) === text;
}
