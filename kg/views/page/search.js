/** Finds listed at most. */
const FOUND = 12;

/** Make a text field find actors by name or code; `choose` gets the node's index. */
function openSearch(input, list, model, choose) {
  let found = [];
  let active = -1;
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (node) => {
    input.value = "";
    close();
    byId("details").focus();
    choose(node);
  };
  const mark = (place) => {
    active = (place + found.length) % found.length;
    [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === active)));
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  };
  const look = () => {
    found = findActors(model, input.value);
    if (!found.length) return close();
    list.replaceChildren(...found.map((node, index) => foundRow(model, node, input.id + "-" + index, () => take(node))));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(0);
  };
  input.addEventListener("input", look);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(active + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Enter") take(found[active]);
    else return;
    event.preventDefault();
  });
}

function foundRow(model, node, id, take) {
  const row = element("li", { id, role: "option", "aria-selected": "false" }, flagged(model.nodes[node]), element("span", { class: "count" }, model.nodes[node].code));
  row.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take();
  });
  return row;
}

function flagged(node) {
  return (node.flag ? node.flag + " " : "") + nodeName(node);
}

/** Return the nodes whose code or name begins with the words, then those that hold them, the most active first. */
function findActors(model, words) {
  const wanted = plain(words);
  if (!wanted) return [];
  const scores = model.nodes.map((node, index) => {
    const names = [node.code, node.label, node.da].map(plain);
    const score = names.includes(wanted) ? 3 : names.some((name) => name.startsWith(wanted)) ? 2 : names.some((name) => name.includes(wanted)) ? 1 : 0;
    return { index, score, events: model.nodeEvents[index].length };
  });
  const ranked = scores.filter(({ score }) => score).sort((one, other) => other.score - one.score || other.events - one.events || one.index - other.index);
  return ranked.slice(0, FOUND).map(({ index }) => index);
}

/** Return a text without case and accents, Danish letters as English keyboards have them. */
function plain(text) {
  const letters = { æ: "ae", ø: "o", ß: "ss", đ: "d", ł: "l" };
  return text.toLowerCase().replace(/[æøßđł]/g, (letter) => letters[letter]).normalize("NFD").replace(/\p{M}/gu, "").trim();
}
