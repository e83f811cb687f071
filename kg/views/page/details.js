/** Cards shown at first, and added by each press of the button. */
const CARDS = 30;

/** Fill the panel beside the drawing with what is chosen: a link, an actor, or, for nothing, an overview. */
function showDetails(box, app) {
  const { model, state } = app;
  const link = state.link === null ? undefined : linkOfName(model, state.link);
  const node = model.nodeIndex.get(state.node);
  const parts = link !== undefined ? linkDetails(app, link) : node !== undefined ? nodeDetails(app, node) : overview(app);
  box.replaceChildren(...parts.filter(Boolean));
  box.scrollTop = 0;
}

function linkOfName(model, name) {
  const [source, target] = name.split(">").map((id) => model.nodeIndex.get(id));
  return source === undefined || target === undefined ? undefined : model.linkOf(source, target);
}

function linkName(model, link) {
  return model.nodes[model.linkSource[link]].id + ">" + model.nodes[model.linkTarget[link]].id;
}

function title(app, ...parts) {
  const close = button("×", () => app.update((state) => Object.assign(state, { node: null, link: null })), { class: "close", "aria-label": say("close") });
  return element("div", { class: "title" }, element("h2", {}, ...parts), close);
}

function actorButton(app, node, label = flagged(app.model.nodes[node])) {
  return button(label, () => app.choose(node), { class: "actor" });
}

function linkDetails(app, link) {
  const { model } = app;
  const [source, target] = [model.linkSource[link], model.linkTarget[link]];
  const back = model.linkOf(target, source);
  const events = newestFirst(model, eventsOfLink(model, app.selection, link));
  const both = back === undefined ? events : [...events, ...eventsOfLink(model, app.selection, back)];
  const names = { a: nodeName(model.nodes[source]), b: nodeName(model.nodes[target]) };
  const turn = back === undefined || !app.sums.count[back] ? null : button(`${say("both-ways")} (${app.sums.count[back]})`, () => app.update((state) => (state.link = linkName(model, back))));
  return [
    title(app, actorButton(app, source), " → ", actorButton(app, target)),
    element("p", { class: "soft" }, countEvents(events.length)),
    pairLanes(model, both, names, (event) => app.reveal(event)),
    turn ? element("p", { class: "row" }, turn) : null,
    cardList(app, events),
  ];
}

function nodeDetails(app, node) {
  const { model } = app;
  const events = newestFirst(model, eventsOfNode(model, app.selection, node));
  const asSource = events.filter((event) => model.sources[event].includes(node)).length;
  const asTarget = events.filter((event) => model.targets[event].includes(node)).length;
  const focused = app.state.focus === model.nodes[node].id;
  const focus = button(say(focused ? "unfocus" : "focus"), () => app.focus(focused ? null : node));
  return [
    title(app, flagged(model.nodes[node])),
    element("p", { class: "soft" }, [say("one-" + model.nodes[node].kind), model.nodes[node].code, countEvents(events.length), say("as-source", { n: asSource }), say("as-target", { n: asTarget })].join(" · ")),
    element("p", { class: "row" }, focus),
    pathFinder(app, node),
    partners(app, node),
    cardList(app, events),
  ];
}

/** A search field for the other end of a path. */
function pathFinder(app, node) {
  const input = element("input", { id: "path-search", type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "path-found", "aria-label": say("path-to"), placeholder: say("path-to") });
  const list = element("ul", { id: "path-found", role: "listbox", "aria-label": say("found"), hidden: true });
  openSearch(input, list, app.model, (end) => app.update((state) => (state.path = app.model.nodes[node].id + ">" + app.model.nodes[end].id)));
  return element("div", { class: "search" }, input, list);
}

/** The links of an actor that hold most events, in both directions. */
function partners(app, node) {
  return linkList(app, strongestFirst(app.sums, linksOf(app.model, app.sums, node)).slice(0, 8));
}

function strongestFirst(sums, links) {
  return [...links].sort((one, other) => sums.count[other] - sums.count[one] || one - other);
}

function linkList(app, links) {
  const { model, sums } = app;
  const row = (link) => {
    const label = nodeName(model.nodes[model.linkSource[link]]) + " → " + nodeName(model.nodes[model.linkTarget[link]]);
    const choose = () => app.update((state) => Object.assign(state, { link: linkName(model, link), node: null }));
    return element("li", {}, element("span", { class: "bar " + lookOf(sums, link).colour, "aria-hidden": "true" }), button(label, choose, { class: "actor" }), element("span", { class: "count" }, inWords(sums.count[link])));
  };
  return element("ul", { class: "links" }, ...links.map(row));
}

function overview(app) {
  const { model, sums, chosen } = app;
  const active = range(0, model.nodes.length).map((node) => ({ node, n: eventsOfNode(model, app.selection, node).length })).filter(({ n }) => n);
  active.sort((one, other) => other.n - one.n || one.node - other.node);
  const actors = active.slice(0, 10).map(({ node, n }) => element("li", {}, actorButton(app, node), element("span", { class: "count" }, inWords(n))));
  return [
    element("div", { class: "title" }, element("h2", {}, say("overview"))),
    element("p", { class: "soft" }, say("overview-help")),
    element("h3", {}, say("strongest")),
    linkList(app, strongestFirst(sums, chosen.links).slice(0, 10)),
    element("h3", {}, say("active")),
    element("ul", { class: "links" }, ...actors),
  ];
}

/** The cards of these events, a part at a time. */
function cardList(app, events) {
  const list = element("div", { class: "cards" });
  const more = button("", () => add(), { class: "more" });
  let shown = 0;
  const add = () => {
    list.append(...events.slice(shown, shown + CARDS).map((event) => eventCard(app.model, app.evidence, event)));
    shown = Math.min(events.length, shown + CARDS);
    more.hidden = shown === events.length;
    more.textContent = say("more", { n: Math.min(CARDS, events.length - shown) });
  };
  add();
  return element("div", {}, list, more);
}
