// The timeline of a story: a lane for each version, a line for each copy, the lag from left to right.

const LINE = 22;
const LANE_HEAD = 24;
// Copies that a lane shows; the table below has all.
const LANE_COPIES = 40;
const TICKS = [0, 600, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86_400, 2 * 86_400, 4 * 86_400, 7 * 86_400, 14 * 86_400, 30 * 86_400, 90 * 86_400, 365 * 86_400, 1825 * 86_400];

const layerOf = (story, copy) => (!story.agency ? 'layer2' : copy.uncredited ? 'layer1' : 'layer0');

// Most copies come soon and a few late: the square root of the time gives both room.
function scale(longest, from, to) {
  return (seconds) => from + (to - from) * Math.sqrt(Math.max(0, seconds) / Math.max(1, longest));
}

function ticksFor(longest, x) {
  const ticks = [];
  for (const seconds of TICKS.filter((tick) => tick <= longest)) {
    if (ticks.length === 0 || x(seconds) - x(ticks.at(-1)) > 74) ticks.push(seconds);
  }
  return ticks;
}

const datedCopies = (story) => story.copies.map((copy, at) => ({ copy, at })).filter(({ copy }) => copy.lag_seconds !== null);

// Whether there is a time to show.
const isDrawn = (story) => datedCopies(story).length > 1;

function timeline(story, width, open) {
  const dated = datedCopies(story);
  const longest = Math.max(...dated.map(({ copy }) => copy.lag_seconds));
  const label = Math.min(190, Math.max(90, width * 0.28));
  const x = scale(longest, label + 12, width - 84);
  const lanes = [];
  const drawn = [];
  let y = 22;
  story.versions.forEach((version, number) => {
    const own = dated.filter(({ copy }) => copy.version === number);
    if (own.length === 0) return;
    const lines = own.slice(0, LANE_COPIES);
    const more = own.length - lines.length;
    const height = LANE_HEAD + LINE * (lines.length + (more > 0 ? 1 : 0)) + 6;
    const [ground, name] = lane(number, version, width, y, height);
    lanes.push(ground);
    drawn.push(name);
    lines.forEach(({ copy, at }, line) => drawn.push(copyLine(story, copy, at, x, label, y + LANE_HEAD + LINE * (line + 0.5), open)));
    if (more > 0) drawn.push(svg('text', { x: label + 12, y: y + height - 10 }, `and ${counted(more, 'copy', 'copies')} more in the table`));
    y += height + 8;
  });
  const grid = ticksFor(longest, x).map((seconds) => svg('g', {},
    svg('line', { class: 'grid', x1: x(seconds), x2: x(seconds), y1: 20, y2: y - 8 }),
    svg('text', { x: x(seconds), y: 12, 'text-anchor': 'middle' }, lag(seconds).replace(/ 00 (min|h)$/, ''))));
  const name = `Timeline: ${counted(dated.length, 'copy', 'copies')} in ${counted(story.versions.length, 'version', 'versions')}, the last ${lag(longest)} after the first`;
  return svg('svg', { class: 'timeline', viewBox: `0 0 ${width} ${y}`, width, height: y, role: 'group', 'aria-label': name },
    lanes, grid, drawn);
}

function lane(number, version, width, y, height) {
  return [
    svg('rect', { class: 'lane', x: 0.5, y, width: width - 1, height, rx: 5 }),
    svg('text', { class: 'lane-name', x: 10, y: y + 16 }, `v${number + 1} · ${counted(version.words, 'word', 'words')} · ${counted(version.copies, 'copy', 'copies')}`),
  ];
}

function copyLine(story, copy, at, x, label, y, open) {
  const center = x(copy.lag_seconds);
  const said = `${copy.outlet || 'outlet not known'}, ${lag(copy.lag_seconds)}, kept ${percent(copy.kept)}`;
  const longest = Math.floor(label / 7);
  const name = copy.outlet.length > longest ? `${copy.outlet.slice(0, longest - 1)}…` : copy.outlet || '–';
  return svg('a', { href: `#story=${story.story}&copy=${at}`, on: { click: (event) => open(event, at) } },
    svg('title', {}, said),
    svg('text', { x: 10, y: y + 4 }, name),
    svg('circle', { class: `dot ${layerOf(story, copy)}`, cx: center, cy: y, r: 5.5 }),
    svg('text', { x: center + 12, y: y + 4 }, percent(copy.kept)));
}

