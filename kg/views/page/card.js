/** Show one event: when, what, how sure, who says so, the sentence with its trigger marked, and where it stands. */
function eventCard(model, evidence, event) {
  const action = model.actions[model.action[event]];
  const claims = range(model.claimStart[event], model.claimStart[event + 1]);
  const support = SUPPORTS[model.support[event]];
  const card = element("article", { class: "card " + (model.cooperation[event] ? "coop" : "conflict"), "data-event": event });
  card.append(
    element("p", { class: "when" }, tellDate(model.first[event], model.last[event]), placeName(model, event)),
    element("h3", {}, namesOf(model, model.sources[event]), " ", element("em", {}, actionName(action)), " ", namesOf(model, model.targets[event])),
    element("p", { class: "badges" }, badge(say(action.type || action.id)), ...statusBadges(model, event), support === "stated" ? null : badge(say(support), support)),
    ...claims.slice(0, 2).map((claim) => passage(model, evidence, claim)),
  );
  if (claims.length > 2) card.append(furtherPassages(model, evidence, claims.slice(2)));
  if (evidence) {
    const missing = claims.length === 0 || evidence.quote[claims[0]] === null;
    card.append(element("p", { class: "why" }, say(missing ? "no-sentence" : "why"), " ", element("code", {}, "kg explain " + evidence.id[event])));
  }
  return card;
}

function range(start, end) {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

function placeName(model, event) {
  return model.place[event] < 0 ? "" : " · " + model.places[model.place[event]][0];
}

function badge(text, kind = "") {
  return element("span", { class: "badge " + kind }, text);
}

function statusBadges(model, event) {
  return STATUSES.filter((status, bit) => status !== "actual" && model.statuses[event] & (1 << bit)).map((status) => badge(say(status), status));
}

function furtherPassages(model, evidence, claims) {
  return element("details", {}, element("summary", {}, say("more-claims", { n: claims.length })), ...claims.map((claim) => passage(model, evidence, claim)));
}

/** Show one claim's sentence and where it comes from. */
function passage(model, evidence, claim) {
  const quote = evidence?.quote[claim];
  const speakers = model.claimSpeakers[claim];
  const said = speakers.length ? say("says", { who: speakers.map((who) => personName(model, who)).join(", ") }) : say("says-article");
  const agents = model.claimAgents[claim].filter((agent) => !speakers.includes(agent));
  const through = agents.length ? [say("through", { who: agents.map((agent) => personName(model, agent)).join(", ") })] : [];
  const article = model.claimArticle[claim];
  return element("div", { class: "passage" },
    quote ? element("blockquote", {}, ...markTrigger(quote, evidence.trigger[claim])) : null,
    element("p", { class: "origin" }, [...through, said, say("confidence-of", { n: model.claimConfidence[claim] })].join(" · "), ...(article < 0 ? [] : [element("br"), ...origin(model.articles, article)])));
}

/** Return a sentence as nodes, its trigger marked; offsets count code points. */
function markTrigger(quote, [start, end]) {
  const points = [...quote];
  if (end <= start || end > points.length) return [quote];
  const piece = (from, until) => points.slice(from, until).join("");
  return [piece(0, start), element("mark", {}, piece(start, end)), piece(end)];
}

function origin(articles, index) {
  const name = [articles.publisher[index], articles.date[index]].filter(Boolean).join(", ");
  const title = articles.title[index];
  const label = title || say("open-article");
  return [name + (name && title ? ": " : " "), articles.url[index] ? webLink(articles.url[index], label) : title];
}
