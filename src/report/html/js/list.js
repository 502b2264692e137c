// The list of stories: found, sorted, and shown a hundred at a time.

const STEP = 100;
const list = { rows: [], shown: STEP, sort: { key: 'outlets', down: true }, chunkSize: 1, names: new Set() };

async function readList() {
  const index = await unpack($('#index'));
  list.chunkSize = index.chunk_size;
  list.names = new Set(index.outlets.map((name) => name.toLocaleLowerCase()));
  list.rows = $$('#list tbody tr').map((row, place) => {
    const cells = row.children;
    const number = (cell) => Number(cell.textContent);
    return {
      row, place,
      id: $('a', row).hash.slice('#story='.length),
      headline: cells[0].textContent,
      agency: row.dataset.a,
      language: row.dataset.l,
      languageName: row.dataset.n,
      first: row.dataset.f === '' ? null : Number(row.dataset.f),
      last: row.dataset.t === '' ? null : Number(row.dataset.t),
      outlets: number(cells[3]),
      copies: number(cells[4]),
      uncredited: number(cells[5]),
      kept: Number(row.dataset.k),
      names: index.stories[place].map((outlet) => index.outlets[outlet]),
    };
  });
  // What is searched in, once.
  for (const story of list.rows) {
    story.text = [story.headline, story.id, story.agency, ...story.names].join('\n').toLocaleLowerCase();
  }
}

function choices(select, pairs) {
  const sorted = [...new Map(pairs.filter(([value]) => value !== ''))].sort((a, b) => a[1].localeCompare(b[1]));
  select.append(...sorted.map(([value, name]) => el('option', { value }, name)));
}

function offerFilters() {
  choices($('#f-agency'), list.rows.map((story) => [story.agency, story.agency]));
  if (list.rows.some((story) => story.agency === '')) $('#f-agency').append(el('option', { value: '?' }, 'unknown'));
  choices($('#f-language'), list.rows.map((story) => [story.language, story.languageName]));
  if (list.rows.some((story) => story.language === '')) $('#f-language').append(el('option', { value: '?' }, 'unknown'));
  const names = [...new Set(list.rows.flatMap((story) => story.names))].sort((a, b) => a.localeCompare(b));
  $('#outlet-names').append(...names.map((name) => el('option', { value: name })));
}

const value = (id) => $(id)?.value ?? '';
const day = (id, seconds) => (value(id) === '' ? null : Date.parse(`${value(id)}T00:00:00Z`) / 1000 + seconds);

// A name that there is means that outlet; anything else is looked for in the names.
function isAt(story, outlet) {
  const names = story.names.map((name) => name.toLocaleLowerCase());
  return list.names.has(outlet) ? names.includes(outlet) : names.some((name) => name.includes(outlet));
}

const isChosen = (chosen, own) => chosen === '' || own === (chosen === '?' ? '' : chosen);

function filter() {
  const words = value('#f-search').toLocaleLowerCase().split(/\s+/).filter((word) => word !== '');
  const [agency, language, outlet] = [value('#f-agency'), value('#f-language'), value('#f-outlet').trim().toLocaleLowerCase()];
  const [from, to] = [day('#f-from', 0), day('#f-to', 86_400)];
  const uncredited = $('#f-uncredited').checked;
  return list.rows.filter((story) =>
    words.every((word) => story.text.includes(word))
    && isChosen(agency, story.agency)
    && isChosen(language, story.language)
    && (outlet === '' || isAt(story, outlet))
    && (from === null || (story.last !== null && story.last >= from))
    && (to === null || (story.first !== null && story.first < to))
    && (!uncredited || story.uncredited > 0));
}

// What is not known comes last, whichever way the rest is sorted.
function compare(a, b) {
  const [x, y] = [a[list.sort.key], b[list.sort.key]].map((value) => (value === '' ? null : value));
  if (x === null || y === null) return (x === null) - (y === null) || a.place - b.place;
  const order = typeof x === 'string' ? x.localeCompare(y) : x - y;
  return (list.sort.down ? -order : order) || a.place - b.place;
}

function showList() {
  const found = filter().sort(compare);
  $('#list tbody').replaceChildren(...found.slice(0, list.shown).map((story) => story.row));
  const more = found.length - list.shown;
  $('#more').hidden = more <= 0;
  $('#more').textContent = `Show ${Math.min(STEP, more)} more of ${found.length}`;
  const all = found.length === list.rows.length;
  $('#found').textContent = all ? counted(found.length, 'story', 'stories')
    : `${counted(found.length, 'story', 'stories')} of ${list.rows.length}`;
}

function sortBy(heading) {
  const key = heading.dataset.sort;
  const text = key === 'headline' || key === 'agency' || key === 'first';
  list.sort = { key, down: list.sort.key === key ? !list.sort.down : !text };
  for (const other of $$('#list th[data-sort]')) other.removeAttribute('aria-sort');
  heading.setAttribute('aria-sort', list.sort.down ? 'descending' : 'ascending');
  showList();
}

function again() {
  list.shown = STEP;
  showList();
}

// `#stories?agency=AP&outlet=x`: filters that a link asks for; others are cleared.
function filterAs(query) {
  $('.filter').reset();
  for (const [name, wanted] of new URLSearchParams(query)) {
    const field = /^[a-z]+$/.test(name) ? $(`#f-${name}`) : null;
    if (field) field.value = wanted;
  }
  again();
}

function wireList() {
  for (const heading of $$('#list th[data-sort]')) {
    const label = heading.textContent;
    heading.replaceChildren(el('button', { type: 'button', on: { click: () => sortBy(heading) } }, label));
  }
  $('.filter').addEventListener('input', again);
  $('.filter').addEventListener('reset', () => setTimeout(again));
  $('.filter').addEventListener('submit', (event) => event.preventDefault());
  $('#more').addEventListener('click', () => {
    list.shown += STEP;
    showList();
  });
}

