/** Say what the pointer is on. */
function showHint(app, id, linkId, event) {
  const { model, sums } = app;
  const hint = byId("hint");
  if (id !== null) {
    const node = model.nodeIndex.get(id);
    hint.textContent = `${flagged(model.nodes[node])} · ${countEvents(eventsOfNode(model, app.selection, node).length)}`;
  } else {
    const link = linkOfName(model, linkId);
    const newest = newestFirst(model, eventsOfLink(model, app.selection, link))[0];
    const names = nodeName(model.nodes[model.linkSource[link]]) + " → " + nodeName(model.nodes[model.linkTarget[link]]);
    hint.replaceChildren(element("strong", {}, names), ` · ${countEvents(sums.count[link])}`, element("br"), hintLine(app, newest));
  }
  const frame = byId("graph-box").getBoundingClientRect();
  hint.hidden = false;
  hint.style.left = Math.min(event.clientX - frame.left + 14, Math.max(8, frame.width - hint.offsetWidth - 8)) + "px";
  hint.style.top = Math.min(event.clientY - frame.top + 14, frame.height - hint.offsetHeight - 8) + "px";
}

/** Return the newest event's date and action, and the beginning of its sentence. */
function hintLine({ model, evidence }, event) {
  if (event === undefined) return "";
  const head = `${tellDate(model.first[event], model.last[event])}: ${actionName(model.actions[model.action[event]])}`;
  const quote = firstQuote(model, evidence, event);
  return quote ? `${head} – “${quote.length > 160 ? quote.slice(0, 160) + "…" : quote}”` : head;
}
