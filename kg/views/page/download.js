/** Hand a file to the reader. */
function saveFile(name, blob) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** Return the selected events as CSV, one line per claim, in UTF-8 with a mark that spreadsheets know it by. */
function toCsv(app) {
  const { model, evidence } = app;
  const lines = [["event", "date", "first", "last", "source", "source_name", "action", "type", "quad", "goldstein", "target", "target_name", "support", "status", "says", "confidence", "sentence", "publisher", "article", "article_date", "url"]];
  for (const event of newestFirst(model, selectedEvents(app))) {
    for (const claim of range(model.claimStart[event], model.claimStart[event + 1])) lines.push(csvRow(model, evidence, event, claim));
  }
  return "\ufeff" + lines.map((line) => line.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

function csvRow(model, evidence, event, claim) {
  const action = model.actions[model.action[event]];
  const codes = (nodes) => nodes.map((node) => model.nodes[node].code).join(" ");
  const day = (value) => (value === UNKNOWN ? "" : toIso(value));
  const article = model.claimArticle[claim];
  const of = (column) => (article < 0 ? "" : model.articles[column][article]);
  return [
    evidence.id[event], isoInterval(model.first[event], model.last[event]), day(model.first[event]), day(model.last[event]),
    codes(model.sources[event]), namesOf(model, model.sources[event]), action.id, action.type, action.quad, action.goldstein ?? "",
    codes(model.targets[event]), namesOf(model, model.targets[event]), SUPPORTS[model.support[event]], STATUSES[model.claimStatus[claim]],
    model.claimSpeakers[claim].map((who) => model.personId(who)).join(" "), model.claimConfidence[claim] / 100,
    evidence.quote[claim] ?? "", of("publisher"), of("title"), of("date"), of("url"),
  ];
}

/** Quote a cell; text that a spreadsheet would run as a formula gets an apostrophe, numbers stay numbers. */
function csvCell(value) {
  if (typeof value === "number") return String(value);
  const guarded = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
  return /[",\r\n]/.test(guarded) ? '"' + guarded.replaceAll('"', '""') + '"' : guarded;
}

/** Return what the reader sees as a picture, on the page's ground and under its title. */
function toPng(canvas, heading, colours) {
  const scale = window.devicePixelRatio || 1;
  const picture = element("canvas", { width: canvas.width, height: canvas.height + 44 * scale });
  const context = picture.getContext("2d");
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = colours.ink;
  context.font = `600 ${18 * scale}px ${LABEL_FACE}`;
  context.fillText(heading, 16 * scale, 30 * scale, picture.width - 32 * scale);
  context.drawImage(canvas, 0, 44 * scale);
  return new Promise((done) => picture.toBlob(done, "image/png"));
}
