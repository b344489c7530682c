/* The drawing: what stands where on the screen, and what the pointer is on. */
const canvas = document.getElementById("picture");
const pen = canvas.getContext("2d");
const view = { zoom: 1, x: 0, y: 0 };
const FONT = '12px system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const NEAR = 6;
const BEND = 26;
const LABELLED_EDGES = 80;
const FEW_EDGES = 300;
const MANY_EDGES = 3000;
const MOST_NAMES = 600;
const FAINT = 0.25;
let picked = null;
let hovered = null;
let waiting = false;

/** Asks for a drawing with the next frame. */
function redraw() {
  if (!waiting) requestAnimationFrame(draw);
  waiting = true;
}

function draw() {
  waiting = false;
  const ratio = devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.font = FONT;
  const bright = spotlight();
  const visible = edges.filter(edge => edge.shown && inSight(edge, width, height));
  const arrows = visible.length <= MANY_EDGES;
  const thin = Math.min(0.8, Math.max(0.35, 12 / Math.sqrt(visible.length)));
  for (const edge of visible) if (!lit(edge, bright)) drawEdge(edge, FAINT, false);
  for (const edge of visible) if (lit(edge, bright)) drawEdge(edge, bright ? 0.9 : thin, arrows);
  for (const node of nodes) if (node.shown) drawNode(node, lit(node, bright) ? 1 : FAINT);
  drawLabels(bright, visible, width, height);
}

/** What stands out: the thing under the pointer or picked, with what it is tied to; null where nothing does. */
function spotlight() {
  const centre = hovered || picked;
  if (!centre || !centre.shown) return null;
  const near = centre.edges ? centre.edges.filter(edge => edge.shown) : [centre];
  return new Set([centre, ...near, ...near.flatMap(edge => [edge.from, edge.to])]);
}

function lit(thing, bright) {
  return !bright || bright.has(thing);
}

/** Where a node stands on the screen. */
function spot(node) {
  return { x: node.x * view.zoom + view.x, y: node.y * view.zoom + view.y };
}

/** Whether any of an edge can be on the screen. */
function inSight(edge, width, height) {
  const a = spot(edge.from), b = spot(edge.to);
  return Math.max(a.x, b.x) > 0 && Math.min(a.x, b.x) < width && Math.max(a.y, b.y) > 0 && Math.min(a.y, b.y) < height;
}

/** How large a node is on the screen. */
function size(node) {
  return node.radius * Math.min(1.6, Math.max(0.45, Math.sqrt(view.zoom)));
}

/** The ends of an edge on the screen and the point towards which it bends. */
function course(edge) {
  const a = spot(edge.from), b = spot(edge.to);
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const bend = edge.bend * BEND;
  return { a, b, via: { x: (a.x + b.x) / 2 - (b.y - a.y) / length * bend, y: (a.y + b.y) / 2 + (b.x - a.x) / length * bend } };
}

/** The point of an edge at `t` from 0 to 1. */
function along({ a, b, via }, t) {
  const mix = key => (1 - t) ** 2 * a[key] + 2 * t * (1 - t) * via[key] + t ** 2 * b[key];
  return { x: mix("x"), y: mix("y") };
}

function drawEdge(edge, alpha, arrow) {
  const line = course(edge);
  const [colour, dashes] = STYLES[edge.status] || STYLES[""];
  pen.globalAlpha = alpha;
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = edge === picked || edge === hovered ? 3 : 1.2;
  pen.setLineDash(dashes);
  pen.beginPath();
  pen.moveTo(line.a.x, line.a.y);
  if (edge.bend) pen.quadraticCurveTo(line.via.x, line.via.y, line.b.x, line.b.y);
  else pen.lineTo(line.b.x, line.b.y);
  pen.stroke();
  pen.setLineDash([]);
  if (arrow && !relationOf.get(edge.type).symmetric) drawArrow(line, size(edge.to));
  pen.globalAlpha = 1;
}

function drawArrow({ b, via }, gap) {
  const length = Math.hypot(b.x - via.x, b.y - via.y);
  if (length < gap + 12) return;
  const x = (b.x - via.x) / length, y = (b.y - via.y) / length;
  const tip = { x: b.x - x * gap, y: b.y - y * gap };
  pen.beginPath();
  pen.moveTo(tip.x, tip.y);
  pen.lineTo(tip.x - x * 7 - y * 3, tip.y - y * 7 + x * 3);
  pen.lineTo(tip.x - x * 7 + y * 3, tip.y - y * 7 - x * 3);
  pen.fill();
}

