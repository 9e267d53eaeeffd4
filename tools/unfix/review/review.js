/* The review page of unfix --review: shows documents with their repairs, takes
 * decisions on them, and saves these as a report for unfix --apply.
 *
 * Text of the documents reaches the page as textContent only, never as markup.
 */
"use strict";

/* ---- The data ---- */

/* Each line is a piece of text, a repair as the report has it, a page with its
 * image, where the last repair stands on pages ([page, left, top, right,
 * bottom] each), or a document's last line.  A document becomes rows of parts,
 * one for each line of its text: a part is a string or a repair. */
function readData(source) {
  const documents = [], repairs = [];
  let document = null;

  function open(name) {
    document =
      {name, rows: [[]], repairs: [], pages: new Map(), end: null};
    documents.push(document);
  }

  function addText(text) {
    const lines = text.split("\n");
    lines.forEach((line, i) => {
      if (i > 0)
        document.rows.push([]);
      if (line !== "")
        document.rows[document.rows.length - 1].push(line);
    });
  }

  function addRepair(line) {
    const repair = {
      line, document, index: repairs.length, row: document.rows.length - 1,
      clips: [],
      verdict: line.verdict, replacement: line.replacement, decided: false,
      lineBreaks: line.original.split("\n").length - 1
    };
    document.rows[repair.row].push(repair);
    document.repairs.push(repair);
    repairs.push(repair);
  }

  for (const text of source.split("\n")) {
    if (text.trim() === "")
      continue;
    const line = JSON.parse(text);
    if (document === null || document.end !== null)
      open(line.file);
    if (line.text !== undefined)
      addText(line.text);
    else if (line.page !== undefined)
      document.pages.set(line.page, line);
    else if (line.clips !== undefined)
      repairs[repairs.length - 1].clips = line.clips;
    else if (line.end)
      document.end = line;
    else
      addRepair(line);
  }
  let number = 1;
  for (const one of documents) {
    number = 1;
    one.numbers = one.rows.map(row => {
      const first = number;
      number += 1;
      for (const part of row)
        if (typeof part !== "string")
          number += part.lineBreaks;
      return first;
    });
  }
  return {documents, repairs};
}

/* Names without the folders that all of them are in. */
function shortNames(names) {
  const parts = names.map(name => name.split("/"));
  let common = 0;
  while (parts.every(one => one.length > common + 1 &&
                            one[common] === parts[0][common]))
    common++;
  return parts.map(one => one.slice(common).join("/"));
}

/* Repairs for one reason, the most frequent first, and in each the pairs of
 * what was read and what is put. */
function makeSeries(repairs) {
  const byReason = new Map();
  for (const repair of repairs) {
    const {reason, original, replacement} = repair.line;
    const key = `${repair.line.class}\n${reason}`;
    if (!byReason.has(key))
      byReason.set(key, {
        reason, kind: repair.line.class, repairs: [], pairs: new Map(),
        isOpen: false
      });
    const series = byReason.get(key);
    const pair = `${original}\n${replacement}`;
    series.repairs.push(repair);
    repair.series = series;
    if (!series.pairs.has(pair))
      series.pairs.set(pair, {original, replacement, repairs: []});
    repair.pair = series.pairs.get(pair);
    repair.pair.repairs.push(repair);
  }
  return [...byReason.values()]
    .sort((a, b) => b.repairs.length - a.repairs.length);
}

const {documents, repairs} =
  readData(document.getElementById("data").textContent);
const allSeries = makeSeries(repairs);

/* ---- The state ---- */

const state = {
  language: navigator.language.startsWith("es") ? "es" : "en",
  document: 0, view: "inline", class: "", verdict: "", least: 0, most: 1000,
  current: null, found: null, shownSeries: 50
};
const undoStack = [];
const $ = id => document.getElementById(id);
const say = key => words[state.language][key];

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function className(kind) {
  return say("classes")[kind] || kind;
}

/* A reason of the report's: whole, or a letter read as another. */
function reasonText(reason) {
  const known = say("reasons");
  if (Object.hasOwn(known, reason))
    return known[reason];
  return [" read as ", " is "].reduce((text, part) =>
    text.replace(part, known[part] || part), reason);
}

