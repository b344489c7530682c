/* What stands beside the drawing: filters, search, and the words behind what is picked. All text is set as text. */
const $ = id => document.getElementById(id);

/** An element with properties and children; strings become text. */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter(child => child !== null && child !== ""));
  return element;
}

function button(text, act) {
  return make("button", { type: "button", textContent: text, onclick: act });
}

/** Writes the whole interface in the language chosen. */
function speak() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  $("language").textContent = word("language");
  for (const key of ["closer", "farther", "whole"]) {
    $(key).title = word(key);
    $(key).setAttribute("aria-label", word(key));
  }
  boxes("statuses", word("status"), data.statuses, status => word(status), edge => [edge.status], statusMark);
  boxes("types", word("types"), data.types.map(type => type.name), name => title(typeOf.get(name)),
    edge => new Set([edge.from.type, edge.to.type]), name => mark("", "background", typeOf.get(name).colour));
  boxes("relations", word("relations"), data.relations.map(type => type.name), name => title(relationOf.get(name)),
    edge => [edge.type], () => null);
  update();
}

function mark(kind, property, colour) {
  const element = make("i", { className: kind });
  element.style[property] = colour;
  return element;
}

function statusMark(status) {
  const [colour, dashes] = STYLES[status];
  return mark(["line", ...(dashes.length ? [dashes[0] > 2 ? "dashed" : "dotted"] : [])].join(" "), "borderColor", colour);
}

/** A box to tick for each value, with how many relations have it. */
function boxes(id, heading, values, called, valuesOf, sign) {
  const counts = new Map();
  for (const edge of edges) for (const value of valuesOf(edge)) counts.set(value, (counts.get(value) || 0) + 1);
  const turn = leave => () => { off[id] = new Set(leave ? [] : values); speak(); };
  const legend = make("legend", {}, heading, " ", button(word("all"), turn(true)), button(word("none"), turn(false)));
  const rows = values.map(value => {
    const box = make("input", { type: "checkbox", value, checked: !off[id].has(value) });
    box.onchange = () => { off[id][box.checked ? "delete" : "add"](value); update(); };
    return make("label", {}, box, sign(value), make("span", { textContent: called(value) }), make("small", { textContent: counts.get(value) || 0 }));
  });
  $(id).replaceChildren(legend, ...rows);
}

/** Applies the filters, counts, and draws anew. */
function update() {
  const [relations, entities] = sift();
  $("count").textContent = word("count", relations, edges.length, entities);
  $("nothing").hidden = relations > 0;
  show(picked);
  redraw();
}

/** Picks a node, an edge or nothing, and tells about it. */
function show(thing) {
  picked = thing;
  $("panel").replaceChildren(...(!thing ? [make("p", { textContent: word("start") })] : thing.edges ? aboutNode(thing) : aboutEdge(thing)));
  redraw();
}

function aboutNode(node) {
  const rows = { type: title(typeOf.get(node.type)), id: node.id, names: node.names.join("、") };
  return [make("h2", { textContent: node.name }), terms(rows), button(word("only"), () => only(node)), list(node.edges.filter(edge => edge.shown))];
}

function aboutEdge(edge) {
  const relation = relationOf.get(edge.type);
  const arrow = relation.symmetric ? " – " : " → ";
  const heading = make("h2", {}, button(edge.from.name, () => go(edge.from)), arrow, title(relation), arrow, button(edge.to.name, () => go(edge.to)));
  const rows = {
    type: edge.type, status: word(edge.status), date: edge.date, terms: edge.terms, rule: edge.rule,
    confidence: String(edge.confidence), id: edge.id,
  };
  return [heading, terms(rows), ...edge.said.map(sentence)];
}

function terms(rows) {
  const told = Object.entries(rows).filter(([, value]) => value);
  return make("dl", {}, ...told.flatMap(([key, value]) => [make("dt", { textContent: key === "id" ? "id" : word(key) }), make("dd", { textContent: value })]));
}

