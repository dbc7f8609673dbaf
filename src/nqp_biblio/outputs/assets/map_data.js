// The data of a map: columns of nodes and edges, neighbours, and the works behind them.

const clean = (text) =>
  // marks that turn the direction of what follows, and control characters, are no part of a label
  String(text).replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, " ");

function readData(element) {
  const data = JSON.parse(element.textContent);
  const { nodes, edges } = data;
  const n = nodes.label.length;
  const map = {
    data, n, kind: data.kind, of: data.of, directed: data.directed, notes: data.notes,
    labels: nodes.label.map(clean),
    cluster: Int32Array.from(nodes.cluster),
    weights: nodes.weights, scores: nodes.scores,
    source: Int32Array.from(edges.source), target: Int32Array.from(edges.target),
    strength: Float64Array.from(edges.weight),
    nEdges: edges.weight.length,
  };
  placeNodes(map, nodes);
  joinNeighbours(map);
  map.behind = data.behind && readBehind(data.behind, n);
  return map;
}

function placeNodes(map, nodes) {
  // the middle of the map is 0, 0; y runs down the screen
  const [left, right] = range(nodes.x), [low, high] = range(nodes.y);
  const middle = [(left + right) / 2, (low + high) / 2];
  map.x = Float64Array.from(nodes.x, (value) => value - middle[0]);
  map.y = Float64Array.from(nodes.y, (value) => middle[1] - value);
  map.width = right - left || 1e-9;
  map.height = high - low || 1e-9;
}

function range(values) {
  let low = Infinity, high = -Infinity;
  for (const value of values) {
    if (value === null || Number.isNaN(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function joinNeighbours(map) {
  const { n, nEdges, source, target } = map;
  const start = new Int32Array(n + 1);
  for (let e = 0; e < nEdges; e++) { start[source[e] + 1]++; start[target[e] + 1]++; }
  for (let i = 0; i < n; i++) start[i + 1] += start[i];
  const next = start.slice(), edge = new Int32Array(2 * nEdges);
  for (let e = 0; e < nEdges; e++) { edge[next[source[e]]++] = e; edge[next[target[e]]++] = e; }
  map.edgeStart = start;
  map.edgeOf = edge;
}

const edgesOf = (map, i) => map.edgeOf.subarray(map.edgeStart[i], map.edgeStart[i + 1]);
const otherEnd = (map, e, i) => (map.source[e] === i ? map.target[e] : map.source[e]);

function readBehind(raw, n) {
  const lists = { of_node: unpack(raw.lists.of_node, n) };
  lists.first = raw.lists.first ? unpack(raw.lists.first, n) : lists.of_node;
  lists.second = raw.lists.second ? unpack(raw.lists.second, n) : lists.first;
  return { works: raw.works, sets: raw.sets, kind: raw.kind, lists };
}

function unpack(packed, n) {
  const lists = new Array(n);
  let place = 0;
  for (let i = 0; i < n; i++) {
    const list = new Int32Array(packed.n[i]);
    let number = 0;
    for (let j = 0; j < list.length; j++) list[j] = number += packed.at[place++];
    lists[i] = list;
  }
  return lists;
}

function meeting(one, other) {
  const both = [];
  for (let i = 0, j = 0; i < one.length && j < other.length;) {
    if (one[i] === other[j]) { both.push(one[i]); i++; j++; } else if (one[i] < other[j]) i++; else j++;
  }
  return both;
}

function toWorks(behind, numbers) {
  if (!behind.sets) return Array.from(numbers);
  return [...new Set(Array.from(numbers, (number) => behind.sets[number]))];
}

const worksOfNode = (map, i) => toWorks(map.behind, map.behind.lists.of_node[i]);

function worksOfEdge(map, e) {
  const { first, second } = map.behind.lists;
  return toWorks(map.behind, meeting(first[map.source[e]], second[map.target[e]]));
}

// Years: of the works behind each node and edge, or, where there are no works, a score of years.

const isYear = (value) => value >= 1000 && value <= 2999;

function findYears(map) {
  const spans = map.behind ? yearsOfWorks(map) : yearsOfScore(map);
  if (!spans) return;
  const [first, last] = range(spans.all);
  if (!(last > first)) return;
  map.years = { ...spans, first: Math.floor(first), last: Math.ceil(last) };
}

function yearsOfWorks(map) {
  const year = map.behind.works.year;
  const of = (works) => Int16Array.from(works.map((w) => year[w]).filter((y) => y !== null)).sort();
  const nodes = Array.from({ length: map.n }, (_, i) => of(worksOfNode(map, i)));
  const seen = new Set();
  for (let i = 0; i < map.n; i++) for (const w of worksOfNode(map, i)) seen.add(w);
  const all = [...seen].map((w) => year[w]).filter((y) => y !== null && isYear(y));
  if (!all.length) return null;
  // years of edges are found when the slider is first moved
  let edges = null;
  const ofEdges = () => {
    edges = edges || Array.from({ length: map.nEdges }, (_, e) => of(worksOfEdge(map, e)));
    return edges;
  };
  return { all, what: "works", nodes, edges: map.behind.kind === "works" ? ofEdges : null };
}

function yearsOfScore(map) {
  const names = Object.keys(map.scores).filter((name) => /year/i.test(name));
  for (const name of names) {
    const values = map.scores[name];
    const all = values.filter((value) => value !== null && isYear(value));
    if (all.length < values.length / 2 || !all.length) continue;
    const nodes = values.map((value) => (value === null ? [] : [value]));
    return { all: all.map(Math.floor), what: "nodes", nodes, edges: null };
  }
  return null;
}

function anyWithin(sorted, from, to) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < from) low = middle + 1; else high = middle;
  }
  return low < sorted.length && sorted[low] < to + 1;
}

function numberText(value, name = "") {
  if (value === null || value === undefined) return "not known";
  if (/year/i.test(name) && isYear(value)) return String(Math.round(value * 10) / 10);
  if (Number.isInteger(value)) return value.toLocaleString("en");
  return value.toLocaleString("en", { maximumSignificantDigits: Math.abs(value) >= 100 ? 4 : 3 });
}

const NAMES = { mean_year: "Average year", mean_citations: "Average citations" };

function nameText(name) {
  if (NAMES[name]) return NAMES[name];
  const text = clean(name).replace(/_/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
