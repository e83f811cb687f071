/** Days are whole numbers since 1970-01-01; UNKNOWN stands for a day that no text tells. */
const DAY = 86400000;
const UNKNOWN = -2147483648;

function toDay(iso) {
  return Math.round(Date.parse(iso) / DAY);
}

function toIso(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Return an interval as ISO 8601, as short as it can be said: 2021, 2021-10, 2021-10-18 or start/end. */
function isoInterval(first, last) {
  if (first === UNKNOWN && last === UNKNOWN) return "";
  if (first === UNKNOWN || last === UNKNOWN) return first === UNKNOWN ? "../" + toIso(last) : toIso(first) + "/..";
  const [start, end] = [toIso(first), toIso(last)];
  if (start === end) return start;
  const month = start.slice(0, 7);
  const year = start.slice(0, 4);
  if (start === year + "-01-01" && end === year + "-12-31") return year;
  if (start === month + "-01" && end.slice(0, 7) === month && toIso(last + 1).slice(0, 7) !== month) return month;
  return start + "/" + end;
}

/** Return an interval as a reader says it. */
function tellDate(first, last) {
  const iso = isoInterval(first, last);
  if (!iso) return say("undated");
  if (iso.startsWith("../")) return say("before", { date: tellIso(iso.slice(3)) });
  return iso.replace("/..", "").split("/").map(tellIso).join(" – ");
}

function tellIso(iso) {
  const parts = { 4: { year: "numeric" }, 7: { year: "numeric", month: "long" }, 10: { year: "numeric", month: "short", day: "numeric" } };
  const format = new Intl.DateTimeFormat(wording.language === "en" ? "en-GB" : "da", { ...parts[iso.length], timeZone: "UTC" });
  return format.format(new Date(iso.length === 4 ? iso + "-01-01" : iso));
}

/** Return the first days of equal periods that cover [first, last], and one more: at most about 100 periods. */
function periods(first, last) {
  const span = last - first + 1;
  const step = [[60, "day"], [500, "week"], [3300, "month"], [9500, "quarter"]].find(([days]) => span <= days)?.[1] ?? "year";
  const starts = [];
  for (let day = periodStart(first, step); day <= last; day = nextPeriod(day, step)) starts.push(day);
  starts.push(nextPeriod(starts[starts.length - 1], step));
  return { step, starts };
}

function periodStart(day, step) {
  const date = new Date(day * DAY);
  if (step === "day") return day;
  if (step === "week") return day - ((date.getUTCDay() + 6) % 7);
  const months = { month: 1, quarter: 3, year: 12 }[step];
  const month = Math.floor(date.getUTCMonth() / months) * months;
  return Date.UTC(date.getUTCFullYear(), month, 1) / DAY;
}

function nextPeriod(day, step) {
  if (step === "day" || step === "week") return day + (step === "day" ? 1 : 7);
  const date = new Date(day * DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + { month: 1, quarter: 3, year: 12 }[step], 1) / DAY;
}