function isShown(repair) {
  const {confidence, class: kind} = repair.line;
  return confidence >= state.least && confidence <= state.most &&
    (state.class === "" || state.class === kind) &&
    (state.verdict === "" || state.verdict === repair.verdict ||
     (state.verdict === "decided" && repair.decided) ||
     (state.verdict === "undecided" && !repair.decided));
}

const shownOf = list => list.filter(isShown);

/* ---- Progress, kept by the browser ---- */

/* By what the documents and their repairs are, so that another page starts
 * afresh. */
const storageKey = "unfix-review:" + documents.map(
  one => `${one.end ? one.end.sha256 : one.name}:${one.repairs.length}`
).join(",");

function saveProgress() {
  const decided = {};
  for (const repair of repairs)
    if (repair.decided)
      decided[repair.index] = [repair.verdict, repair.replacement];
  try {
    localStorage.setItem(storageKey, JSON.stringify(decided));
  } catch {
    notify(say("noRoom"));
  }
}

let saving = 0;
function saveSoon() {
  clearTimeout(saving);
  saving = setTimeout(saveProgress, 300);
}

function loadProgress() {
  let decided;
  try {
    decided = JSON.parse(localStorage.getItem(storageKey) || "{}");
  } catch {
    return;
  }
  let count = 0;
  for (const [index, [verdict, replacement]] of Object.entries(decided)) {
    if (repairs[index] === undefined)
      continue;
    Object.assign(repairs[index], {verdict, replacement, decided: true});
    count++;
  }
  if (count > 0)
    notify(say("kept"));
}

/* ---- Decisions ---- */

function decide(list, change) {
  undoStack.push(list.map(repair => ({
    repair, verdict: repair.verdict, replacement: repair.replacement,
    decided: repair.decided
  })));
  for (const repair of list)
    Object.assign(repair, change, {decided: true});
  showDecisions(list);
}

function undo() {
  const last = undoStack.pop();
  if (last === undefined)
    return;
  for (const {repair, ...before} of last)
    Object.assign(repair, before);
  showDecisions(last.map(({repair}) => repair));
  if (last.length === 1)
    select(last[0].repair);
}

function showDecisions(list) {
  saveSoon();
  for (const repair of list)
    refreshMark(repair);
  showProgress();
  showSeriesStates();
  showRepair();
}

const accept = list => decide(list, {verdict: "applied"});
const reject = list => decide(list, {verdict: "rejected"});

/* ---- The text: only the chunks near the window are in the page ---- */

const chunkRows = 40;
let chunks = [];

const watcher = new IntersectionObserver(entries => {
  for (const entry of entries)
    if (entry.isIntersecting)
      fillChunk(chunks[entry.target.dataset.chunk]);
    else
      emptyChunk(chunks[entry.target.dataset.chunk]);
}, {root: $("text"), rootMargin: "1500px 0px"});

function markLabel(repair) {
  const {original, confidence} = repair.line;
  const to = repair.replacement === "" ? say("nothing") : repair.replacement;
  return `${original} → ${to}, ${className(repair.line.class)}, ` +
    `${(confidence / 10).toFixed(1)} % ${say("sure")}, ` +
    say(repair.verdict === "rejected" ? "refused" : repair.verdict);
}

function visible(text) {
  return text === "" ? element("span", {className: "empty"}, "∅") : text;
}

function fillMark(mark, repair, side) {
  const {original} = repair.line;
  const put = repair.replacement;
  const isPut = repair.verdict === "applied";

  if (state.view === "inline" && side === undefined) {
    if (repair.verdict === "rejected" || !isShown(repair))
      mark.replaceChildren(visible(isPut ? put : original));
    else
      mark.replaceChildren(element("del", {}, visible(original)),
        element("span", {className: "to"}, " → "),
        element("ins", {}, visible(put)));
  } else if (side === "read")
    mark.replaceChildren(visible(original));
  else
    mark.replaceChildren(visible(isPut ? put : original));
}

function styleMark(mark, repair) {
  const verdict = repair.verdict === "rejected" ? "refused" : repair.verdict;
  mark.className = `mark ${verdict}` +
    (repair.line.confidence < 900 ? " unsure" : "") +
    (repair.decided ? " decided" : "") + (isShown(repair) ? "" : " faint");
  mark.ariaCurrent = repair === state.current ? "true" : "false";
  mark.title = markLabel(repair);
}

