/** Put the page together: the first frame from the links that came summed, then everything from the events. */
async function start() {
  const [texts, nodes, edges, options] = await Promise.all(["texts", "nodes", "edges", "options"].map(unpack));
  wording.texts = texts;
  const app = { nodes, state: fromFragment(location.hash), model: null, evidence: null, sparql: openSparql() };
  wording.language = texts[app.state.language] ? app.state.language : preferredLanguage();
  applyTheme(app);
  sayAll();
  byId("filter-fold").open = window.innerWidth > 900;
  app.graph = openGraph(byId("graph"), nodes, options, graphEvents(app));
  drawLegend(app);
  if (!location.hash.slice(1)) firstFrame(app, edges);
  app.model = buildModel(nodes, await unpack("facts"));
  app.world = await unpack("world");
  connect(app);
  rebuild(app);
  listen(app);
  app.evidence = await unpack("evidence");
  refreshReading(app);
  performance.mark("ready");
  document.documentElement.dataset.ready = "yes";
}

/**
 * Keep the page's load event back until the function returned is called, so that a program that takes a picture at that
 * event finds the drawing: a frame whose document is open counts as loading.
 */
function holdLoad() {
  const frame = element("iframe", { hidden: "", title: "" });
  document.body.append(frame);
  frame.contentDocument.open();
  return () => {
    frame.contentDocument.close();
    frame.remove();
  };
}

/** Draw the strongest links as Python summed them, before the events are unpacked. */
function firstFrame(app, edges) {
  const place = new Map(app.nodes.map((node, index) => [node.id, index]));
  const most = edges.length ? edges[0].count : 1;
  const links = edges.map((edge) => ({ id: edge.from + ">" + edge.to, from: place.get(edge.from), to: place.get(edge.to), count: edge.count, look: linkLook(edge, most) }));
  const alone = edges.length < openState().cap ? [...place.values()] : [];
  app.graph.show({ links, alone, lit: null, selected: [] });
  app.graph.fit(app.graph.scene.nodes.map((node) => node.id));
}

/** What the drawing tells of the reader's pointer. */
function graphEvents(app) {
  return {
    drawn: () => {
      if (app.graph?.scene.nodes.length && !performance.getEntriesByName("first-frame").length) performance.mark("first-frame");
      performance.mark("drawn");
    },
    chosen: (node, link) => app.update?.((state) => Object.assign(state, { node, link })),
    focused: (id) => app.focus?.(app.model.nodeIndex.get(id)),
    pointed: (node, link, event) => app.model && showHint(app, node, link, event),
    left: () => (byId("hint").hidden = true),
  };
}

/** Give the app the actions that its parts call; each changes the state and has the page drawn anew. */
function connect(app) {
  let queued = false;
  app.update = (change) => {
    change(app.state);
    performance.mark("update");
    if (queued) return;
    queued = true;
    requestAnimationFrame(() => {
      queued = false;
      render(app);
    });
  };
  app.choose = (node) => app.update((state) => Object.assign(state, { node: app.model.nodes[node].id, link: null }));
  app.focus = (node) => {
    app.update((state) => Object.assign(state, { focus: node === null ? null : app.model.nodes[node].id, node: node === null ? state.node : app.model.nodes[node].id, link: null, path: null }));
    app.refit = true;
  };
  app.showEvent = (event) => {
    const pair = app.model.pairStart[event];
    if (pair === app.model.pairStart[event + 1]) app.choose(app.model.sources[event][0]);
    else app.update((state) => Object.assign(state, { link: linkName(app.model, app.model.pairLink[pair]), node: null }));
    requestAnimationFrame(() => requestAnimationFrame(() => app.reveal(event)));
  };
  app.reveal = (event) => {
    const card = document.querySelector(`[data-event="${event}"]`);
    if (!card) return;
    card.scrollIntoView({ block: "center" });
    card.setAttribute("tabindex", "-1");
    card.focus();
  };
}

/** Build the parts that hold words anew, and draw. */
function rebuild(app) {
  const { model, state } = app;
  app.refreshFacets = openFacets(byId("facets"), model, app.update);
  app.histogram = openHistogram(byId("histogram"), model, app.update);
  drawLegend(app);
  render(app);
}

function render(app) {
  const { model, state } = app;
  app.selection = select(model, state);
  app.sums = sumLinks(model, app.selection);
  leaveOutWeak(model, app.selection, app.sums, state.minimum);
  app.chosen = chooseLinks(model, app.sums, { minimum: state.minimum, cap: state.cap, focus: model.nodeIndex.get(state.focus) ?? null });
  const path = findPath(app);
  openPane(state.pane);
  renderGraph(app, path);
  renderSummary(app);
  renderBanner(app, path);
  app.refreshFacets(state, countChoices(model, app.selection.fails));
  app.histogram.refresh(state, app.selection.fails);
  byId("from").value = state.from ?? "";
  byId("until").value = state.until ?? "";
  refreshReading(app);
  history.replaceState(null, "", "#" + toFragment(state));
}

