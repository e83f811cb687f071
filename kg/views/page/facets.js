/** Return for each choice of each filter how many events it would add or keep, were its own filter open. */
function countChoices(model, fails) {
  const counts = {
    action: new Int32Array(model.actions.length), kind: new Int32Array(KINDS.length), status: new Int32Array(STATUSES.length),
    support: new Int32Array(SUPPORTS.length), who: new Map(), publisher: new Int32Array(model.publishers.length), language: new Int32Array(model.languages.length),
  };
  const kindOf = model.nodes.map((node) => KINDS.indexOf(node.kind));
  for (let event = 0; event < model.count; event++) {
    const open = (filter) => (fails[event] & ~FILTERS[filter]) === 0;
    if (open("action")) counts.action[model.action[event]]++;
    if (open("support")) counts.support[model.support[event]]++;
    if (open("status")) countBits(counts.status, model.statuses[event]);
    if (open("language")) countBits(counts.language, model.eventLanguages[event]);
    if (open("publisher")) for (const name of model.eventPublishers[event]) counts.publisher[name]++;
    if (open("who")) for (const who of model.eventSpeakers[event]) counts.who.set(who, (counts.who.get(who) ?? 0) + 1);
    if (open("kind")) for (const kind of new Set([...model.sources[event], ...model.targets[event]].map((node) => kindOf[node]))) counts.kind[kind]++;
  }
  return counts;
}

function countBits(counts, mask) {
  for (let bit = 0; bit < counts.length; bit++) if (mask & (1 << bit)) counts[bit]++;
}

/** Speakers and publishers listed at most: the commonest, and those chosen. */
const LISTED = 40;

/** Draw the filters; the returned function brings counts and ticks up to date. */
function openFacets(box, model, update) {
  box.replaceChildren();
  const parts = [typeTree(model, update)];
  parts.push(ticks("actor-kinds", KINDS.filter((kind) => model.nodes.some((node) => node.kind === kind)).map((kind) => ({ id: kind, label: say("kind-" + kind), of: (counts) => counts.kind[KINDS.indexOf(kind)], mark: () => element("span", { class: "shape " + kind, "aria-hidden": "true" }) })), "hideKinds", update));
  parts.push(ticks("status", STATUSES.map((id, bit) => ({ id, label: say(id), of: (counts) => counts.status[bit] })), "hideStatuses", update));
  parts.push(ticks("support", SUPPORTS.map((id, bit) => ({ id, label: say(id), of: (counts) => counts.support[bit], mark: () => sign(id) })), "hideSupports", update));
  parts.push(picks("who", model.speakers.map((who) => ({ id: speakerId(model, who), label: personName(model, who), of: (counts) => counts.who.get(who) ?? 0 })), "who", update));
  if (model.publishers.length > 1) parts.push(picks("publisher", model.publishers.map((name, index) => ({ id: name, label: name || "–", of: (counts) => counts.publisher[index] })), "publishers", update));
  if (model.languages.length > 1) parts.push(ticks("language", model.languages.map((code, index) => ({ id: code, label: languageName(code), of: (counts) => counts.language[index] })), "hideLanguages", update));
  parts.push(slider("minimum", 1, 20, 1, (value) => String(value), update), slider("confidence", 0, 95, 5, (value) => value + " %", update));
  parts.push(slider("cap", 100, 3000, 100, (value) => value.toLocaleString(wording.language), update, "most-links"));
  box.append(...parts.map((part) => part.node));
  return (state, counts) => parts.forEach((part) => part.refresh(state, counts));
}

function languageName(code) {
  if (!code) return "–";
  return new Intl.DisplayNames([wording.language], { type: "language" }).of(code);
}

function group(title, ...children) {
  return element("fieldset", {}, element("legend", {}, say(title)), ...children);
}

function tick(label, change, extra = null) {
  const box = element("input", { type: "checkbox", change: (event) => change(event.target.checked) });
  const count = element("span", { class: "count" });
  return { box, count, node: element("label", { class: "tick" }, box, extra, element("span", { class: "name" }, label), count) };
}