function makeMark(repair, side) {
  const mark = element("button", {type: "button", tabIndex: -1});
  mark.dataset.repair = repair.index;
  fillMark(mark, repair, side);
  styleMark(mark, repair);
  (repair.marks ||= []).push({mark, side});
  return mark;
}

function makeCell(row, side) {
  const cell = element("div");
  for (const part of row)
    cell.append(typeof part === "string" ? part : makeMark(part, side));
  return cell;
}

function makeRow(row, number) {
  if (state.view !== "sides") {
    const cell = makeCell(row);
    cell.className = "row";
    cell.dataset.number = number;
    return cell;
  }
  return element("div", {className: "row"}, makeCell(row, "read"),
    makeCell(row, "put"));
}

function fillChunk(chunk) {
  if (chunk.isFull)
    return;
  const {rows, numbers} = documents[state.document];
  const made = [];
  for (let i = chunk.first; i < chunk.last; i++)
    made.push(makeRow(rows[i], numbers[i]));
  chunk.box.replaceChildren(...made);
  chunk.box.style.height = "";
  chunk.isFull = true;
}

function emptyChunk(chunk) {
  if (!chunk.isFull || chunk.box.contains(document.activeElement))
    return;
  chunk.box.style.height = `${chunk.box.offsetHeight}px`;
  chunk.box.replaceChildren();
  chunk.isFull = false;
  const {rows} = documents[state.document];
  for (let i = chunk.first; i < chunk.last; i++)
    for (const part of rows[i])
      if (typeof part !== "string")
        part.marks = [];
}

function rowLength(row) {
  return row.reduce((sum, part) => sum +
    (typeof part === "string" ? part : part.line.original).length, 0);
}

function showText() {
  const {rows} = documents[state.document];
  const width = Math.max(20, $("text").clientWidth / 9);

  watcher.disconnect();
  for (const repair of repairs)
    repair.marks = [];
  $("rows").className = state.view === "sides" ? "sides" : "";
  chunks = [];
  for (let first = 0; first < rows.length; first += chunkRows) {
    const last = Math.min(first + chunkRows, rows.length);
    const box = element("div");
    let lines = 0;
    for (let i = first; i < last; i++)
      lines += Math.max(1, Math.ceil(rowLength(rows[i]) / width));
    box.dataset.chunk = chunks.length;
    box.style.height = `${lines * 1.785}rem`;
    chunks.push({first, last, box, isFull: false});
  }
  $("rows").replaceChildren(...chunks.map(chunk => chunk.box));
  for (const chunk of chunks)
    watcher.observe(chunk.box);
}

function refreshMark(repair) {
  for (const {mark, side} of repair.marks || []) {
    fillMark(mark, repair, side);
    styleMark(mark, repair);
  }
}

function refreshMarks() {
  for (const chunk of chunks)
    if (chunk.isFull)
      for (let i = chunk.first; i < chunk.last; i++)
        for (const part of documents[state.document].rows[i])
          if (typeof part !== "string")
            refreshMark(part);
}

/* ---- The repair at hand ---- */

function openDocument(number) {
  if (number === state.document)
    return;
  state.document = number;
  $("document").value = number;
  showText();
}

function select(repair) {
  const before = state.current;

  state.current = repair;
  if (before !== null)
    refreshMark(before);
  if (repair !== null) {
    openDocument(documents.indexOf(repair.document));
    choosePart("text");
    const chunk = chunks[Math.floor(repair.row / chunkRows)];
    fillChunk(chunk);
    refreshMark(repair);
    repair.marks[0].mark.scrollIntoView({block: "center"});
  }
  showRepair();
}

function step(direction) {
  const at = state.current === null ? (direction > 0 ? -1 : repairs.length)
                                    : state.current.index;
  for (let i = at + direction; i >= 0 && i < repairs.length; i += direction)
    if (isShown(repairs[i])) {
      select(repairs[i]);
      return;
    }
  notify(say("none"));
}

/* What else may stand there: what was read, what was proposed first, and the
 * other readings of the report. */