/** A sentence with the document that says it. */
function sentence(one) {
  const head = data.documents[one.document];
  const place = [head.title || head.id, head.publisher, head.date, one.section, head.title ? head.id : ""].filter(Boolean);
  return make("blockquote", {}, make("p", { textContent: one.text }), make("footer", { textContent: place.join(" · ") }));
}

function list(some) {
  return make("ul", {}, ...some.map(edge => {
    const words = [edge.from.name, title(relationOf.get(edge.type)), edge.to.name, edge.terms, edge.status && word(edge.status), edge.date];
    return make("li", {}, button(words.filter(Boolean).join(" · "), () => show(edge)));
  }));
}

/** Brings a node into sight and tells about it. */
function go(node) {
  if (node.shown) fit([node, ...node.edges.filter(edge => edge.shown).flatMap(edge => [edge.from, edge.to])]);
  show(node);
}

/** Leaves only a node and its neighbours. */
function only(node) {
  $("firm").value = wanted.firm = node.id;
  show(node);
  update();
  fit();
}

function reset() {
  Object.assign(off, { statuses: new Set(), types: new Set(), relations: new Set() });
  Object.assign(wanted, { firm: "", steps: 1, since: "", until: "" });
  for (const key of ["search", "firm", "since", "until"]) $(key).value = "";
  for (const key of ["since", "until"]) $(key).classList.remove("wrong");
  $("steps").value = "1";
  $("found").replaceChildren();
  show(null);
  speak();
  fit();
}

/** Takes a date of the filter where it is one. */
function limit(key) {
  const text = $(key).value.trim();
  const right = /^(\d{4}(-\d{2}(-\d{2})?)?)?$/.test(text);
  $(key).classList.toggle("wrong", !right);
  wanted[key] = right ? text : "";
  update();
}

function point(event) {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

/** Lets the pointer move, zoom, hover and pick. */
function listen() {
  let held = null, moved = false;
  canvas.onpointerdown = event => { held = point(event); moved = false; canvas.setPointerCapture(event.pointerId); };
  canvas.onpointermove = event => {
    const [x, y] = point(event);
    if (!held) { hovered = under(x, y); canvas.classList.toggle("over", !!hovered); return redraw(); }
    if (!moved && Math.hypot(x - held[0], y - held[1]) < 4) return null;
    moved = true;
    view.x += x - held[0];
    view.y += y - held[1];
    held = [x, y];
    return redraw();
  };
  canvas.onpointerup = event => { held = null; if (!moved) show(under(...point(event))); };
  canvas.onpointercancel = () => { held = null; };
  canvas.onpointerleave = () => { hovered = null; redraw(); };
  canvas.onwheel = event => { event.preventDefault(); zoom(Math.exp(-event.deltaY / 500), ...point(event)); };
  canvas.ondblclick = event => { const thing = under(...point(event)); if (thing && thing.edges) only(thing); };
  new ResizeObserver(() => redraw()).observe(canvas);
}

function begin() {
  $("names").append(...nodes.map(node => make("option", { value: node.name })));
  $("language").onclick = () => { language = language === "zh" ? "en" : "zh"; speak(); };
  $("search").oninput = () => $("found").replaceChildren(...search($("search").value).map(node => make("li", {}, button(node.name, () => go(node)))));
  $("search").onkeydown = event => { const [first] = search($("search").value); if (event.key === "Enter" && first) go(first); };
  $("firm").onchange = () => { wanted.firm = $("firm").value; update(); fit(); };
  $("steps").onchange = () => { wanted.steps = Number($("steps").value); update(); fit(); };
  for (const key of ["since", "until"]) $(key).oninput = () => limit(key);
  $("reset").onclick = reset;
  $("closer").onclick = () => zoom(1.4);
  $("farther").onclick = () => zoom(1 / 1.4);
  $("whole").onclick = () => fit();
  listen();
  speak();
  fit();
}

begin();