function drawNode(node, alpha) {
  const { x, y } = spot(node);
  pen.globalAlpha = alpha;
  pen.fillStyle = typeOf.get(node.type).colour;
  pen.strokeStyle = node === picked || node === hovered ? "#1f2733" : "#ffffff";
  pen.lineWidth = node === picked || node === hovered ? 2.5 : 1;
  pen.beginPath();
  pen.arc(x, y, size(node), 0, 2 * Math.PI);
  pen.fill();
  pen.stroke();
  pen.globalAlpha = 1;
}

/** Names where there is room, what stands out and has most relations first; names of relations where few are in sight. */
function drawLabels(bright, visible, width, height) {
  const taken = [];
  const inside = ({ x, y }) => x > -60 && y > -20 && x < width + 60 && y < height + 20;
  const faint = visible.length <= FEW_EDGES;
  const named = nodes.filter(node => node.shown && (faint || lit(node, bright)) && inside(spot(node)));
  const rank = node => (node === hovered) * 4 + (node === picked) * 2 + lit(node, bright);
  named.sort((a, b) => rank(b) - rank(a) || b.edges.length - a.edges.length);
  named.splice(MOST_NAMES);
  for (const node of named.filter(node => lit(node, bright))) nameNode(node, taken);
  const told = visible.filter(edge => lit(edge, bright)).map(edge => [edge, along(course(edge), 0.5)]).filter(([, at]) => inside(at));
  if (told.length <= LABELLED_EDGES) {
    for (const [edge, { x, y }] of told) label(title(relationOf.get(edge.type)), x, y, taken, "#566070", edge === picked);
  }
  pen.globalAlpha = FAINT * 2;
  for (const node of named.filter(node => !lit(node, bright))) nameNode(node, taken);
  pen.globalAlpha = 1;
}

function nameNode(node, taken) {
  const { x, y } = spot(node);
  label(node.name, x, y + size(node) + 9, taken, "#1f2733", node === hovered || node === picked);
}

/** Writes a text with its middle at a point, unless others stand there. */
function label(text, x, y, taken, colour, always) {
  const half = pen.measureText(text).width / 2 + 2;
  const box = [x - half, y - 8, x + half, y + 8];
  const free = taken.every(other => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);
  if (!free && !always) return;
  taken.push(box);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 3;
  pen.strokeStyle = "rgba(255,255,255,0.9)";
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/** The node or else the edge at a point of the screen. */
function under(x, y) {
  const node = nearest(nodes, one => Math.hypot(spot(one).x - x, spot(one).y - y) - size(one), 2);
  return node || nearest(edges, edge => away(edge, x, y), NEAR);
}

function nearest(things, distance, limit) {
  let best = null, least = limit;
  for (const thing of things) {
    const far = thing.shown ? distance(thing) : Infinity;
    if (far < least) [best, least] = [thing, far];
  }
  return best;
}

/** How far a point is from an edge, in pixels. */
function away(edge, x, y) {
  const line = course(edge);
  let least = Infinity, from = line.a;
  for (let step = 1; step <= 8; step++) {
    const to = along(line, step / 8);
    const dx = to.x - from.x, dy = to.y - from.y;
    const t = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(from.x + t * dx - x, from.y + t * dy - y));
    from = to;
  }
  return least;
}

/** Zooms by a factor; the point of the screen stays where it is. */
function zoom(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
  const next = Math.min(8, Math.max(0.005, view.zoom * factor));
  const ratio = next / view.zoom;
  Object.assign(view, { zoom: next, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio });
  redraw();
}

/** Brings these nodes into sight, all that are shown where none are given. */
function fit(some = nodes.filter(node => node.shown)) {
  if (!some.length) return redraw();
  const [xs, ys] = [some.map(node => node.x), some.map(node => node.y)];
  const [left, right] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))];
  const [top, bottom] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))];
  const { clientWidth: width, clientHeight: height } = canvas;
  view.zoom = Math.min(1.5, (width - 80) / Math.max(right - left, 1), (height - 80) / Math.max(bottom - top, 1));
  view.x = width / 2 - (left + right) / 2 * view.zoom;
  view.y = height / 2 - (top + bottom) / 2 * view.zoom;
  return redraw();
}
