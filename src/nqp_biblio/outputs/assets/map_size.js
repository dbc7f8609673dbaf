// Sizes of circles and labels, and the places of labels, none over another.

const LINE = { wide: 22, narrow: 15 };
const MAX_LABELS = 700;
const CELL = 48;
const FONT = '"Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", "Noto Sans CJK SC", "DejaVu Sans"'
  + ", sans-serif";

const fontOf = (size) => `500 ${size}px ${FONT}`;

function sizeNodes(map) {
  const values = map.weights[map.sizeBy], n = map.n;
  const top = Math.max(1e-12, range(values)[1]);
  map.share = Float64Array.from(values, (value) => Math.sqrt(Math.max(0, value || 0) / top));
  map.rank = Int32Array.from({ length: n }, (_, i) => i)
    .sort((a, b) => map.share[b] - map.share[a] || a - b);
  if (map.colourOf) orderNodes(map);
  fitSizes(map);
}

function fitSizes(map) {
  // circles cover about a tenth of the map, the largest no more than is fine to look at
  let squares = 0;
  for (const share of map.share) squares += share * share;
  const frame = Math.min(map.stage.width, map.stage.height * 1.4) * Math.min(map.stage.height, map.stage.width);
  const fair = Math.max(7, Math.sqrt((0.085 * frame) / (Math.PI * squares || 1)));
  const largest = Math.min(frame ** 0.5 / (map.n < 60 ? 26 : 17), fair);
  const least = map.n > 1500 ? 1.4 : map.n > 400 ? 2.2 : 3;
  map.radius = Float32Array.from(map.share, (share) => Math.max(least, largest * share));
  const small = map.stage.width < 560;
  const [low, more] = small ? [10, 5] : [11, 8];
  map.font = Float32Array.from(map.share, (share) => low + (map.n < 60 ? Math.min(more, 4) : more) * share);
}

const zoomOf = (map) => map.view.k / map.fit.k;
const radiusScale = (map) => Math.min(6, Math.max(0.45, zoomOf(map) ** 0.5));
const fontScale = (map) => Math.min(1.7, Math.max(0.8, zoomOf(map) ** 0.22));

function labelLines(text, longest) {
  const short = text.trim();
  if (short.length <= longest) return [short];
  const cut = (line) => (line.length > longest + 4 ? `${line.slice(0, longest + 3).trimEnd()}…` : line);
  const middle = Math.min(short.length / 2, longest);
  let best = -1;
  for (let at = short.indexOf(" "); at > 0 && at <= longest + 4; at = short.indexOf(" ", at + 1)) {
    if (short.length - at < 4 || at < 3) continue;
    if (best < 0 || Math.abs(at - middle) < Math.abs(best - middle)) best = at;
  }
  return best < 0 ? [cut(short)] : [short.slice(0, best), cut(short.slice(best + 1))];
}

function labelOf(map, i) {
  // widths are measured once, at one size, when a label is first a candidate
  let label = map.labelCache[i];
  if (!label) {
    const lines = labelLines(map.labels[i], map.stage.width < 560 ? LINE.narrow : LINE.wide);
    map.ruler.font = fontOf(20);
    label = { lines, width: Math.max(...lines.map((line) => map.ruler.measureText(line).width)) / 20 };
    map.labelCache[i] = label;
  }
  return label;
}

function placeLabels(map) {
  // the place of the view has no part in it, so labels stay while the map is moved
  const { k } = map.view, scale = fontScale(map), spread = radiusScale(map), taken = new Map(), placed = [];
  // where the whole map is shown, its labels stay within the frame
  const edge = zoomOf(map) < 1.05 ? map.stage.width / 2 - 2 : Infinity;
  const limit = Math.min(MAX_LABELS, map.maxLabels * Math.max(1, zoomOf(map) ** 2));
  for (const i of map.rank) {
    if (placed.length >= limit) break;
    if (!map.nodeShown[i]) continue;
    const label = labelOf(map, i), size = Math.round(map.font[i] * scale * 2) / 2;
    const half = (label.width * size) / 2 + 3, high = (label.lines.length * size * 1.12) / 2 + 1;
    const y = map.y[i] * k, x = Math.max(half - edge, Math.min(edge - half, map.x[i] * k));
    // on its circle, else below it, else above it
    const away = map.radius[i] * spread + high;
    const dy = [0, away, -away].find((dy) => isFree(taken, x - half, y + dy - high, x + half, y + dy + high));
    if (dy !== undefined) placed.push({ i, size, label, dx: x - map.x[i] * k, dy });
  }
  map.placed = placed;
  map.placedAt = k;
}

function isFree(taken, left, top, right, bottom) {
  const cells = [];
  for (let cx = Math.floor(left / CELL); cx <= Math.floor(right / CELL); cx++) {
    for (let cy = Math.floor(top / CELL); cy <= Math.floor(bottom / CELL); cy++) {
      const key = cx * 100003 + cy, boxes = taken.get(key);
      if (boxes) {
        for (const box of boxes) {
          if (box[0] < right && box[2] > left && box[1] < bottom && box[3] > top) return false;
        }
      }
      cells.push(key);
    }
  }
  const box = [left, top, right, bottom];
  for (const key of cells) { if (taken.has(key)) taken.get(key).push(box); else taken.set(key, [box]); }
  return true;
}
