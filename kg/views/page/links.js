/**
 * Sum the selected events of each link, as `links.py` does for the first frame.
 *
 * Returns typed arrays by link: count, cooperation, material, and the four supports one after another.
 */
function sumLinks(model, selection) {
  const size = model.linkSource.length;
  const sums = { count: new Int32Array(size), cooperation: new Int32Array(size), material: new Int32Array(size), supports: new Int32Array(size * 4) };
  for (let event = 0; event < model.count; event++) {
    if (selection.fails[event]) continue;
    for (let pair = model.pairStart[event]; pair < model.pairStart[event + 1]; pair++) {
      const link = model.pairLink[pair];
      if (selection.hiddenNode[model.linkSource[link]] || selection.hiddenNode[model.linkTarget[link]]) continue;
      sums.count[link]++;
      sums.cooperation[link] += model.cooperation[event];
      sums.material[link] += model.material[event];
      sums.supports[link * 4 + model.support[event]]++;
    }
  }
  return sums;
}

/**
 * Choose the links to draw: at least `minimum` events, those of the focus first, then the strongest, at most `cap`.
 *
 * Returns the links chosen and how many there would be without the cap.
 */
function chooseLinks(model, sums, { minimum, cap, focus }) {
  const inside = focus === null ? null : neighbourhood(model, sums, focus);
  const eligible = [];
  for (let link = 0; link < sums.count.length; link++) {
    if (sums.count[link] < minimum) continue;
    if (inside && !(inside[model.linkSource[link]] && inside[model.linkTarget[link]])) continue;
    eligible.push(link);
  }
  if (eligible.length <= cap && focus === null) return { links: eligible, of: eligible.length };
  const touches = (link) => Number(model.linkSource[link] === focus || model.linkTarget[link] === focus);
  const rank = (link) => touches(link) * 1e7 + sums.count[link];
  return { links: strongestOf(eligible, rank, cap), of: eligible.length };
}

/** Return the `cap` members of highest rank, in their order; of equal rank the first. */
function strongestOf(members, rank, cap) {
  if (members.length <= cap) return members;
  const ranks = Float64Array.from(members, rank).sort();
  const limit = ranks[ranks.length - cap];
  let ties = cap - ranks.filter((value) => value > limit).length;
  return members.filter((member) => {
    const value = rank(member);
    return value > limit || (value === limit && ties-- > 0);
  });
}

function neighbourhood(model, sums, focus) {
  const inside = new Uint8Array(model.nodes.length);
  inside[focus] = 1;
  for (let link = 0; link < sums.count.length; link++) {
    if (!sums.count[link]) continue;
    if (model.linkSource[link] === focus) inside[model.linkTarget[link]] = 1;
    if (model.linkTarget[link] === focus) inside[model.linkSource[link]] = 1;
  }
  return inside;
}

/** Return the selected events of one link, or of one node where `link` is null. */
function eventsOfLink(model, selection, link) {
  const source = model.linkSource[link];
  const target = model.linkTarget[link];
  return model.nodeEvents[source].filter(
    (event) => !selection.fails[event] && model.sources[event].includes(source) && model.targets[event].includes(target),
  );
}

function eventsOfNode(model, selection, node) {
  return model.nodeEvents[node].filter((event) => !selection.fails[event]);
}

/** Return the look of a link under the present filters; `most` is the count of the strongest one. */
function lookOf(sums, link, most = 1) {
  const supports = [...sums.supports.subarray(link * 4, link * 4 + 4)];
  return linkLook({ count: sums.count[link], cooperation: sums.cooperation[link], material: sums.material[link], supports }, most);
}

/** Return the links of an actor that hold selected events, in both directions. */
function linksOf(model, sums, node) {
  return range(0, sums.count.length).filter((link) => sums.count[link] && (model.linkSource[link] === node || model.linkTarget[link] === node));
}