function alternativesOf(repair) {
  const texts = [repair.line.replacement, repair.line.original,
    ...(repair.line.alternatives || []).map(other => other.text)];
  return [...new Set(texts)].slice(0, 9);
}

/* Puts a text in the place of repairs that are alike. */
function choose(list, text) {
  const {original, replacement} = list[0].line;
  if (text === original)
    decide(list, {verdict: "rejected", replacement});
  else if (list.some(repair => withReplacement(repair.line, text) === null))
    notify(say("notHere"));
  else
    decide(list, {verdict: "applied", replacement: text});
}

/* ---- The image of the page ---- */

const svgSpace = "http://www.w3.org/2000/svg";

function svgElement(name, attributes) {
  const made = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes))
    made.setAttribute(key, value);
  return made;
}

/* The words' part of the page and some of what is around it, framed. */
function makeClip(page, [left, top, right, bottom], label) {
  const width = Math.max(1, right - left), height = Math.max(1, bottom - top);
  const beside = 4 * height, above = 0.6 * height;
  const svg = svgElement("svg", {
    role: "img", "aria-label": label, preserveAspectRatio: "xMidYMid meet",
    viewBox: [left - beside, top - above, width + 2 * beside,
      height + 2 * above].join(" ")
  });
  /* A page of unknown size is counted in the image's own dots. */
  const image = svgElement("image", page.width > 0 && page.height > 0
    ? {width: page.width, height: page.height, preserveAspectRatio: "none"}
    : {});
  image.addEventListener("error", () => {
    svg.replaceWith(say("noImage")(page.name || page.image));
  });
  image.setAttribute("href", page.image);
  const pad = 0.12 * height;
  svg.append(image, svgElement("rect", {
    x: left - pad, y: top - pad, width: width + 2 * pad,
    height: height + 2 * pad, class: "frame"
  }));
  return svg;
}

/* Once for each repair: else the image would be asked for again. */
function showClips(repair) {
  if ($("clips").repair === repair)
    return;
  $("clips").repair = repair;
  const shown = [];
  for (const [number, ...sides] of repair.clips) {
    const page = repair.document.pages.get(number);
    if (page.image !== "")
      shown.push(makeClip(page, sides, say("clip")(repair.line.original)));
    else if (page.name !== "")
      shown.push(say("noImage")(page.name));
  }
  $("clips").replaceChildren(...new Set(shown));
}

function showRepair() {
  const repair = state.current;

  $("at-hand").hidden = repair === null;
  $("hint").hidden = repair !== null;
  if (repair === null)
    return;
  const {original, confidence, reason} = repair.line;
  $("pair").replaceChildren(visible(original), " → ",
    visible(repair.replacement));
  $("facts").textContent = [
    `${say("line")} ${repair.document.numbers[repair.row]}`,
    className(repair.line.class), reasonText(reason),
    `${(confidence / 10).toFixed(1)} % ${say("sure")}`,
    say(repair.verdict === "rejected" ? "refused" : repair.verdict),
    reasonText(repair.line.held_back || "")
  ].filter(fact => fact !== "").join(" · ");
  showClips(repair);
  if (document.activeElement !== $("replacement"))
    $("replacement").value = repair.replacement;
  $("alternatives").replaceChildren(...alternativesOf(repair).map((text, i) => {
    const button = element("button", {
      type: "button",
      onclick: () => choose([repair], text)
    }, element("kbd", {}, String(i + 1)), " ",
    text === original ? `${text} (${say("original")})` : visible(text));
    return button;
  }));
  const alike = repair.pair.repairs.length;
  $("take-all").hidden = alike < 2;
  $("take-all").textContent = say("takeAll")(alike);
  $("accept").setAttribute("aria-pressed", repair.verdict === "applied");
  $("reject").setAttribute("aria-pressed", repair.verdict === "rejected");
}

/* ---- Series ---- */

function stateOf(list) {
  const verdict = list[0].verdict;
  return list.every(repair => repair.verdict === verdict) ? verdict : "";
}

