// What is shown: by cluster, size, strength of links and years.

function applyFilters(map) {
  const { filter, years } = map, values = map.weights[map.sizeBy];
  const inYears = years && (filter.from > years.first || filter.to < years.last);
  for (let i = 0; i < map.n; i++) {
    map.nodeShown[i] = !filter.hidden.has(map.cluster[i]) && (values[i] || 0) >= filter.size
      && (!inYears || anyWithin(years.nodes[i], filter.from, filter.to)) ? 1 : 0;
  }
  const edgeYears = inYears && years.edges ? years.edges() : null;
  map.nShownEdges = 0;
  for (let e = 0; e < map.nEdges; e++) {
    const isShown = map.nodeShown[map.source[e]] && map.nodeShown[map.target[e]]
      && Math.abs(map.strength[e]) >= filter.strength
      && (!edgeYears || anyWithin(edgeYears[e], filter.from, filter.to));
    map.edgeShown[e] = isShown ? 1 : 0;
    map.nShownEdges += isShown ? 1 : 0;
  }
  if (filter.isLinked) hideUnlinked(map);
  map.nShown = map.nodeShown.reduce((sum, value) => sum + value, 0);
  ask(map, { edges: true, labels: true, density: true });
  tellCounts(map);
  if (map.selected) showSelection(map);
}

function hideUnlinked(map) {
  const linked = new Uint8Array(map.n);
  for (let e = 0; e < map.nEdges; e++) {
    if (map.edgeShown[e]) linked[map.source[e]] = linked[map.target[e]] = 1;
  }
  for (let i = 0; i < map.n; i++) map.nodeShown[i] = map.nodeShown[i] & linked[i];
}

function tellCounts(map) {
  const nodes = `${numberText(map.nShown)} of ${numberText(map.data.n_nodes)} nodes`;
  const links = `${numberText(map.nShownEdges)} of ${numberText(map.data.n_edges)} links`;
  map.part("counts").textContent = `${nodes}, ${links} shown`;
}

function steps(values) {
  // a slider goes over the values that occur, so that each step changes something
  const found = [...new Set(values)].sort((a, b) => a - b);
  if (found.length <= 200) return found;
  return Array.from({ length: 200 }, (_, p) => found[Math.round((p / 199) * (found.length - 1))]);
}

function setUpSlider(map, name, values, take) {
  const input = map.part(name), told = map.part(`${name}-told`), found = steps(values);
  input.min = 0;
  input.max = Math.max(0, found.length - 1);
  input.value = 0;
  input.disabled = found.length < 2;
  const tell = () => {
    const value = found[Number(input.value)] || 0;
    told.textContent = Number(input.value) === 0 ? "all" : `${numberText(value)} or more`;
    input.setAttribute("aria-valuetext", told.textContent);
    return Number(input.value) === 0 ? -Infinity : value;
  };
  input.oninput = () => { take(tell()); applyFilters(map); };
  take(-Infinity);
  tell();
}

function setUpFilters(map) {
  setUpSlider(map, "least-size", map.weights[map.sizeBy].map((v) => v || 0), (v) => { map.filter.size = v; });
  setUpSlider(map, "least-strength", Array.from(map.strength, Math.abs), (v) => { map.filter.strength = v; });
  map.part("linked").onchange = (event) => { map.filter.isLinked = event.target.checked; applyFilters(map); };
  map.part("curved").onchange = (event) => { map.isCurved = event.target.checked; ask(map, { edges: true }); };
  const reset = map.part("reset");
  reset.onclick = () => resetFilters(map);
}

function resetFilters(map) {
  Object.assign(map.filter, { size: -Infinity, strength: -Infinity, isLinked: false });
  map.filter.hidden.clear();
  for (const name of ["least-size", "least-strength"]) map.part(name).value = 0;
  map.part("linked").checked = false;
  setUpFilters(map);
  if (map.years) setYears(map, map.years.first, map.years.last);
  showClusters(map);
  applyFilters(map);
  say(map, "All filters are taken away.");
}

// The slider of years: two thumbs on one line, and a button that lets time run.

function setUpYears(map) {
  const bar = map.part("years");
  bar.hidden = !map.years;
  if (!map.years) return;
  drawYearBars(map);
  for (const name of ["from", "to"]) {
    const input = map.part(name);
    input.min = map.years.first;
    input.max = map.years.last;
    input.oninput = () => moveYear(map, name, Number(input.value));
  }
  map.part("play").onclick = () => (map.playing ? stopPlaying(map) : play(map));
  setYears(map, map.years.first, map.years.last);
}

function moveYear(map, name, value) {
  stopPlaying(map);
  const { from, to } = map.filter;
  if (name === "from") setYears(map, value, Math.max(to, value)); else setYears(map, Math.min(from, value), value);
  applyFilters(map);
}

function setYears(map, from, to) {
  Object.assign(map.filter, { from, to });
  map.part("from").value = from;
  map.part("to").value = to;
  map.part("years-told").textContent = from === to ? String(from) : `${from}–${to}`;
  for (const rect of map.part("year-bars").children) {
    const year = Number(rect.dataset.year);
    rect.classList.toggle("nm-out", year < from || year > to);
  }
}

function drawYearBars(map) {
  const svg = map.part("year-bars"), { first, last, all } = map.years;
  const n = last - first + 1, counts = new Array(n).fill(0);
  for (const year of all) counts[year - first]++;
  const top = Math.max(...counts);
  svg.replaceChildren();
  svg.setAttribute("viewBox", `0 0 ${n * 10} 24`);
  counts.forEach((count, place) => {
    const height = (24 * count) / top;
    const rect = svgElement("rect", { x: place * 10 + 1, width: 8, y: 24 - height, height });
    rect.dataset.year = first + place;
    svg.append(rect);
  });
}

function play(map) {
  // a window of years slides on; where all are shown it grows from the first
  const { years, filter } = map, button = map.part("play"), span = filter.to - filter.from;
  const grows = filter.from <= years.first && filter.to >= years.last;
  if (filter.to >= years.last) setYears(map, years.first, grows ? years.first : years.first + span);
  button.textContent = "❚❚";
  button.setAttribute("aria-label", "Stop the years");
  applyFilters(map);
  map.playing = setInterval(() => {
    if (filter.to >= years.last) { stopPlaying(map); return; }
    setYears(map, grows ? years.first : filter.from + 1, filter.to + 1);
    applyFilters(map);
  }, prefersStill() ? 1400 : 700);
}

function stopPlaying(map) {
  if (!map.playing) return;
  clearInterval(map.playing);
  map.playing = 0;
  const button = map.part("play");
  button.textContent = "▶";
  button.setAttribute("aria-label", "Let the years run");
  say(map, `Years ${map.part("years-told").textContent}: ${map.part("counts").textContent}`);
}