/** A list in which everything is ticked at first and an unticked choice is hidden. */
function ticks(title, choices, key, update) {
  const rows = choices.map((choice) => {
    return { choice, ...tick(choice.label, (on) => update((state) => toggled(state[key], choice.id, !on)), choice.mark?.()) };
  });
  const refresh = (state, counts) => rows.forEach(({ choice, box, count }) => {
    box.checked = !state[key].has(choice.id);
    count.textContent = inWords(choice.of(counts));
  });
  return { node: group(title, ...rows.map((row) => row.node)), refresh };
}

/** A list in which nothing is ticked at first, which means all, and ticked choices alone are shown. */
function picks(title, choices, key, update) {
  const list = element("div", { class: "picks" });
  const rows = choices.map((choice) => ({ choice, ...tick(choice.label, (on) => update((state) => toggled(state[key], choice.id, on))) }));
  const refresh = (state, counts) => {
    for (const row of rows) {
      row.now = row.choice.of(counts);
      row.box.checked = state[key].has(row.choice.id);
      row.count.textContent = inWords(row.now);
    }
    const focused = rows.find((row) => row.box === document.activeElement);
    if (focused && list.contains(focused.node)) return;
    const order = [...rows].sort((one, other) => other.box.checked - one.box.checked || other.now - one.now);
    list.replaceChildren(...order.filter((row, place) => row.box.checked || (place < LISTED && row.now > 0)).map((row) => row.node));
  };
  return { node: group(title, list), refresh };
}

function toggled(set, id, inside) {
  if (inside) set.add(id);
  else set.delete(id);
}

function slider(key, least, most, step, tell, update, title = key) {
  const output = element("output", {});
  const input = element("input", { type: "range", min: least, max: most, step, input: () => update((state) => (state[key] = Number(input.value))) });
  const node = element("label", { class: "slider" }, element("span", {}, say(title), " ", output), input);
  const refresh = (state) => {
    input.value = state[key];
    output.textContent = tell(state[key]);
  };
  return { node, refresh };
}

/** The tree of 4 quads, their types and the actions under these, as far as the events have them. */
function typeTree(model, update) {
  const rows = [];
  const row = (label, actions, extra) => {
    const made = tick(label, (on) => update((state) => actions.forEach((action) => toggled(state.hideActions, action.id, !on))), extra);
    rows.push({ ...made, actions });
    return made.node;
  };
  const quads = QUADS.filter((quad) => model.actions.some((action) => action.quad === quad));
  const tree = quads.map((quad) => {
    const inQuad = model.actions.filter((action) => action.quad === quad);
    const types = [...new Set(inQuad.map((action) => action.type))].sort();
    const line = element("span", { class: "stroke " + quad, "aria-hidden": "true" });
    return element("div", { class: "quad" }, row(say(quad), inQuad, line), ...types.map((type) => typeBranch(type, inQuad.filter((action) => action.type === type), row)));
  });
  const place = new Map(model.actions.map((action, index) => [action.id, index]));
  const refresh = (state, counts) => rows.forEach(({ box, count, actions }) => {
    const shown = actions.filter((action) => !state.hideActions.has(action.id)).length;
    box.checked = shown === actions.length;
    box.indeterminate = shown > 0 && shown < actions.length;
    count.textContent = inWords(actions.reduce((sum, action) => sum + counts.action[place.get(action.id)], 0));
  });
  return { node: group("event-types", ...tree), refresh };
}

function typeBranch(type, actions, row) {
  const node = element("div", { class: "type" }, row(say(type), actions));
  if (actions.length === 1 && actions[0].id === type) return node;
  const leaves = element("div", { class: "leaves", hidden: true }, ...actions.map((action) => row(actionName(action), [action])));
  const open = button("▸", () => {
    leaves.hidden = !leaves.hidden;
    open.textContent = leaves.hidden ? "▸" : "▾";
    open.setAttribute("aria-expanded", String(!leaves.hidden));
  }, { class: "twist", "aria-expanded": "false", "aria-label": say("open-type", { name: say(type) }) });
  node.prepend(open);
  node.append(leaves);
  return node;
}
