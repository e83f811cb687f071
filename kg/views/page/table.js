/** Rows shown at first, and added by each press of the button. */
const ROWS = 100;

/** The columns: how each is called, what it shows and what it is sorted by. */
function tableColumns(model, evidence) {
  const speakers = (event) => model.eventSpeakers[event].map((who) => personName(model, who)).join(", ");
  return [
    { key: "date", text: (event) => isoInterval(model.first[event], model.last[event]) || say("undated"), order: (event) => sortDay(model, event) },
    { key: "source", text: (event) => namesOf(model, model.sources[event]) },
    { key: "action", text: (event) => actionName(model.actions[model.action[event]]) },
    { key: "target", text: (event) => namesOf(model, model.targets[event]) || "–" },
    { key: "status", text: (event) => statusText(model, event) },
    { key: "who", text: speakers },
    { key: "sentence", text: (event) => firstQuote(model, evidence, event), order: (event) => event },
    { key: "publisher", text: (event) => model.eventPublishers[event].map((name) => model.publishers[name]).join(", ") },
  ];
}

function statusText(model, event) {
  const statuses = STATUSES.filter((_, bit) => model.statuses[event] & (1 << bit)).map((status) => say(status));
  const support = SUPPORTS[model.support[event]];
  return [...statuses, ...(support === "stated" ? [] : [say(support)])].join(", ");
}

function firstQuote(model, evidence, event) {
  const claim = model.claimStart[event];
  return (claim < model.claimStart[event + 1] && evidence?.quote[claim]) || "";
}

/** Fill the pane with the selected events as a table; a heading sorts, a row's first cell shows its evidence. */
function showTable(box, app) {
  const { model, state } = app;
  const columns = tableColumns(model, app.evidence);
  const events = sortEvents(selectedEvents(app), columns.find(({ key }) => key === state.sort) ?? columns[0], state.down);
  const body = element("tbody");
  const more = button("", () => add(), { class: "more" });
  let shown = 0;
  const add = () => {
    body.append(...events.slice(shown, shown + ROWS).map((event) => tableRow(app, columns, event)));
    shown = Math.min(events.length, shown + ROWS);
    more.hidden = shown === events.length;
    more.textContent = say("more", { n: Math.min(ROWS, events.length - shown) });
  };
  add();
  const caption = element("caption", {}, say("table-caption", { n: events.length }));
  box.replaceChildren(element("table", {}, caption, element("thead", {}, element("tr", {}, ...columns.map((column) => heading(app, column)))), body), more);
}

/** Return what passes all filters, within the neighbourhood that is in focus. */
function selectedEvents(app) {
  const { model, selection, state } = app;
  const events = range(0, model.count).filter((event) => !selection.fails[event]);
  const focus = model.nodeIndex.get(state.focus);
  if (focus === undefined) return events;
  const inside = neighbourhood(model, app.sums, focus);
  return events.filter((event) => [...model.sources[event], ...model.targets[event]].every((node) => inside[node]));
}

function sortEvents(events, column, down) {
  const keyOf = column.order ?? column.text;
  const keys = new Map(events.map((event) => [event, keyOf(event)]));
  const collator = new Intl.Collator(wording.language);
  const compare = column.order ? (one, other) => one - other : collator.compare;
  const sign = down ? -1 : 1;
  return events.sort((one, other) => sign * compare(keys.get(one), keys.get(other)) || one - other);
}

function heading(app, { key }) {
  const { state } = app;
  const sorted = state.sort === key ? (state.down ? "descending" : "ascending") : null;
  const turn = () => {
    app.update((now) => Object.assign(now, { sort: key, down: now.sort === key ? !now.down : key === "date" }));
    requestAnimationFrame(() => byId("sort-" + key)?.focus());
  };
  const arrow = element("span", { "aria-hidden": "true" }, sorted === null ? "" : state.down ? " ↓" : " ↑");
  const label = button(say(key), turn, { id: "sort-" + key, title: say("sort-by", { column: say(key) }) });
  label.append(arrow);
  return element("th", { scope: "col", class: "c-" + key, "aria-sort": sorted }, label);
}

function tableRow(app, columns, event) {
  const { model } = app;
  const cells = columns.map(({ key, text }) => {
    if (key === "sentence") return element("td", { class: "c-sentence" }, element("div", { class: "clamp" }, text(event)));
    if (key !== "date") return element("td", { class: "c-" + key }, text(event));
    return element("th", { scope: "row" }, button(text(event), () => app.showEvent(event), { class: "actor" }));
  });
  return element("tr", { class: model.cooperation[event] ? "coop" : "conflict" }, ...cells);
}
