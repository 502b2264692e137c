// A copy beside the text that it is compared with.

const MARKS = {
  before: { s: 'del', c: 'span', m: 'span' },
  after: { s: 'ins', c: 'span', m: 'span' },
};
const CLASSES = { c: 'changed', m: 'moved' };

// The space after the last word of a span is no part of what is marked.
function spanOf(span, side) {
  if (typeof span === 'string') return span;
  const [mark, text] = span;
  const words = text.trimEnd();
  return [el(MARKS[side][mark], { class: CLASSES[mark] }, words), text.slice(words.length)];
}

const paragraphs = (column, side) => column.map((spans) => el('p', { dir: 'auto' }, spans.map((span) => spanOf(span, side))));

// What became of a row, in a word: color alone would not tell everybody.
function signOf([before, after]) {
  if (after.length === 0) return marksOf(before).has('m') ? 'moved' : 'cut';
  if (before.length === 0) return marksOf(after).has('m') ? 'moved' : 'added';
  const marks = new Set([...marksOf(before), ...marksOf(after)]);
  return marks.size === 0 ? '=' : marks.size === 1 && marks.has('m') ? 'moved' : 'edited';
}

const marksOf = (column) => new Set(column.flat().filter((span) => typeof span !== 'string').map(([mark]) => mark));

function heading(copy, role) {
  const link = copy.url ? el('a', { href: copy.url, rel: 'noopener noreferrer nofollow', target: '_blank' }, copy.outlet || 'page') : copy.outlet || 'outlet not known';
  return [el('span', { class: 'quiet' }, `${role}: `), el('bdi', {}, link), ` v${copy.version + 1}, ${date(copy.published)}`,
    el('br'), el('span', { dir: 'auto' }, copy.headline ?? '')];
}

function besideTable(story, copy) {
  const against = copy.against === null ? copy : story.copies[copy.against];
  const rows = copy.beside.map((row) => {
    const sign = signOf(row);
    return el('tr', { 'data-sign': sign, role: 'row' },
      el('td', { class: 'text', role: 'cell' }, paragraphs(row[0], 'before')),
      el('td', { class: 'sign', role: 'cell' }, sign),
      el('td', { class: 'text', role: 'cell' }, paragraphs(row[1], 'after')));
  });
  return el('table', { class: 'beside', role: 'table', 'aria-label': 'The copy beside the text it is compared with' },
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' },
      el('th', { scope: 'col', role: 'columnheader' }, heading(against, against === story.copies[0] ? 'Origin' : 'Fullest of its version')),
      el('th', { scope: 'col', role: 'columnheader' }, 'change'),
      el('th', { scope: 'col', role: 'columnheader' }, heading(copy, 'Copy')))),
    el('tbody', { role: 'rowgroup' }, rows));
}

function figures(copy) {
  const headline = copy.headline_changed ? ' Its headline is another.' : '';
  return `The copy kept ${percent(copy.kept)} of the words on the left; ${percent(copy.added)} of its own words are new.${headline}`;
}

function legendOf() {
  return el('p', { class: 'controls' }, el('span', { class: 'quiet' }, 'Words that are'),
    el('del', {}, 'cut'), el('ins', {}, 'added'), el('span', { class: 'changed' }, 'changed'), el('span', { class: 'moved' }, 'moved'));
}

// The view of one copy, with what leads to its neighbors.
function besideView(story, at, go) {
  const copy = story.copies[at];
  const isOrigin = copy.relation === 'origin';
  const title = el('h2', { id: 'beside-title', tabindex: '-1' }, isOrigin ? 'The origin' : titleOf(story, copy));
  const step = (by, label) =>
    el('button', { type: 'button', disabled: story.copies[at + by] === undefined, on: { click: () => go(at + by) } }, label);
  const controls = el('div', { class: 'controls' }, step(-1, '← Previous copy'), step(1, 'Next copy →'));
  if (!copy.beside || (!isOrigin && copy.against === null)) return [title, controls, absence(copy)];
  if (isOrigin) {
    const text = copy.beside.flatMap((row) => row[1]);
    const note = 'The fullest text of the first version: the copies are held against it.';
    return [title, controls, el('p', { class: 'quiet' }, note), el('p', {}, heading(copy, 'Origin')), el('div', { class: 'text' }, paragraphs(text, 'after'))];
  }
  const table = besideTable(story, copy);
  const only = el('input', { type: 'checkbox', id: 'only-changes' });
  only.addEventListener('change', () => {
    for (const row of $$('tr[data-sign="="]', table)) row.hidden = only.checked;
  });
  controls.append(el('label', {}, only, 'only what differs'));
  return [title, controls, el('p', {}, figures(copy)), legendOf(), table];
}

const titleOf = (story, copy) =>
  story.copies[copy.against]?.relation === 'origin' ? 'A copy beside its origin' : 'A copy beside the text it is held against';

const absence = (copy) =>
  el('p', { class: 'note' }, 'The words of this copy are not in this file, which would be too large. ', el('code', {}, 'wirecopy compare'), ' shows them; the copy is ', el('q', {}, copy.id), '.');

// Which parts of the text a copy kept, from its beginning on the left to its end on the right.
function strip(copy) {
  const parts = [];
  let length = 0;
  for (const span of copy.beside.flatMap((row) => row[0]).flat()) {
    const [mark, text] = typeof span === 'string' ? ['k', span] : span;
    if (mark === 'k' || mark === 'm') parts.push([length, text.length]);
    length += text.length;
  }
  const share = (n) => (100 * n / Math.max(1, length)).toFixed(2);
  return svg('svg', { class: 'share strip', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('rect', { class: 'whole', width: 100, height: 10 }),
    parts.map(([from, long]) => svg('rect', { class: 'kept', x: share(from), width: share(long), height: 10 })));
}

