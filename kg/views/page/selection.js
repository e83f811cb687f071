/** One bit per filter: an event that fails exactly one is counted beside that filter's choices. */
const FILTERS = { action: 1, kind: 2, status: 4, support: 8, who: 16, publisher: 32, language: 64, confidence: 128, date: 256, minimum: 512 };

/**
 * Return for each event the filters that it fails (0: it is selected), and what of each pair of actors is allowed.
 *
 * An event with several sources or targets passes the filter of kinds where one pair of them does.
 */
function select(model, state) {
  const wanted = readChoices(model, state);
  const fails = new Uint16Array(model.count);
  for (let event = 0; event < model.count; event++) {
    let mask = 0;
    if (wanted.hiddenAction[model.action[event]]) mask |= FILTERS.action;
    if (wanted.anyHiddenKind && !kindPasses(model, event, wanted.hiddenNode)) mask |= FILTERS.kind;
    if (!(model.statuses[event] & wanted.statuses)) mask |= FILTERS.status;
    if (wanted.hiddenSupport[model.support[event]]) mask |= FILTERS.support;
    if (wanted.who.size && !model.eventSpeakers[event].some((who) => wanted.who.has(who))) mask |= FILTERS.who;
    if (wanted.publishers.size && !model.eventPublishers[event].some((name) => wanted.publishers.has(name))) mask |= FILTERS.publisher;
    if (wanted.languages !== null && !(model.eventLanguages[event] & wanted.languages)) mask |= FILTERS.language;
    if (model.confidence[event] < state.confidence) mask |= FILTERS.confidence;
    if (!inPeriod(model, event, wanted.from, wanted.until)) mask |= FILTERS.date;
    fails[event] = mask;
  }
  return { fails, hiddenNode: wanted.hiddenNode };
}

function readChoices(model, state) {
  const languages = model.languages.map((code) => !state.hideLanguages.has(code));
  return {
    hiddenAction: model.actions.map((action) => state.hideActions.has(action.id)),
    hiddenNode: model.nodes.map((node) => state.hideKinds.has(node.kind)),
    anyHiddenKind: state.hideKinds.size > 0,
    statuses: STATUSES.reduce((mask, status, bit) => mask | (state.hideStatuses.has(status) ? 0 : 1 << bit), 0),
    hiddenSupport: SUPPORTS.map((support) => state.hideSupports.has(support)),
    who: new Set([...state.who].map((id) => model.speakerOf.get(id)).filter((index) => index !== undefined)),
    publishers: new Set([...state.publishers].map((name) => model.publishers.indexOf(name)).filter((index) => index >= 0)),
    languages: languages.every(Boolean) ? null : languages.reduce((mask, shown, bit) => mask | (shown ? 1 << bit : 0), 0),
    from: state.from ? toDay(state.from) : null,
    until: state.until ? toDay(state.until) : null,
  };
}

function kindPasses(model, event, hiddenNode) {
  if (model.targets[event].length === 0) return model.sources[event].some((node) => !hiddenNode[node]);
  return model.sources[event].some((node) => !hiddenNode[node]) && model.targets[event].some((node) => !hiddenNode[node]);
}

/** Say whether an event may have happened in the period; one without date only where there is no period. */
function inPeriod(model, event, from, until) {
  if (from === null && until === null) return true;
  const first = model.first[event] === UNKNOWN ? model.last[event] : model.first[event];
  const last = model.last[event] === UNKNOWN ? model.first[event] : model.last[event];
  if (last === UNKNOWN) return false;
  return (from === null || last >= from) && (until === null || first <= until);
}

/** Mark the events of links with fewer than `minimum` selected events as failing; they are then not selected either. */
function leaveOutWeak(model, selection, sums, minimum) {
  if (minimum <= 1) return;
  for (let event = 0; event < model.count; event++) {
    let strongest = 0;
    for (let pair = model.pairStart[event]; pair < model.pairStart[event + 1]; pair++) strongest = Math.max(strongest, sums.count[model.pairLink[pair]]);
    if (strongest < minimum) selection.fails[event] |= FILTERS.minimum;
  }
}