function decisionButtons(name, list) {
  const yes = element("button", {
    type: "button", className: "yes", onclick: () => accept(list)
  }, "✓");
  const no = element("button", {
    type: "button", className: "no", onclick: () => reject(list)
  }, "✗");
  yes.setAttribute("aria-label", `${say("acceptAll")} ${name}`);
  no.setAttribute("aria-label", `${say("rejectAll")} ${name}`);
  yes.title = yes.ariaLabel;
  no.title = no.ariaLabel;
  const refresh = () => {
    const verdict = stateOf(list);
    yes.setAttribute("aria-pressed", verdict === "applied");
    no.setAttribute("aria-pressed", verdict === "rejected");
  };
  refresh();
  return {buttons: [yes, no], refresh};
}

function makeLine(name, list, onclick) {
  const title = element("button", {type: "button", className: "name", onclick},
    name);
  const {buttons, refresh} = decisionButtons(name, list);
  const line = element("div", {className: "line"}, title,
    element("span", {className: "count"}, String(list.length)), ...buttons);
  seriesRefreshers.push(refresh);
  return {line, title};
}

/* The next of a list behind the repair at hand, or its first. */
function selectNext(list) {
  const at = state.current === null ? -1 : state.current.index;
  select(list.find(repair => repair.index > at) || list[0]);
}

function makePairs(series) {
  const pairs = [...series.pairs.values()]
    .map(pair => ({...pair, repairs: shownOf(pair.repairs)}))
    .filter(pair => pair.repairs.length > 0)
    .sort((a, b) => b.repairs.length - a.repairs.length).slice(0, 100);
  return element("ul", {}, ...pairs.map(pair => element("li", {}, makeLine(
    `${pair.original} → ${pair.replacement === "" ? "∅" : pair.replacement}`,
    pair.repairs, () => selectNext(pair.repairs)).line)));
}

function makeSeriesItem({series, list}) {
  const reason = reasonText(series.reason);
  const name = series.reason.includes(" read as ")
    ? reason : `${className(series.kind)}: ${reason}`;
  const item = element("li");
  const {line, title} = makeLine(name, list, () => {
    series.isOpen = !series.isOpen;
    const made = makeSeriesItem({series, list});
    item.replaceWith(made);
    made.querySelector(".name").focus();
  });
  title.setAttribute("aria-expanded", series.isOpen);
  item.append(line);
  if (series.isOpen)
    item.append(makePairs(series));
  return item;
}

let seriesRefreshers = [];

/* What the filters let through: that is what is decided. */
function showSeries() {
  const shown = allSeries
    .map(series => ({series, list: shownOf(series.repairs)}))
    .filter(({list}) => list.length > 0)
    .sort((a, b) => b.list.length - a.list.length);
  seriesRefreshers = [];
  $("series-list").replaceChildren(
    ...shown.slice(0, state.shownSeries).map(makeSeriesItem));
  $("more-series").hidden = shown.length <= state.shownSeries;
}

function showSeriesStates() {
  for (const refresh of seriesRefreshers)
    refresh();
}

/* ---- Words of the user's in files that are more than their text ---- */

/* The beginning of the SHA-256 (FIPS 180-4) of a text: what ties a repair to its
 * place. */
function sealOf(text) {
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  const primes = [];
  for (let n = 2; primes.length < 64; n++)
    if (primes.every(prime => n % prime !== 0))
      primes.push(n);
  const part = (n, power) => {
    const root = n ** power;
    return Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
  };
  const rounds = primes.map(prime => part(prime, 1 / 3));
  const state = primes.slice(0, 8).map(prime => part(prime, 1 / 2));
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array((bytes.length + 72) & ~63);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, bytes.length * 8);
  for (let block = 0; block < padded.length; block += 64) {
    const w = [];
    for (let i = 0; i < 64; i++) {
      if (i < 16) {
        w.push(view.getInt32(block + 4 * i));
        continue;
      }
      const a = w[i - 15], b = w[i - 2];
      w.push(w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] +
        (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10)) | 0);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const more = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) +
        ((e & f) ^ (~e & g)) + rounds[i] + w[i] | 0;
      const less = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) +
        ((a & b) ^ (a & c) ^ (b & c)) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, d + more | 0, c, b, a,
        more + less | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((x, i) => {
      state[i] = state[i] + x | 0;
    });
  }
  return state.slice(0, 2).map(x =>
    (x >>> 0).toString(16).padStart(8, "0")).join("");
}