/** Bring what is read, not drawn, up to date: the panel and the pane. */
function refreshReading(app) {
  const panel = byId("details");
  const held = panel.contains(document.activeElement);
  showDetails(panel, app);
  if (held) panel.focus();
  const { pane } = app.state;
  const box = byId("pane-body");
  if (pane === "table") showTable(box, app);
  else if (pane === "map") showMap(box, app, app.world);
  else if (pane === "sparql" && box.firstElementChild?.tagName !== "TEXTAREA" && byId("data-wasm")) showSparql(box, app.sparql);
  else if (!pane) box.replaceChildren();
}

/** Listen to the fixed controls. */
function listen(app) {
  const on = (id, event, action) => byId(id)?.addEventListener(event, action);
  const { graph, update } = app;
  const player = openPlayer(byId("play"), app.histogram.bins, app.state, update);
  openSearch(byId("search"), byId("found"), app.model, (node) => app.choose(node));
  for (const name of ["table", "map", "sparql"]) on("show-" + name, "click", () => togglePane(app, name));
  on("skip", "click", (event) => {
    event.preventDefault();
    if (app.state.pane !== "table") togglePane(app, "table");
    requestAnimationFrame(() => requestAnimationFrame(() => byId("pane").focus()));
  });
  on("save-csv", "click", () => saveFile("events.csv", new Blob([toCsv(app)], { type: "text/csv" })));
  on("save-png", "click", async () => saveFile("network.png", await toPng(document.querySelector("#graph canvas"), document.title, graph.colours)));
  on("save-svg", "click", () => saveFile("network.svg", new Blob([toSvg(graph, document.title)], { type: "image/svg+xml" })));
  on("theme", "click", () => update((state) => {
    state.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    applyTheme(app);
  }));
  on("language", "click", () => changeLanguage(app));
  on("reset", "click", () => {
    player.stop();
    const { theme, language, pane } = app.state;
    app.refit = true;
    update((state) => Object.assign(state, openState(), { theme, language, pane }));
  });
  for (const id of ["from", "until"]) on(id, "change", () => update((state) => (state[id] = byId(id).value || null)));
  on("all-time", "click", () => {
    player.stop();
    update((state) => Object.assign(state, { from: null, until: null }));
  });
  on("zoom-in", "click", () => graph.network.moveTo({ scale: graph.network.getScale() * 1.3 }));
  on("zoom-out", "click", () => graph.network.moveTo({ scale: graph.network.getScale() / 1.3 }));
  on("zoom-fit", "click", () => graph.fit(app.shownNodes));
  new ResizeObserver(() => graph.fit(app.shownNodes)).observe(byId("graph-box"));
  window.addEventListener("hashchange", () => update((state) => Object.assign(state, fromFragment(location.hash))));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => update(() => applyTheme(app)));
  document.addEventListener("keydown", (event) => shortcut(app, event));
}

/** Give the pane its room, before the drawing takes the rest. */
function openPane(pane) {
  byId("pane").hidden = !pane;
  byId("pane").className = pane;
  byId("pane-title").textContent = pane ? (pane === "sparql" ? "SPARQL" : say(pane)) : "";
  for (const name of ["table", "map", "sparql"]) byId("show-" + name)?.setAttribute("aria-pressed", String(pane === name));
}

function togglePane(app, name) {
  app.update((state) => (state.pane = state.pane === name ? "" : name));
  byId("pane-body").replaceChildren();
}

function changeLanguage(app) {
  wording.language = wording.language === "en" ? "da" : "en";
  app.state.language = wording.language;
  sayAll();
  rebuild(app);
}

/** "/" begins a search; Escape leaves the path or the focus, then the choice. */
function shortcut(app, event) {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName) && document.activeElement.type !== "checkbox";
  if (event.key === "/" && !typing) {
    event.preventDefault();
    byId("search").focus();
  } else if (event.key === "Escape" && !typing) {
    const { focus, path } = app.state;
    app.refit = focus !== null || path !== null;
    app.update((state) => Object.assign(state, focus !== null || path !== null ? { focus: null, path: null } : { node: null, link: null }));
  }
}

function applyTheme(app) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = app.state.theme || (dark ? "dark" : "light");
  if (app.graph) app.graph.colours = readColours();
  if (app.model) drawLegend(app);
}

/** Explain colours, dashes, marks and sizes in one line; shapes are explained beside their filter. */
function drawLegend() {
  const item = (mark, label) => element("li", {}, mark, label);
  const stroke = (name) => element("span", { class: "stroke " + name, "aria-hidden": "true" });
  byId("legend").replaceChildren(
    item(stroke("cooperation"), say("cooperation")), item(stroke("conflict"), say("conflict")), item(stroke("mixed"), say("mixed")),
    item(stroke("verbal"), say("verbal")), item(stroke("material"), say("material")),
    ...["claimed", "disputed", "denied"].map((support) => item(sign(support), say(support))),
    element("li", { class: "soft" }, say("legend-width") + " · " + say("legend-size")),
  );
}

start().finally(holdLoad());
