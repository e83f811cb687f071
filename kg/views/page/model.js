/**
 * The page's data as typed arrays, made once: events, their claims, the ordered pairs of actors that they join, and
 * the links (all pairs with the same two actors). Everything is an index; nothing changes afterwards.
 */
function buildModel(nodes, facts) {
  const model = { nodes, people: facts.people, articles: facts.articles, places: facts.events.places, count: facts.events.action.length };
  model.actions = facts.actions.map(([id, type, quad, en, da, goldstein]) => ({ id, type, quad, en, da, goldstein }));
  addEvents(model, facts.events);
  addPairs(model, facts.events);
  addClaims(model, facts.events, facts.claims);
  model.nodeIndex = new Map(nodes.map((node, index) => [node.id, index]));
  model.personId = (index) => (index < nodes.length ? nodes[index].id : model.people[index - nodes.length][0]);
  model.speakers = [...new Set(model.eventSpeakers.flat())];
  model.speakerOf = new Map(model.speakers.map((index) => [speakerId(model, index), index]));
  model.nodeEvents = nodeEvents(model);
  return model;
}

/** Return the name under which the address keeps a speaker: an actor's id, "-" for the article itself. */
function speakerId(model, index) {
  return index === NOBODY ? "-" : model.personId(index);
}

function addEvents(model, events) {
  model.action = Int16Array.from(events.action);
  model.first = Int32Array.from(events.first, (day) => day ?? UNKNOWN);
  model.last = Int32Array.from(events.last, (day) => day ?? UNKNOWN);
  model.support = Uint8Array.from(events.support);
  model.place = Int32Array.from(events.place);
  const quads = model.actions.map((action) => action.quad);
  model.cooperation = Uint8Array.from(events.action, (action) => Number(quads[action].endsWith("-cooperation")));
  model.material = Uint8Array.from(events.action, (action) => Number(quads[action].startsWith("material-")));
}

function asList(value) {
  return Array.isArray(value) ? value : value < 0 ? [] : [value];
}

/** Add sources and targets of each event, its pairs (event e has those from pairStart[e]), and the links. */
function addPairs(model, events) {
  model.sources = events.source.map(asList);
  model.targets = events.target.map(asList);
  const size = model.nodes.length;
  const keys = [];
  model.pairStart = new Int32Array(model.count + 1);
  for (let event = 0; event < model.count; event++) {
    for (const source of model.sources[event]) {
      for (const target of model.targets[event]) if (source !== target) keys.push(source * size + target);
    }
    model.pairStart[event + 1] = keys.length;
  }
  const linkKeys = [...new Set(Float64Array.from(keys).sort())];
  const linkOf = new Map(linkKeys.map((key, link) => [key, link]));
  model.linkOf = (source, target) => linkOf.get(source * size + target);
  model.pairLink = Int32Array.from(keys, (key) => linkOf.get(key));
  model.linkSource = Int32Array.from(linkKeys, (key) => Math.floor(key / size));
  model.linkTarget = Int32Array.from(linkKeys, (key) => key % size);
}

/** Add the claims (event e has those from claimStart[e]) and what they make of each event. */
function addClaims(model, events, claims) {
  model.claimStart = new Int32Array(model.count + 1);
  events.claims.forEach((count, event) => (model.claimStart[event + 1] = model.claimStart[event] + count));
  model.claimArticle = claims.article;
  model.claimStatus = claims.status;
  model.claimSpeakers = claims.speaker.map(asList);
  model.claimAgents = claims.agent.map(asList);
  model.claimConfidence = claims.confidence;
  model.publishers = [...new Set(model.articles.publisher)].sort();
  model.languages = [...new Set(model.articles.language)].sort();
  const publisherOf = model.articles.publisher.map((name) => model.publishers.indexOf(name));
  const languageOf = model.articles.language.map((code) => model.languages.indexOf(code));
  model.confidence = new Uint8Array(model.count);
  model.statuses = new Uint8Array(model.count);
  model.eventLanguages = new Uint32Array(model.count);
  model.eventSpeakers = new Array(model.count);
  model.eventPublishers = new Array(model.count);
  for (let event = 0; event < model.count; event++) {
    const speakers = new Set();
    const publishers = new Set();
    for (let claim = model.claimStart[event]; claim < model.claimStart[event + 1]; claim++) {
      model.confidence[event] = Math.max(model.confidence[event], claims.confidence[claim]);
      model.statuses[event] |= 1 << claims.status[claim];
      const article = claims.article[claim];
      if (article >= 0) {
        model.eventLanguages[event] |= 1 << languageOf[article];
        publishers.add(publisherOf[article]);
      }
      if (model.claimSpeakers[claim].length === 0) speakers.add(NOBODY);
      for (const speaker of model.claimSpeakers[claim]) speakers.add(speaker);
    }
    if (model.statuses[event] === 0) model.statuses[event] = 1;
    model.eventSpeakers[event] = [...speakers];
    model.eventPublishers[event] = [...publishers];
  }
}

/** Index that stands for the article itself where one asks who says so. */
const NOBODY = -1;
const STATUSES = ["actual", "planned", "negated", "hypothetical"];
const SUPPORTS = ["stated", "claimed", "disputed", "denied"];
const KINDS = ["state", "organisation", "movement", "other"];
const QUADS = ["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"];

function nodeEvents(model) {
  const lists = model.nodes.map(() => []);
  for (let event = 0; event < model.count; event++) {
    for (const node of new Set([...model.sources[event], ...model.targets[event]])) lists[node].push(event);
  }
  return lists;
}

function nodeName(node) {
  return wording.language === "da" ? node.da : node.label;
}

function personName(model, index) {
  if (index === NOBODY) return say("article-itself");
  if (index < model.nodes.length) return nodeName(model.nodes[index]);
  return model.people[index - model.nodes.length][wording.language === "da" ? 2 : 1];
}

function actionName(action) {
  return action[wording.language] ?? action.en;
}

function namesOf(model, indices) {
  return indices.map((index) => nodeName(model.nodes[index])).join(", ");
}

/** Return the day by which an event is sorted, UNKNOWN for none. */
function sortDay(model, event) {
  return model.last[event] === UNKNOWN ? model.first[event] : model.last[event];
}

/** Return the events newest first, those without date last, in a tie in the page's order. */
function newestFirst(model, events) {
  return [...events].sort((one, other) => sortDay(model, other) - sortDay(model, one) || one - other);
}