/* Where two texts begin to differ, and what of each does, in code points. */
function difference(from, to) {
  const a = [...from], b = [...to];
  let start = 0, end = 0;
  while (start < a.length && start < b.length && a[start] === b[start])
    start++;
  while (end < a.length - start && end < b.length - start &&
         a[a.length - 1 - end] === b[b.length - 1 - end])
    end++;
  return {
    before: a.slice(0, start).join(""),
    original: a.slice(start, a.length - end).join(""),
    replacement: b.slice(start, b.length - end).join("")
  };
}

/* A report's line with another replacement, or null where its file does not
 * hold that: one word has to become one word, and both have to be written in
 * the file as they are here. */
function withReplacement(line, replacement) {
  if (line.edits === undefined)
    return {...line, replacement};
  const was = difference(line.original, line.replacement);
  const now = difference(line.original, replacement);
  const isOfWord = edit => edit.original === was.original &&
    edit.replacement === was.replacement;
  if (line.encoding !== undefined || replacement === "" ||
      !line.edits.some(isOfWord) ||
      /[\s&<>"'\\,;]/u.test(line.original + replacement))
    return null;
  const size = text => new TextEncoder().encode(text).length;
  /* A file may tell a word twice. */
  const edits = line.edits.map(edit => !isOfWord(edit) ? edit : {
    offset: edit.offset - size(was.before) + size(now.before),
    length: size(now.original), original: now.original,
    replacement: now.replacement
  });
  return {
    ...line, replacement, edits,
    seal: sealOf(`${line.offset}:${line.length}:${line.original}${replacement}`)
  };
}

/* ---- Saving ---- */

function save(name, lines, message) {
  if (lines.length === 0) {
    notify(say("nothingToSave"));
    return;
  }
  const url = URL.createObjectURL(
    new Blob([lines.join("\n") + "\n"], {type: "text/plain"}));
  element("a", {href: url, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  notify(message, 60);
}

/* The documents as a shell wants them. */
function filesText() {
  if (documents.length > 3)
    return "FILE...";
  return documents.map(({name}) => /^[\w./+-]+$/.test(name)
    ? name : `'${name.replaceAll("'", "'\\''")}'`).join(" ");
}

/* The report as it was, with the verdicts and replacements of this page. */
function reportLines() {
  const lines = [];
  for (const one of documents) {
    for (const {line, verdict, replacement} of one.repairs)
      lines.push(JSON.stringify({
        ...(replacement === line.replacement
          ? line : withReplacement(line, replacement)), verdict
      }));
    if (one.end !== null)
      lines.push(JSON.stringify(one.end));
  }
  return lines;
}

const wasRejected = repair => repair.decided && repair.verdict === "rejected";

/* A series that was rejected whole is one line, else each pair is. */
function vetoLines() {
  const lines = new Set();
  for (const series of allSeries) {
    if (series.reason.includes(" read as ") &&
        series.repairs.every(wasRejected)) {
      lines.add(series.reason);
      continue;
    }
    for (const {original, replacement, repairs: list} of series.pairs.values())
      if (list.every(wasRejected) && !/[\n=]/.test(original + replacement))
        lines.add(`${original}=${replacement}`);
  }
  return [...lines];
}

/* Words that the user typed, and those of which every repair was rejected. */
function wordLines() {
  const isWord = text => /^\p{L}[\p{L}\p{M}]*$/u.test(text);
  const kept = new Map(), lines = new Set();
  for (const repair of repairs) {
    const {original, replacement} = repair.line;
    if (repair.decided && repair.verdict === "applied" &&
        repair.replacement !== replacement && isWord(repair.replacement))
      lines.add(repair.replacement);
    kept.set(original,
      (kept.has(original) ? kept.get(original) : true) && wasRejected(repair));
  }
  for (const [original, isKept] of kept)
    if (isKept && isWord(original))
      lines.add(original);
  return [...lines];
}

/* ---- The rest of the page ---- */

let notice = 0;
function notify(text, seconds = 6) {
  $("notice").textContent = text;
  clearTimeout(notice);
  notice = setTimeout(() => { $("notice").textContent = ""; },
    seconds * 1000);
}

function showProgress() {
  let done = 0, put = 0, doubted = 0;
  for (const repair of repairs) {
    done += repair.decided;
    put += repair.verdict === "applied";
    doubted += repair.verdict === "proposed";
  }
  const isFiltered = state.verdict === "proposed";
  $("doubted").textContent =
    isFiltered ? say("showAll") : say("doubted")(doubted);
  $("doubted").setAttribute("aria-pressed", isFiltered);
  $("doubted").hidden = doubted === 0 && !isFiltered;
  $("progress").textContent = say("progress")(done, repairs.length, put);
  $("undo").disabled = undoStack.length === 0;
}

function choosePart(part) {
  document.body.dataset.part = part;
  for (const section of document.querySelectorAll(".part"))
    section.classList.toggle("chosen", section.id === part);
  for (const tab of document.querySelectorAll("[role=tab]")) {
    tab.setAttribute("aria-selected", tab.dataset.part === part);
    tab.setAttribute("aria-controls", tab.dataset.part);
  }
}

function fillSelect(select, options, value) {
  select.replaceChildren(...options.map(([key, text]) =>
    element("option", {value: key}, text)));
  select.value = value;
}

function fillTexts() {
  document.documentElement.lang = state.language;
  for (const one of document.querySelectorAll("[data-text]"))
    one.textContent = say(one.dataset.text);
  for (const one of document.querySelectorAll("[data-label]"))
    one.setAttribute("aria-label", say(one.dataset.label));
  fillSelect($("class"), [["", say("all")],
    ...[...new Set(repairs.map(repair => repair.line.class))]
      .map(kind => [kind, className(kind)])], state.class);
  fillSelect($("verdict"), [["", say("all")], ["applied", say("applied")],
    ["proposed", say("proposed")], ["rejected", say("refused")],
    ["decided", say("decided")], ["undecided", say("undecided")]],
  state.verdict);
  const names = shortNames(documents.map(one => one.name));
  fillSelect($("document"), documents.map((one, i) =>
    [i, `${names[i]} (${one.repairs.length})`]), state.document);
  $("legend-list").replaceChildren(...Object.entries(say("legendList")).map(
    ([key, text]) => element("li", {}, element("span", {
      className: `mark ${key === "unsure" ? "applied " : ""}${key}`
    }, "abc"), ` ${text}`)));
  $("key-list").replaceChildren(...Object.entries(say("keyList")).flatMap(
    ([keys, text]) => [
      element("dt", {}, ...keys.split(", ").flatMap((key, i) =>
        [i > 0 ? " " : "", element("kbd", {}, key)])),
      element("dd", {}, text)
    ]));
  $("how-list").replaceChildren(...say("howList").map(text =>
    element("li", {}, text)));
  showRange();
}

function showRange() {
  $("range").textContent =
    `${(state.least / 10).toFixed(1)}–${(state.most / 10).toFixed(1)} %`;
}

function showAll() {
  $("clips").repair = null;
  fillTexts();
  showText();
  showSeries();
  showProgress();
  showRepair();
}

function setFilter(key, value) {
  state[key] = value;
  showRange();
  refreshMarks();
  showSeries();
  showProgress();
}

/* To the first of what is doubted, or back to all. */
function toggleDoubted() {
  const value = state.verdict === "proposed" ? "" : "proposed";
  $("verdict").value = value;
  setFilter("verdict", value);
  const first = repairs.find(isShown);
  if (value !== "" && first !== undefined)
    select(first);
}

/* ---- Finding: the browser's own search sees the chunks in the page only ---- */

function rowText(row) {
  return row.map(part => typeof part === "string" ? part
    : `${part.line.original} ${part.replacement}`).join("").toLowerCase();
}

/* Behind the row that was found last, through all documents and around. */
function find(text) {
  const wanted = text.toLowerCase();
  const places = documents.flatMap((one, d) =>
    one.rows.map((row, r) => ({d, r, row})));
  const last = places.findIndex(({d, r}) => state.found !== null &&
    d === state.found.d && r === state.found.r);
  for (let i = 1; i <= places.length; i++) {
    const place = places[(last + i) % places.length];
    if (wanted === "" || !rowText(place.row).includes(wanted))
      continue;
    state.found = place;
    showRow(place);
    return;
  }
  notify(say("notFound")(text));
}

function showRow({d, r}) {
  openDocument(d);
  choosePart("text");
  const chunk = chunks[Math.floor(r / chunkRows)];
  fillChunk(chunk);
  const row = chunk.box.children[r - chunk.first];
  row.scrollIntoView({block: "center"});
  row.classList.add("found");
  setTimeout(() => row.classList.remove("found"), 3000);
}

function takeAndGoOn(take) {
  withCurrent(repair => {
    take([repair]);
    step(1);
  });
}

const keys = {
  n: () => step(1), j: () => step(1), ArrowRight: () => step(1),
  p: () => step(-1), k: () => step(-1), ArrowLeft: () => step(-1),
  a: () => takeAndGoOn(accept), y: () => takeAndGoOn(accept),
  r: () => takeAndGoOn(reject), x: () => takeAndGoOn(reject),
  A: () => withCurrent(repair => accept(shownOf(repair.series.repairs))),
  R: () => withCurrent(repair => reject(shownOf(repair.series.repairs))),
  "/": () => {
    choosePart("filters");
    $("find").focus();
  },
  e: () => withCurrent(() => $("replacement").focus()),
  u: undo
};

function withCurrent(action) {
  if (state.current !== null)
    action(state.current);
}

function pressKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey ||
      event.target.matches("input, select"))
    return;
  if (/^[1-9]$/.test(event.key)) {
    withCurrent(repair => {
      const text = alternativesOf(repair)[Number(event.key) - 1];
      if (text !== undefined)
        choose([repair], text);
    });
  } else if (Object.hasOwn(keys, event.key))
    keys[event.key]();
  else
    return;
  event.preventDefault();
}

function listen() {
  document.addEventListener("keydown", pressKey);
  $("rows").addEventListener("click", event => {
    const mark = event.target.closest(".mark");
    if (mark !== null)
      select(repairs[mark.dataset.repair]);
  });
  $("language").addEventListener("change", event => {
    state.language = event.target.value;
    showAll();
    if (state.current !== null)
      select(state.current);
  });
  $("document").addEventListener("change", event => {
    state.document = Number(event.target.value);
    state.current = null;
    showText();
    showRepair();
    $("text").scrollTop = 0;
  });
  $("view").addEventListener("change", event => {
    state.view = event.target.value;
    showText();
    if (state.current !== null)
      select(state.current);
  });
  for (const key of ["class", "verdict"])
    $(key).addEventListener("change", event =>
      setFilter(key, event.target.value));
  for (const key of ["least", "most"])
    $(key).addEventListener("input", event =>
      setFilter(key, Number(event.target.value)));
  $("edit").addEventListener("submit", event => {
    event.preventDefault();
    withCurrent(repair => choose([repair], $("replacement").value));
    $("replacement").blur();
  });
  $("take-all").addEventListener("click", () => withCurrent(repair =>
    choose(repair.pair.repairs, $("replacement").value)));
  $("doubted").addEventListener("click", toggleDoubted);
  $("search").addEventListener("submit", event => {
    event.preventDefault();
    find($("find").value);
  });
  $("replacement").addEventListener("keydown", event => {
    if (event.key === "Escape")
      event.target.blur();
  });
  $("accept").addEventListener("click", () => takeAndGoOn(accept));
  $("reject").addEventListener("click", () => takeAndGoOn(reject));
  $("next").addEventListener("click", () => step(1));
  $("previous").addEventListener("click", () => step(-1));
  $("undo").addEventListener("click", undo);
  $("more-series").addEventListener("click", () => {
    state.shownSeries += 200;
    showSeries();
  });
  for (const tab of document.querySelectorAll("[role=tab]"))
    tab.addEventListener("click", () => choosePart(tab.dataset.part));
  $("export-report").addEventListener("click", () =>
    save("report.jsonl", reportLines(), say("fileReport")(filesText())));
  $("export-veto").addEventListener("click", () => {
    const lines = vetoLines();
    save("veto.txt", lines, say("fileVeto")(lines.length));
  });
  $("export-words").addEventListener("click", () => {
    const lines = wordLines();
    save("words.txt", lines, say("fileWords")(lines.length));
  });
}

$("language").value = state.language;
loadProgress();
listen();
choosePart("text");
showAll();
