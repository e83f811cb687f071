/** Milliseconds that each period stays on the screen. */
const PLAY_STEP = 600;

/** Return a player that moves a window of periods through time; it keeps the width that the reader has chosen. */
function openPlayer(play, bins, state, update) {
  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.setAttribute("aria-pressed", "false");
    play.firstElementChild.textContent = "▶";
  };
  const step = (first, width) => update((now) => Object.assign(now, { from: binBegins(bins, first), until: toIso(bins.starts[Math.min(first + width, bins.count)] - 1) }));
  const start = () => {
    const chosen = chosenBins(bins, state);
    const width = chosen ? chosen.last - chosen.first + 1 : Math.max(1, Math.round(bins.count / 12));
    let first = chosen && chosen.last < bins.count - 1 ? chosen.first : 0;
    play.setAttribute("aria-pressed", "true");
    play.firstElementChild.textContent = "❚❚";
    step(first, width);
    timer = setInterval(() => {
      first += 1;
      step(first, width);
      if (first + width >= bins.count) stop();
    }, PLAY_STEP);
  };
  play.disabled = bins === null;
  play.addEventListener("click", () => (timer === null ? start() : stop()));
  return { stop };
}

/** Return the first and last period of the choice, null without one. */
function chosenBins(bins, state) {
  if (!state.until) return null;
  return { first: state.from ? binOf(bins.starts, toDay(state.from)) : 0, last: binOf(bins.starts, toDay(state.until)) };
}
